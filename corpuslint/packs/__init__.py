"""A folder becomes a rule pack: manifest, declarative kinds, Python rules, examples, docs."""
