"""What the command line asks of `corpuslint check`, and what every way to do it needs: paths, reports, exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import structs

from corpuslint.cli.exits import CLEAN, FINDINGS, REFUSED, complain
from corpuslint.cli.options import Settled
from corpuslint.cli.progress import telling
from corpuslint.config.settings import Settings
from corpuslint.errors import ConfigError, SourceError
from corpuslint.formats.atomic import write_output
from corpuslint.reporting import Render, reporter
from corpuslint.reporting.report import Report
from corpuslint.reporting.terminal import PLAIN, Terminal

if TYPE_CHECKING:
    from corpuslint.model.document import Document
    from corpuslint.model.levels import Applicability
    from corpuslint.pipeline.drive import EachShard, Execution
    from corpuslint.pipeline.run import Outcome
    from corpuslint.reporting.report import Report
    from corpuslint.reporting.terminal import Terminal


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
    severity: str = "info"
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
    def telling(self) -> AbstractContextManager[EachShard]:
        """Says how far the run is."""
        return telling("fixing" if self.fix or self.fix_only else "checking", quiet=self.quiet)

    def reports(self, settings: Settings, given: Document | None = None) -> tuple[Target, ...]:
        """Every report to write; `given` is what was read from standard input."""
        output_format = "statistics" if self.statistics else "explain" if self.explain else settings.output_format

        def page(report: Report, _terminal: Terminal) -> Iterator[str]:
            from corpuslint.pipeline.pages import page_of

            yield page_of(report, settings)

        def explained(report: Report, terminal: Terminal) -> Iterator[str]:
            from corpuslint.pipeline.pages import Explainer
            from corpuslint.reporting.full import render_explained

            return render_explained(report, terminal, Explainer(settings, given))

        texted = {"html": page, "explain": explained}
        with settings.saying("output-format"):
            return targets(output_format, self.output_file, self.report, os.environ, texted)

    def show(self, outcome: Outcome, wanted: tuple[Target, ...]) -> None:
        """Write the reports."""
        from corpuslint.model.levels import Severity

        report = outcome.report.at_least(Severity(self.severity))
        write(report, wanted, most=self.max_findings, repeats=self.show_repeats, quiet=self.quiet)

    def status(self, outcome: Outcome) -> int:
        """The exit status of a run that was reported; that there was nothing to look at is said here."""
        if self.refuses(outcome):
            return REFUSED
        if self.exit_non_zero_on_fix and outcome.report.summary.fixed:
            return FINDINGS
        return CLEAN if outcome.passed or self.exit_zero or self.fix_only else FINDINGS

    def refuses(self, outcome: Outcome) -> bool:
        """Whether the request could not be done."""
        if outcome.empty and not self.allow_empty:
            from corpuslint.formats.files import nothing_in

            told, remedy = bool(outcome.report.findings), "; --allow-empty lets such a run pass"
            complain(nothing_in(self.given, outcome.report.summary.passed_over, told=told, remedy=remedy))
            return True
        return outcome.unreadable


STEP_SUMMARY = "GITHUB_STEP_SUMMARY"


class Target(msgspec.Struct, frozen=True):
    """One report to write: in which format, and into which file (None is standard output)."""

    render: Render
    file: Path | None = None
    append: bool = False


def targets(
    output_format: str,
    output_file: Path | None,
    more: Sequence[str],
    environment: Mapping[str, str],
    texted: Mapping[str, Render],
) -> tuple[Target, ...]:
    """Every report that is asked for; known before the run, so that a mistyped format costs none.

    `more` are `FORMAT=FILE`. With `github` the step summary is written too, where the runner names a file for it.
    `texted` write the formats that need the texts beside the findings.
    """

    def render_of(name: str, option: str = "") -> Render:
        return texted.get(name) or reporter(name, option)

    wanted = [Target(render_of(output_format), output_file)]
    for word in more:
        name, sign, file = word.partition("=")
        if not sign or not file:
            raise ConfigError(
                f"{word!r} is not FORMAT=FILE", key="report", remedy="for example --report sarif=out.sarif"
            )
        wanted.append(Target(render_of(name, "report"), Path(file)))
    if output_format == "github" and environment.get(STEP_SUMMARY):
        wanted.append(Target(reporter("markdown"), Path(environment[STEP_SUMMARY]), append=True))
    return tuple(wanted)


def write(report: Report, wanted: Sequence[Target], **view: Any) -> None:
    """Write every report, files first; `view` is how much of one for people is wanted, as in `Terminal`.

    Raises SourceError for a file that cannot be written.
    """
    for target in sorted(wanted, key=lambda target: target.file is None):
        if target.file is None:
            for part in target.render(report, structs.replace(Terminal.of(sys.stdout, os.environ), **view)):
                sys.stdout.write(part)
            continue
        lines = target.render(report, structs.replace(PLAIN, **view))
        parts = (part.encode("utf-8", "backslashreplace") for part in lines)
        if not target.append:
            write_output(target.file, parts)
            continue
        try:
            with target.file.open("ab") as stream:
                stream.writelines(parts)
        except OSError as error:
            raise SourceError(f"cannot be written: {error.strerror}", path=str(target.file)) from error
