"""One file a corpus format, reader and writer together."""
