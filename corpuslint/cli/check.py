"""`corpuslint check`: lint, and fix where asked to. Each way to do it is a function of its own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
from click.exceptions import Exit

from corpuslint.cli.asked import Asked
from corpuslint.cli.exits import CLEAN
from corpuslint.cli.options import FILE, configured, executed, flag, offering, one_of, paths, reports
from corpuslint.config.settings import Settings

if TYPE_CHECKING:
    from corpuslint.pipeline.run import Outcome


@click.command()
@paths("Files and folders; - is standard input.")
@flag("--fix", "Apply safe fixes in place.")
@flag("--fix-only", "As --fix, but report nothing that is left, and exit with 0 then.")
@flag("--unsafe-fixes", "With --fix, also apply fixes that move or remove text.")
@flag("--exit-non-zero-on-fix", "Exit with 1 when anything was fixed.")
@flag("--diff", "Print what --fix would change, and change nothing.")
@flag("--show-fixes", "With --fix, say how many places each rule mended.")
@flag("--show-files", "Print the files that would be looked at, and do no more.")
@configured(
    "select", "ignore", "extend_select", "fixable", "unfixable", "extend_exclude", "output_format", "fail_on",
    "baseline", "min_confidence", "language", "jobs",
)  # fmt: skip
@click.option("--output-file", "-o", metavar="FILE", type=FILE, help="Where the report goes, not standard output.")
@one_of("--severity", "LEAST", ("info", "warning", "error"), "Show only findings at least this bad; all of them count.")
@flag("--quiet", "Print findings only: no summary, no progress.", "-q")
@click.option(
    "--max-findings",
    metavar="N",
    type=click.IntRange(min=0),
    help="List at most N, the worst; 0 is all (full: 100).",
)
@flag("--show-repeats", "List every finding of a rule in a document, not the first with a count.")
@flag("--statistics", "Count findings by rule instead.")
@flag("--explain", "Say of each finding what it was made of, and how sure it is.")
@click.option(
    "--report",
    metavar="FORMAT=FILE",
    multiple=True,
    help="Write another report beside; may be repeated.",
    shell_complete=offering(reports),
)
@click.option(
    "--against",
    metavar="VERSION",
    default="",
    help="Only what is news against dist/NAME/X.Y.Z or hf://datasets/ORG/NAME.",
)
@click.option(
    "--since", metavar="REV", default="", help="Only what is new or changed since REV (git), and only news in it."
)
@flag("--exit-zero", "Exit with 0 even when there are findings.")
@flag("--allow-empty", "Exit with 0 even when there is no document in any of the paths.")
@click.option("--stdin-filename", metavar="NAME", help="What to call standard input: how it is read.")
@flag("--force-exclude", "Let exclude patterns hold for files given by name, too.")
@flag("--watch", "Look again whenever a file changes.")
@executed
@flag("--no-cache", "Lint everything anew, and keep nothing.")
@flag("--timing", "Say how long each rule took (on standard error).")
def check(**asked: Any) -> None:
    """Choose the way that is asked for, and exit with its status."""
    raise Exit(_way(Asked(**asked)))


def _way(asked: Asked) -> int:
    if "-" in asked.given or not asked.given:
        from corpuslint.cli.ways import check_standard_input

        return check_standard_input(asked)
    if asked.show_files:
        return _list_files(asked)
    if asked.diff:
        from corpuslint.cli.ways import print_patch

        return print_patch(_fixed(asked, asked.settled(), dry=True), asked)
    if asked.watch:
        from corpuslint.cli.ways import watch

        return watch(asked)
    return _linted(asked)


def _list_files(asked: Asked) -> int:
    from corpuslint.pipeline.folders import files_in
    from corpuslint.text.visible import shown

    for file in files_in(asked.given, asked.settled(), force_exclude=asked.force_exclude):
        print(shown(file))
    return CLEAN


def _linted(asked: Asked) -> int:
    from corpuslint import api
    from corpuslint.cli.progress import print_timings
    from corpuslint.reporting.summary import fixed_line

    settings = asked.settled()
    wanted = asked.reports(settings)
    if asked.fix or asked.fix_only:
        outcome = _fixed(asked, settings)
    else:
        with asked.telling as each:
            outcome = api.check(asked.given, settings, each=each, **_how(asked, settings))
        if asked.timing:
            print_timings(outcome)
    if asked.fix_only:
        print(fixed_line(outcome.report.summary), file=sys.stderr)
        return asked.status(outcome)
    asked.show(outcome, wanted)
    if asked.show_fixes:
        for code, count in sorted(outcome.report.summary.fixed.items()):
            print(f"fixed {code}: {count:,}", file=sys.stderr)
    return asked.status(outcome)


def _fixed(asked: Asked, settings: Settings, *, dry: bool = False) -> Outcome:
    from corpuslint import api

    with asked.telling as each:
        return api.fix(asked.given, settings, asked.least, dry=dry, each=each, **_how(asked, settings))


def _how(asked: Asked, settings: Settings) -> dict[str, Any]:
    return {
        "force_exclude": asked.force_exclude,
        "since": asked.since,
        "against": asked.against,
        "execution": asked.execution(settings, cache=not asked.no_cache, timing=asked.timing),
    }
