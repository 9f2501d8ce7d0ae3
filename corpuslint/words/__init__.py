"""A text read once: words, lines, phrases, terms and fitted models, in compiled loops."""
