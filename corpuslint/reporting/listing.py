"""Which findings a report for people lists: those of one rule in one document once, and no more than anyone reads."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from corpuslint.model.levels import Severity
from corpuslint.reporting.report import Finding
from corpuslint.reporting.terminal import Terminal

_MOST_PLACES = 5
_RANKS = (Severity.INFO, Severity.WARNING, Severity.ERROR)


class Listed(msgspec.Struct, frozen=True):
    """A finding, and the others of its rule in its document that it stands for."""

    finding: Finding
    others: tuple[Finding, ...] = ()

    @property
    def more(self) -> str:
        """How many others there are and where the first of them, as the end of a line; "" where there are none."""
        if not self.others:
            return ""
        places = [f"{other.start.row}:{other.start.column}" for other in self.others[:_MOST_PLACES]]
        dots = ", …" if len(self.others) > _MOST_PLACES else ""
        return f" ({len(self.others):,} more here: {', '.join(places)}{dots})"


def listed(findings: Sequence[Finding], terminal: Terminal, *, most: int = 0) -> tuple[Listed, ...]:
    """The findings to list, in the order of the report; `most` (0: no limit) holds where the user named no other.

    Where there are too many, the worst are listed.
    """
    if terminal.repeats:
        entries = [Listed(finding) for finding in findings]
    else:
        groups: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            groups.setdefault((finding.document, finding.code), []).append(finding)
        entries = [Listed(first, tuple(others)) for first, *others in groups.values()]
    limit = most if terminal.most is None else terminal.most
    if not limit or len(entries) <= limit:
        return tuple(entries)
    by_rank = sorted(range(len(entries)), key=lambda number: (-_RANKS.index(entries[number].finding.severity), number))
    return tuple(entries[number] for number in sorted(by_rank[:limit]))
