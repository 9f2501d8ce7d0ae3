"""What the place of output can show: colour, and isolation of right-to-left text. The only file that writes colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

from corpuslint.model.levels import Severity

_ISOLATE = ("\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}")
_COLOURS = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_OF_SEVERITY = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


@dataclass(frozen=True, slots=True)
class Terminal:
    """Whether output may be coloured, and whether quoted text is wrapped in FSI and PDI.

    Both only on a terminal: in a file or a CI log an isolate is one more invisible character.
    """

    colour: bool = False
    isolate: bool = False

    @classmethod
    def of(cls, stream: IO[str], environment: Mapping[str, str]) -> Terminal:
        """What `stream` can show; `NO_COLOR` (no-color.org) and `TERM=dumb` win over `FORCE_COLOR`."""
        is_terminal = stream.isatty()
        dumb = environment.get("TERM") == "dumb"
        refused = bool(environment.get("NO_COLOR")) or dumb
        forced = bool(environment.get("FORCE_COLOR"))
        return cls(colour=(is_terminal or forced) and not refused, isolate=is_terminal and not dumb)

    def paint(self, text: str, *styles: str) -> str:
        """`text` in the given styles; whole words only, since colour inside a word breaks letter shapes."""
        if not self.colour or not styles:
            return text
        return f"\x1b[{';'.join(_COLOURS[style] for style in styles)}m{text}\x1b[0m"

    def severity(self, severity: Severity, text: str) -> str:
        """`text` in the colour of a severity."""
        return self.paint(text, "bold", _OF_SEVERITY[severity])

    def quote(self, text: str) -> str:
        """Text of a document, kept from reordering what stands beside it."""
        return f"{_ISOLATE[0]}{text}{_ISOLATE[1]}" if self.isolate else text


PLAIN = Terminal()
"""A file or a pipe."""
