"""Pages of chains and of promotion."""
