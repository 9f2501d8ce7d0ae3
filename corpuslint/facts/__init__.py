"""What rules share about one document: computed once, lazily, typed."""
