"""Tests that hold the shape of the house: a rule without a check is only advice."""
