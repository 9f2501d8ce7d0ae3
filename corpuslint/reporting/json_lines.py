"""Findings as JSON Lines: the objects of `json`, one a line, for streams and `jq`."""

from __future__ import annotations

from collections.abc import Iterator

from corpuslint.reporting.json import texts_of
from corpuslint.reporting.report import Report
from corpuslint.reporting.terminal import Terminal


def render(report: Report, terminal: Terminal) -> Iterator[str]:
    """One line a finding, nothing else."""
    yield from texts_of(report.findings, b"\n")
    if report.findings:
        yield "\n"
