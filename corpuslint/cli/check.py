"""`corpuslint check`: lint, and fix where asked to. Each way to do it is a function of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec
from click.exceptions import Exit

from corpuslint.cli import completion
from corpuslint.cli.exits import CLEAN, FINDINGS, REFUSED, complain
from corpuslint.cli.options import FILE, Settled, configured, executed, flag, paths
from corpuslint.cli.output import Target, View, targets, write
from corpuslint.cli.progress import teller
from corpuslint.config.settings import Settings
from corpuslint.errors import ConfigError

if TYPE_CHECKING:
    from corpuslint.api import Outcome
    from corpuslint.model.levels import Applicability, Severity
    from corpuslint.pipeline.drive import EachShard, Execution


class Asked(msgspec.Struct, frozen=True):
    """What the command line asks of `check`, one field an option."""

    settled: Settled
    execution: Callable[..., Execution]
    paths: tuple[str, ...] = ()
    fix: bool = False
    fix_only: bool = False
    exit_non_zero_on_fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    show_fixes: bool = False
    show_files: bool = False
    output_file: Path | None = None
    severity: str = ""
    quiet: bool = False
    max_findings: int | None = None
    show_repeats: bool = False
    statistics: bool = False
    explain: bool = False
    report: tuple[str, ...] = ()
    against: str = ""
    since: str = ""
    exit_zero: bool = False
    allow_empty: bool = False
    stdin_filename: str | None = None
    force_exclude: bool = False
    watch: bool = False
    no_cache: bool = False
    timing: bool = False

    @property
    def given(self) -> list[str]:
        """The paths to look at; none where only standard input is named."""
        return list(self.paths) or ([] if self.stdin_filename else ["."])

    @property
    def least(self) -> Applicability:
        """Which fixes to make."""
        from corpuslint.model.levels import Applicability

        return Applicability.UNSAFE if self.unsafe_fixes else Applicability.SAFE

    @property
    def least_shown(self) -> Severity:
        """The mildest finding to show."""
        from corpuslint.model.levels import Severity

        known = [level.value for level in Severity]
        if self.severity and self.severity not in known:
            raise ConfigError(
                f"unknown severity {self.severity!r}", key="severity", remedy=f"one of {', '.join(known)}"
            )
        return Severity(self.severity or "info")

    @property
    def tell(self) -> EachShard | None:
        """Says how far the run is."""
        return None if self.quiet else teller(sys.stderr)

    def reports(self, settings: Settings) -> tuple[Target, ...]:
        """Every report to write."""
        from corpuslint import api

        output_format = "statistics" if self.statistics else "explain" if self.explain else settings.output_format
        page = lambda report: api.page_of(report, settings)  # noqa: E731
        return targets(output_format, self.output_file, self.report, os.environ, page)

    def show(self, outcome: Outcome, wanted: tuple[Target, ...]) -> None:
        """Write the reports."""
        view = View(self.max_findings, self.show_repeats, self.quiet)
        write(outcome.report.at_least(self.least_shown), wanted, view)

    def status(self, outcome: Outcome) -> int:
        """The exit status of a run that was reported; that there was nothing to look at is said here."""
        if self.refuses(outcome):
            return REFUSED
        if self.exit_non_zero_on_fix and outcome.report.summary.fixed:
            return FINDINGS
        return CLEAN if outcome.passed or self.exit_zero else FINDINGS

    def refuses(self, outcome: Outcome) -> bool:
        """Whether the request could not be done."""
        if outcome.empty and not self.allow_empty:
            from corpuslint.formats.files import nothing_in

            remedy = "; --allow-empty lets such a run pass"
            complain(nothing_in(self.given, outcome.report.summary.passed_over, remedy=remedy))
            return True
        return outcome.unreadable


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
    "select", "ignore", "extend_select", "extend_exclude", "output_format", "fail_on",
    "baseline", "min_confidence", "language", "jobs",
)  # fmt: skip
@click.option("--output-file", "-o", metavar="FILE", type=FILE, help="Where the report goes, not standard output.")
@click.option(
    "--severity", metavar="LEAST", default="", help="Show only findings at least this bad; all of them count."
)
@flag("--quiet", "Print findings only: no summary, no progress.", "-q")
@click.option(
    "--max-findings",
    metavar="N",
    type=click.IntRange(min=0),
    help="List at most N, the worst; 0 is all (full: 200).",
)
@flag("--show-repeats", "List every finding of a rule in a document, not the first with a count.")
@flag("--statistics", "Count findings by rule instead.")
@flag("--explain", "Say of each finding what it was made of, and how sure it is.")
@click.option(
    "--report",
    metavar="FORMAT=FILE",
    multiple=True,
    help="Write another report beside; may be repeated.",
    shell_complete=completion.offering(completion.reports),
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
@click.option("--stdin-filename", metavar="NAME", help="What to call standard input.")
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
        from corpuslint.cli.standard_input import check_standard_input

        return check_standard_input(asked)
    if asked.show_files:
        return _list_files(asked)
    if asked.diff:
        from corpuslint.cli.patching import print_patch

        return print_patch(_fixed(asked, asked.settled(), dry=True), asked)
    if asked.watch:
        from corpuslint.cli.watching import watch

        return watch(asked)
    return _linted(asked)


def _list_files(asked: Asked) -> int:
    from corpuslint import api
    from corpuslint.text.visible import shown

    for file in api.files(asked.given, asked.settled(), force_exclude=asked.force_exclude):
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
        outcome = api.check(
            asked.given,
            settings,
            force_exclude=asked.force_exclude,
            since=asked.since,
            against=asked.against,
            execution=_execution(asked, settings),
            each=asked.tell,
        )
        if asked.timing:
            print_timings(outcome)
    if asked.fix_only:
        print(fixed_line(outcome.report.summary), file=sys.stderr)
        return REFUSED if asked.refuses(outcome) else CLEAN
    asked.show(outcome, wanted)
    if asked.show_fixes:
        for code, count in sorted(outcome.report.summary.fixed.items()):
            print(f"fixed {code}: {count:,}", file=sys.stderr)
    return asked.status(outcome)


def _fixed(asked: Asked, settings: Settings, *, dry: bool = False) -> Outcome:
    from corpuslint import api

    return api.fix(
        asked.given,
        settings,
        asked.least,
        dry=dry,
        force_exclude=asked.force_exclude,
        since=asked.since,
        against=asked.against,
        execution=_execution(asked, settings),
        each=asked.tell,
    )


def _execution(asked: Asked, settings: Settings) -> Execution:
    return asked.execution(settings, cache=not asked.no_cache, timing=asked.timing)
