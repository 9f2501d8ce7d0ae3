"""Lists of a pack, one entry a line."""

from __future__ import annotations

import re
from pathlib import Path

from corpuslint.errors import PackError
from corpuslint.formats.streams import MOST_KEPT, reason_of, text_of


def phrases_in(path: Path) -> tuple[str, ...]:
    """The phrases of a list file: one entry a line, `language TAB phrase`; `#` starts a comment line."""
    phrases = []
    try:
        text = text_of(path, MOST_KEPT)
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"cannot be read: {reason_of(error)}", file=str(path)) from None
    for row, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        language, tab, phrase = line.partition("\t")
        if not tab or not phrase.strip() or not re.fullmatch(r"[a-z]{2,3}|\*", language.strip()):
            raise PackError("an entry is written `language TAB phrase`", file=str(path), line=row)
        phrases.append(phrase.strip())
    return tuple(phrases)
