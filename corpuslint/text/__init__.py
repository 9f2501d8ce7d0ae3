"""Pure functions on text: positions, characters, folding, mojibake. No I/O."""
