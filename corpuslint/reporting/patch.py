"""What fixing would change, as a patch that `git apply` takes: texts, what lies beside them, records as lines.

On a terminal the patch is for eyes: coloured, the words that differ marked, what a terminal would obey named.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path

from corpuslint.formats.atomic import FileChange
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.patterns import compile_re
from corpuslint.text.visible import shown

_QUOTED = compile_re(r"[\x00-\x1f\x7f\"\\]")
_WORDS = compile_re(r"\s+|\w+|[^\w\s]")
_HUNK = compile_re(r"@@ ")


def patch(changes: Iterable[FileChange]) -> Iterator[bytes]:
    """The patch, a line at a time. A file that holds NUL (UTF-16) is named and left out: no line of text can say it."""
    for change in changes:
        yield from (line.encode("utf-8", "surrogateescape") for line in _lines(change))


def coloured(changes: Iterable[FileChange], terminal: Terminal) -> Iterator[str]:
    """The patch for a terminal."""
    for change in changes:
        removed: list[str] = []
        added: list[str] = []
        for line in _lines(change):
            kind, body = line[:1], shown(line.removesuffix("\n"))
            if kind == "-" and not line.startswith("--- "):
                removed.append(body)
            elif kind == "+" and not line.startswith("+++ "):
                added.append(body)
            else:
                yield from _told(removed, added, terminal)
                removed, added = [], []
                style = "cyan" if _HUNK.match(line) else "bold" if kind in "-+d" else ""
                yield (terminal.paint(body, style) if style else body) + "\n"
        yield from _told(removed, added, terminal)


def _lines(change: FileChange) -> Iterator[str]:
    """Header and hunks of one file; bytes that are no UTF-8 as lone surrogates."""
    name = _repository_name(change.filename)
    old, new = _quoted(f"a/{name}"), _quoted(f"b/{name}")
    yield f"diff --git {old} {new}\n"
    if b"\0" in (change.before or b"") + change.after:
        yield f"Binary files {old} and {new} differ\n"
        return
    if change.before is None:
        yield "new file mode 100644\n"
        old = "/dev/null"
    texts = (data.decode("utf-8", "surrogateescape") for data in (change.before or b"", change.after))
    before, after = (StringIO(text, newline="\n").readlines() for text in texts)  # to git only a line feed ends a line
    # git ends a name with a blank in it by a tab
    marks = ("\t" if " " in name and old != "/dev/null" else "", "\t" if " " in name else "")
    for number, line in enumerate(difflib.unified_diff(before, after, old, new, n=3)):
        if number < 2:
            yield line.removesuffix("\n") + marks[number] + "\n"
        elif line.endswith("\n"):
            yield line
        else:
            yield f"{line}\n\\ No newline at end of file\n"


def _repository_name(filename: str) -> str:
    """The name as the top of the repository has it, which is what `git apply` takes; outside one, as it was given."""
    whole = Path(os.path.abspath(filename))  # noqa: PTH100 - links stay as they were named
    here = Path.cwd()
    top = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    return whole.relative_to(top).as_posix() if whole.is_relative_to(top) else whole.as_posix().lstrip("/")


def _quoted(name: str) -> str:
    """A name as git quotes it where it holds what would end it."""
    if not _QUOTED.search(name):
        return name
    return '"' + _QUOTED.sub(lambda match: f"\\{ord(match[0]):03o}", name) + '"'


def _told(removed: Sequence[str], added: Sequence[str], terminal: Terminal) -> Iterator[str]:
    """Lines that went and lines that came; where they are as many, with the words that differ marked."""
    paired = len(removed) == len(added)
    for lines, others, colour in ((removed, added, "red"), (added, removed, "green")):
        for number, line in enumerate(lines):
            words = _differing(line, others[number]) if paired else [(line, False)]
            yield "".join(terminal.paint(part, colour, *("underline",) * mark) for part, mark in words) + "\n"


def _differing(line: str, other: str) -> list[tuple[str, bool]]:
    """The parts of a line, and whether each is not in the other line."""
    if len(line) + len(other) > 20_000:
        return [(line, False)]
    own, others = _WORDS.findall(line), _WORDS.findall(other)
    parts = []
    for kind, start, end, *_ in difflib.SequenceMatcher(None, own, others, autojunk=False).get_opcodes():
        if end > start:
            parts.append(("".join(own[start:end]), kind != "equal" and start > 0))
    return parts
