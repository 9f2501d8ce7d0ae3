"""One self-contained page: styles, script and data in one file, and nothing that reaches outside it.

The data is JSON in a block that no browser runs; the only script is ours, named by its hash in the page's content
security policy, so text from a scraped page can hold `<script>` or `</style>` and stays text. Browsers count UTF-16
units and Python counts code points, so offsets never travel: documents are cut into pieces here.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path
from string import Template
from typing import Any

from corpuslint.reporting.json import dumped
from corpuslint.text.positions import Span, line_spans

_STATIC = Path(__file__).resolve().parent / "static"


def static(name: str) -> str:
    """A file of the page's own: its frame, its style or its script."""
    return (_STATIC / name).read_text("utf-8")


def page(
    title: str, data: dict[str, Any], *, scripts: tuple[str, ...] = ("report.js",), connect: str = "'none'"
) -> str:
    """The page that shows `data`; `connect` is where its script may send requests to ("'none'": nowhere)."""
    style, script = static("report.css"), "\n".join(static(name) for name in scripts)
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        f"connect-src {connect}; base-uri 'none'; form-action 'none'"
    )
    frame = Template(static("page.html"))
    return frame.substitute(policy=policy, title=escape(title), style=style, script=script, data=embedded(data))


def embedded(data: dict[str, Any]) -> str:
    """`data` as JSON that cannot end the block it stands in.

    >>> print(embedded({"a": "</script><!--"}))
    {"a":"\\u003c/script>\\u003c!--"}
    """
    return dumped(data).replace("<", "\\u003c")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


_ABBREVIATED = "NBSP SHY ZWSP ZWNJ ZWJ LRM RLM ALM BOM LRE RLE PDF LRO RLO LRI RLI FSI PDI"
_NAMED = {unicodedata.lookup(name): name for name in _ABBREVIATED.split()}
_NAMED |= {"\N{LINE SEPARATOR}": "LS", "\N{PARAGRAPH SEPARATOR}": "PS"}
"""Characters that are better known by an abbreviation than by a code point."""


def visible(text: str) -> str:
    """`text` with every control and bidi character shown by name, so that it cannot reorder or hide anything.

    ZWNJ and NBSP stay as they are inside words and between them: a reader of Persian needs the one to read at all.
    """
    if text.isprintable():
        return text
    shown = []
    for character in text:
        if character in "\t\n\N{ZERO WIDTH NON-JOINER}\N{NO-BREAK SPACE}" or character.isprintable():
            shown.append(character)
        else:
            shown.append(f"⟨{_NAMED.get(character, f'U+{ord(character):04X}')}⟩")
    return "".join(shown)


Mark = tuple[Span, int]
"""A marked place, and the number of the finding that marks it."""


def paragraphs_of(
    text: str, marks: Iterable[Mark] = (), boundaries: Sequence[tuple[int, int]] = ()
) -> list[tuple[list[tuple[str, list[int]]], int]]:
    """The lines of `text`: the visible pieces of each, cut wherever a mark begins or ends, with the numbers of the
    findings that mark them; and the number of the finding that says a story begins in the line, or -1.

    `boundaries` are (offset, number of finding).

    >>> paragraphs_of("ab\\nc", [(Span(1, 2), 0)])
    [([('a', []), ('b', [0])], -1), ([('c', [])], -1)]
    """
    starts, upcoming = dict(boundaries), sorted(set(marks), reverse=True)
    here: list[Mark] = []
    paragraphs = []
    for line in line_spans(text) or [Span(0, 0)]:
        while upcoming and upcoming[-1][0].start <= line.end:
            here.append(upcoming.pop())
        here = [mark for mark in here if mark[0].end >= line.start]
        begun = min((at for at in starts if line.start <= at <= line.end), default=-1)
        paragraphs.append((_pieces(text, line, here), starts.get(begun, -1)))
    return paragraphs


def _pieces(text: str, line: Span, here: Sequence[Mark]) -> list[tuple[str, list[int]]]:
    edges: dict[int, list[Mark]] = {line.start: [], line.end: []}
    for mark in here:
        for offset in mark[0]:
            edges.setdefault(min(max(offset, line.start), line.end), []).append(mark)
    pieces = []
    marking: set[Mark] = set()
    for start, end in pairwise(sorted(edges)):
        for mark in edges[start]:
            marking ^= {mark}
        pieces.append((visible(text[start:end]), sorted({number for _, number in marking})))
    # an insertion: nothing is there to be marked
    return pieces + [("", [number]) for span, number in here if span.start == span.end]
