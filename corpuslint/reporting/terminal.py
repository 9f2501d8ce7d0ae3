"""What the place of output can show, and how much of a report is wanted there. The only file that writes colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

import msgspec

from corpuslint.model.levels import Severity

_ISOLATE = ("\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}")
_COLOURS = {"bold": "1", "dim": "2", "underline": "4", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_NARROWEST = 40
_OF_SEVERITY = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


class Terminal(msgspec.Struct, frozen=True):
    """Whether output may be coloured, whether quoted text is wrapped in FSI and PDI, and how wide it is (0: any width).

    All three only on a terminal: in a file or a CI log an isolate is one more invisible character, and `grep` wants
    whole lines. `most` is how many findings a report for people lists (0: all of them, None: as many as suit the
    format), `repeats` whether it lists each finding of a rule in a document, `quiet` whether it lists findings alone.
    """

    colour: bool = False
    isolate: bool = False
    width: int = 0
    most: int | None = None
    repeats: bool = False
    quiet: bool = False

    @classmethod
    def of(cls, stream: IO[str], environment: Mapping[str, str]) -> Terminal:
        """What `stream` can show; `NO_COLOR` (no-color.org) and `TERM=dumb` win over `FORCE_COLOR`."""
        is_terminal = stream.isatty()
        dumb = environment.get("TERM") == "dumb"
        refused = bool(environment.get("NO_COLOR")) or dumb
        forced = bool(environment.get("FORCE_COLOR"))
        width = 0
        if is_terminal:
            import shutil

            width = shutil.get_terminal_size().columns
        return cls(
            colour=(is_terminal or forced) and not refused,
            isolate=is_terminal and not dumb,
            width=max(width, _NARROWEST) * is_terminal,
        )

    def paint(self, text: str, *styles: str) -> str:
        """`text` in the given styles."""
        if not self.colour or not styles or not text:
            return text
        return f"\x1b[{';'.join(_COLOURS[style] for style in styles)}m{text}\x1b[0m"

    def severity(self, severity: Severity, text: str) -> str:
        """`text` in the colour of a severity."""
        return self.paint(text, "bold", _OF_SEVERITY[severity])

    def match(self, text: str) -> str:
        """What was found, told from the text around it: in colour, or between brackets that no article is written with.

        Guillemets are the everyday quotes of Arabic.
        """
        return self.paint(text, "bold", "underline", "red") if self.colour else f"⟦{text}⟧"

    def quote(self, text: str) -> str:
        """Text of a document, kept from reordering what stands beside it."""
        return f"{_ISOLATE[0]}{text}{_ISOLATE[1]}" if self.isolate else text


PLAIN = Terminal()
"""A file or a pipe."""
