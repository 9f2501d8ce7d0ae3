"""How often each rule reports in the documents of each outlet, and where that jumped: the site changed its template."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from corpuslint.errors import ConfigError
from corpuslint.reporting.report import Finding

FEWEST_DOCUMENTS = 10
"""An outlet of fewer documents, then or now, has no rate."""
LEAST_RISE = 0.05
"""A rate must have risen by so many of a hundred documents,"""
SURENESS = 4.0
"""and by so many standard deviations of what chance would do."""


class Rates(msgspec.Struct, frozen=True, tag_field="corpuslint-rates", tag=1):
    """Of each outlet how many documents there are, and in how many of them each rule reported."""

    documents: dict[str, int]
    reported: dict[str, dict[str, int]]

    @classmethod
    def of(cls, documents: Mapping[str, int], findings: Iterable[Finding]) -> Rates:
        """The rates of a run: `documents` an outlet, and what was found in them."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for finding in findings:
            found[finding.site][finding.code].add(finding.document)
        counted = {site: {code: len(names) for code, names in codes.items()} for site, codes in found.items()}
        return cls(dict(documents), counted)

    @property
    def text(self) -> str:
        """The rates as JSON, the same for the same rates."""
        return msgspec.json.format(msgspec.json.encode(self, order="sorted"), indent=1).decode() + "\n"

    @classmethod
    def parse(cls, text: str, path: str) -> Rates:
        """The rates that `text` says; ConfigError where it says none."""
        try:
            return msgspec.json.decode(text, type=cls)
        except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError) as error:
            raise ConfigError(
                "the file holds no rates to compare with",
                path=path,
                remedy="`corpuslint report -o REPORT.json` writes one.",
            ) from error


class Jump(NamedTuple):
    """A rule that reports in far more of an outlet's documents than it did."""

    site: str
    code: str
    before: float
    now: float
    documents: int

    @property
    def sentence(self) -> str:
        """The jump in words."""
        return f"{self.site}: {self.code} in {self.now:.0%} of {self.documents} documents, {self.before:.0%} before"


def jumps(before: Rates, now: Rates) -> tuple[Jump, ...]:
    """The outlets and rules whose rate rose by more than chance explains, the largest rise first."""
    found = []
    for site, count in now.documents.items():
        then = before.documents.get(site, 0)
        if not site or min(count, then) < FEWEST_DOCUMENTS:
            continue
        for code, documents in now.reported.get(site, {}).items():
            old = before.reported.get(site, {}).get(code, 0) / then
            new = documents / count
            # One document more on either side: a rate of nothing in a hundred is not known to be nothing.
            together = (old * then + documents + 1) / (then + count + 2)
            chance = math.sqrt(together * (1 - together) * (1 / then + 1 / count))
            if new - old >= LEAST_RISE and new - old >= SURENESS * chance:
                found.append(Jump(site, code, old, new, count))
    return tuple(sorted(found, key=lambda jump: (jump.before - jump.now, jump.site, jump.code)))
