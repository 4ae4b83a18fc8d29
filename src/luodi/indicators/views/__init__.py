"""Pages of indicators, their definitions and their goals."""
