"""Pages of dispatch: rounds, meetings, letters, bulletins, exemptions."""
