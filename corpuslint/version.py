__version__ = "0.1.0"

DOCUMENTATION = "https://github.com/corpuslint/corpuslint-arabic/blob/main/docs"
"""Where the pages of `docs/` can be read."""
