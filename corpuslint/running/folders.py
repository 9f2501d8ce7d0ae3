"""Folders with a configuration of their own: which settings hold for which files of a run.

As in ruff, the nearest configuration of a file holds for it, and nothing is merged unless it says `extend`. What
decides about the run as a whole (`fail-on`, baseline, suppressions) is the configuration the run was started with.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import reduce
from pathlib import Path

from corpuslint.config.load import find_config
from corpuslint.config.settings import Settings, settle
from corpuslint.reporting.report import Report, Summary
from corpuslint.running.coverage import Coverage
from corpuslint.running.run import Outcome
from corpuslint.running.timing import added


def by_configuration(files: Sequence[str], settings: Settings) -> tuple[tuple[Settings, tuple[str, ...]], ...]:
    """The files of a run in groups with one configuration each, the run's own first; it may be the only one."""
    if settings.command_line is None or not files:
        return ((settings, tuple(files)),)
    own = _resolved(settings.config)
    nearest: dict[str, list[str]] = {}
    groups: dict[Path | None, list[str]] = {own: []}
    for file in files:
        folder = "://" if "://" in file else file.rpartition("/")[0]
        if folder not in nearest:
            config = own if folder == "://" else _resolved(find_config(Path(file).parent))
            nearest[folder] = groups.setdefault(config, [])
        nearest[folder].append(file)
    named = sorted((path for path in groups if path is not None and path != own), key=Path.as_posix)
    others = [(settle(settings.command_line, start=path.parent, config=path), tuple(groups[path])) for path in named]
    # A file outside every configuration, in a run that has one, goes with the run.
    loose = groups.get(None, []) if own is not None else []
    return ((settings, (*groups[own], *loose)), *others)


def _resolved(path: Path | None) -> Path | None:
    return path.resolve() if path is not None else None


def joined(outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome for the groups of a run."""
    if len(outcomes) == 1:
        return outcomes[0]
    coverage = Coverage()
    fixed: dict[str, int] = {}
    for outcome in outcomes:
        coverage.merge(outcome.coverage)
        for code, count in outcome.report.summary.fixed.items():
            fixed[code] = fixed.get(code, 0) + count
    first = outcomes[0]
    summary = Summary(
        coverage.documents,
        len(coverage.files),
        fixed,
        tuple(gate for outcome in outcomes for gate in outcome.report.summary.gates),
        tuple(dict.fromkeys(note for outcome in outcomes for note in outcome.report.summary.notes)),
        first.report.summary.unsafe_fixes,
    )
    report = Report.of(
        (finding for outcome in outcomes for finding in outcome.report.findings),
        parked=(parked for outcome in outcomes for parked in outcome.report.parked),
        rules={spec.code: spec for outcome in outcomes for spec in outcome.report.rules}.values(),
        summary=summary,
    )
    return dataclasses.replace(
        first,
        report=report,
        unreadable=any(outcome.unreadable for outcome in outcomes),
        changed=tuple(changed for outcome in outcomes for changed in outcome.changed),
        coverage=coverage,
        timings=reduce(added, (outcome.timings for outcome in outcomes)),
    )
