"""Characters written as escapes of a programming language, and never read back."""

import re

from corpuslint import broken


def unescaped(match: re.Match[str]) -> str:
    """The characters that a run of escapes stands for; "" where it stands for none that a text may have."""
    return broken.unescape(match[0])
