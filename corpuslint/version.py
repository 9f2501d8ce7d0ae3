__version__ = "0.1.0"

REPOSITORY = "https://github.com/corpuslint/corpuslint-arabic/blob/main"
DOCUMENTATION = f"{REPOSITORY}/docs"
"""Where the pages of `docs/` can be read."""
