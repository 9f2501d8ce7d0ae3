"""Report and review pages."""
