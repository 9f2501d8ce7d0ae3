"""What makes a run fail: severities, counts and shares, a rule, a family and a source.

`--fail-on` is a list of conditions, any of which is enough: `error`, `ART001>20`, `LET>0.5%`, `LET>0.5%/source`,
`SRC>10%/source=example.com`. A share is of documents: those that have such a finding among those looked at. A rule
that a count or share speaks of is judged by that alone, so `error,LET>0.5%/source` lets a few letters pass.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from corpuslint.engine.parking import Known
from corpuslint.errors import ConfigError
from corpuslint.model.levels import Severity
from corpuslint.text.patterns import compile_re

NEVER = "never"
_SEVERITIES = {level.value: level for level in Severity}
_LIMIT = compile_re(
    r"""
    (?P<selector> [A-Za-z][A-Za-z0-9-]* ) \s*       # a rule, a family, a severity, or ALL
    > \s* (?P<number> \d+(?:\.\d+)? ) \s*           # more than this many
    (?P<percent> % )? \s*                           # or more than this share of the documents
    (?P<each> / \s* source (?: \s*=\s* (?P<source> .+ ) )? )?  # of each source, or of one
    """,
    re.VERBOSE,
)


class Limit(msgspec.Struct, frozen=True):
    """More than this many findings, or this share of documents, is too much; `each` counts every source alone."""

    words: str
    selector: str
    number: Decimal
    percent: bool = False
    each: bool = False
    source: str = ""

    def counts(self, finding: Known) -> bool:
        """Whether a finding is of the kind that the limit speaks of."""
        if self.selector in _SEVERITIES:
            return finding.severity is _SEVERITIES[self.selector]
        return self.selector == "ALL" or finding.code.startswith(self.selector) or finding.name == self.selector

    @property
    def names_rules(self) -> bool:
        """Whether it speaks of rules, not of a severity."""
        return self.selector not in _SEVERITIES


class Gate(msgspec.Struct, frozen=True):
    """The conditions of one run. `least` is the least severity that fails it, None when none does."""

    least: Severity | None = Severity.ERROR
    limits: tuple[Limit, ...] = ()

    def selectors(self) -> tuple[str, ...]:
        """What the limits call rules by, to be checked against the rules there are."""
        return tuple(limit.selector for limit in self.limits if limit.names_rules)


def gate_of(conditions: str) -> Gate:
    """The gate that a `--fail-on` list describes.

    Raises ConfigError for a condition that is none.

    >>> gate_of("error,LET>0.5%/source").limits[0].number
    Decimal('0.5')
    """
    least: Severity | None = None
    limits = []
    for words in (part.strip() for part in conditions.split(",")):
        if words in _SEVERITIES:
            least = min(least, _SEVERITIES[words]) if least else _SEVERITIES[words]
        elif match := _LIMIT.fullmatch(words):
            number, percent = Decimal(match["number"]), bool(match["percent"])
            if percent and number > 100:
                raise ConfigError(f"a share above 100 % is never reached: {words!r}")
            source = (match["source"] or "").strip()
            limits.append(Limit(words, match["selector"], number, percent, bool(match["each"]), source))
        elif words != NEVER:
            raise ConfigError(
                f"{words!r} is no condition",
                remedy="write error, warning, info, never, or a limit such as ART001>20, LET>0.5% or LET>0.5%/source",
            )
    return Gate(least, tuple(limits))


def judge(gate: Gate, findings: Sequence[Known], documents: int, sites: Mapping[str, int]) -> tuple[bool, list[str]]:
    """Whether the gate is shut for these findings, and which limits were passed, in words; `sites` counts the documents
    looked at, a source."""
    ruled = [limit for limit in gate.limits if limit.names_rules]
    failed = gate.least is not None and any(
        finding.severity >= gate.least and not any(limit.counts(finding) for limit in ruled) for finding in findings
    )
    reasons = [reason for limit in gate.limits for reason in _passed(limit, findings, documents, sites)]
    return failed or bool(reasons), reasons


def _passed(limit: Limit, findings: Sequence[Known], documents: int, sites: Mapping[str, int]) -> Iterator[str]:
    """Where a limit is passed, in words: in all documents, or in those of a source."""
    by_site: dict[str, list[Known]] = {}
    for finding in filter(limit.counts, findings):
        by_site.setdefault(finding.site if limit.each else "", []).append(finding)
    for site, own in sorted(by_site.items()):
        if limit.source and not fnmatch.fnmatchcase(site, limit.source):
            continue
        where = f" of {site or 'documents without a source'}" if limit.each else ""
        hit = len({finding.document for finding in own})
        total = max(sites.get(site, 0) if limit.each else documents, hit)
        if limit.percent and Decimal(hit) * 100 > limit.number * total:
            share = Decimal(hit) * 100 / total
            yield f"{limit.words}: {share:.2f} % ({hit:,} of {total:,} documents{where})"
        elif not limit.percent and len(own) > limit.number:
            yield f"{limit.words}: {len(own):,} findings" + (f" in documents{where}" if where else "")
