"""What supervision does when something happens, or when the minute ticks."""

from . import letters as letters
