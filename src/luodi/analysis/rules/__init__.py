"""Questions and answers of the analysis. Pure."""
