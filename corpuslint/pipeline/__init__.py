"""Between rules and runs: what holds for the documents of one configuration."""
