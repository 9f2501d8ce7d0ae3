"""Options as written become Settings as resolved."""
