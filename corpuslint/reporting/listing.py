"""Which findings a report for people lists: those of one rule in one document once, and no more than anyone reads.

What is said of documents as a whole, such as that they name no source, can be listed once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nlargest
from typing import TypeVar

import msgspec

from corpuslint.model.levels import Scope
from corpuslint.reporting.report import Finding
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.visible import shown

_MOST_PLACES = 5
T = TypeVar("T")


class Listed(msgspec.Struct, frozen=True):
    """A finding, and the others of its rule in its document, or in others, that it stands for."""

    finding: Finding
    others: tuple[Finding, ...] = ()

    @property
    def more(self) -> str:
        """How many others there are and where the first of them, as the end of a line; "" where there are none."""
        if not self.others:
            return ""
        elsewhere = self.others[0].source != self.finding.source
        first = self.others[:_MOST_PLACES]
        places = [shown(one.source) if elsewhere else f"{one.start.row}:{one.start.column}" for one in first]
        dots = ", …" if len(self.others) > _MOST_PLACES else ""
        where = "here" if not elsewhere else "document" if len(self.others) == 1 else "documents"
        return f" ({len(self.others):,} more {where}: {', '.join(places)}{dots})"


def listed(
    findings: Sequence[Finding], terminal: Terminal, *, most: int = 0, together: bool = False
) -> tuple[Listed, ...]:
    """The findings to list, in the order of the report; `most` (0: no limit) holds where the user named no other.

    Where there are too many, the worst are listed. With `together`, what is said of whole documents is listed once.
    """
    if terminal.repeats:
        entries = [Listed(finding) for finding in findings]
    else:
        groups: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            whole = together and finding.scope is Scope.DOCUMENT
            key = finding.message if whole else finding.document
            groups.setdefault((key, finding.code), []).append(finding)
        entries = [Listed(first, tuple(others)) for first, *others in groups.values()]
    limit = most if terminal.most is None else terminal.most
    return tuple(worst(entries, limit, lambda entry: entry.finding) if limit else entries)


def worst(entries: Sequence[T], most: int, finding: Callable[[T], Finding]) -> Sequence[T]:
    """At most so many of the entries, in their order: the mildest are left out."""
    if len(entries) <= most:
        return entries
    ranked = nlargest(most, enumerate(entries), key=lambda item: (finding(item[1]).severity, -item[0]))
    return [entry for _, entry in sorted(ranked, key=lambda item: item[0])]
