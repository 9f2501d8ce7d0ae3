"""Folders with a configuration of their own: which settings hold for which files of a run.

The configuration that the run was started with holds for every file, but for those below a folder that it trusts:
there the nearest one does, and nothing is merged unless it says `extend`. What decides about the run as a whole
(`fail-on`) is the run's own in any case.
"""

from __future__ import annotations

import os
import warnings
from collections import Counter
from collections.abc import Sequence
from functools import reduce
from pathlib import Path

from msgspec import structs

from corpuslint.config.settings import Settings, nearest_config, under
from corpuslint.errors import Unfollowed
from corpuslint.formats.files import Found, look, nothing_in
from corpuslint.formats.reading import placed
from corpuslint.pipeline.proofs import warn_of_unproven
from corpuslint.pipeline.run import Coverage, Outcome
from corpuslint.pipeline.session import Session
from corpuslint.pipeline.timing import added
from corpuslint.reporting.report import Report, Summary

Groups = tuple[tuple[Settings, tuple[str, ...]], ...]
Sessions = tuple[tuple[Session, tuple[str, ...]], ...]


def look_at(paths: Sequence[str], settings: Settings, *, force_exclude: bool = False) -> Found:
    """What the paths of a run hold. Raises SourceError for a path that is not there."""
    return look(
        paths,
        exclude=settings.exclude,
        force_exclude=force_exclude,
        gitignore=settings.respect_gitignore,
        packs=settings.packs,
    )


def files_in(paths: Sequence[str], settings: Settings, *, force_exclude: bool = False) -> list[str]:
    """The files that would be looked at. Raises SourceError where there is none."""
    found = look_at(paths, settings, force_exclude=force_exclude)
    if not found.files:
        raise nothing_in(paths, found.passed_over)
    return list(found.files)


def by_configuration(files: Sequence[str], settings: Settings) -> Groups:
    """The files of a run in groups with one configuration each, the run's own first; it may be the only one.

    Warns, once, of configurations that do not hold, and of rules of their packs that do not do what they say.
    """
    groups, unfollowed = grouped(files, settings)
    names = sorted(placed(path.as_posix(), Path()) for path in unfollowed)
    if names:
        more = f" (nor {len(names) - 1} more)" if len(names) > 1 else ""
        warnings.warn(f"{names[0]} is not followed{more}: {_remedy(names[0], settings)}", Unfollowed, stacklevel=2)
    warn_of_unproven(dict.fromkeys(pack for here, group in groups if group for pack in here.packs))
    return groups


def sessions(files: Sequence[str], settings: Settings) -> Sessions:
    """The groups of `by_configuration`, each with the session that judges in it."""
    return tuple((Session(here), group) for here, group in by_configuration(files, settings))


def grouped(files: Sequence[str], settings: Settings) -> tuple[Groups, frozenset[Path]]:
    """The groups that `by_configuration` gives, and the configurations that do not hold."""
    unfollowed: set[Path] = set()
    folders: dict[str, list[str]] = {}
    groups: dict[Path | None, list[str]] = {None: []}
    for file in files:
        folder = "://" if "://" in file else file.rpartition("/")[0]
        if folder not in folders:
            nearest = nearest_config(file, settings)
            holds = nearest is not None and nearest.holds
            if nearest is not None and not holds:
                unfollowed.add(nearest.path)
            folders[folder] = groups.setdefault(nearest.path if nearest is not None and holds else None, [])
        folders[folder].append(file)
    named = sorted(path for path in groups if path is not None)
    others = ((under(path, settings), tuple(groups[path])) for path in named)
    return ((settings, tuple(groups[None])), *others), frozenset(unfollowed)


def warn_of_own_words(filenames: Sequence[str], settings: Settings) -> None:
    """Warn, once, of documents in these files that call findings of their own none, where that does not count."""
    if not filenames:
        return
    name = placed(filenames[0], Path())
    several = len(filenames) > 1
    holds = (
        f"{len(filenames):,} documents hold suppressions of their"
        if several
        else "a document holds suppressions of its"
    )
    said = f"{holds} own findings, which do not count"
    warnings.warn(f"{name}: {said}: {_remedy(name, settings)}", Unfollowed, stacklevel=3)


def _remedy(name: str, settings: Settings) -> str:
    if settings.config is None:
        return "run in its folder, or name a configuration with --config"
    folder = placed(os.path.dirname(name), settings.root)  # noqa: PTH120
    return f'if you trust its folder, write trust = ["{folder}"] into {placed(str(settings.config), Path())}'


def joined(outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome for the groups of a run."""
    if len(outcomes) == 1:
        return outcomes[0]
    coverage, fixed = Coverage(), Counter[str]()
    for outcome in outcomes:
        coverage.merge(outcome.coverage)
        fixed.update(outcome.report.summary.fixed)
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
    return structs.replace(
        first,
        report=report,
        unreadable=any(outcome.unreadable for outcome in outcomes),
        changed=tuple(changed for outcome in outcomes for changed in outcome.changed),
        coverage=coverage,
        timings=reduce(added, (outcome.timings for outcome in outcomes)),
    )
