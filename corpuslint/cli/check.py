"""`corpuslint check`: lint, and fix where asked to."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from corpuslint.cli.common import (
    Confidence,
    ConfigFile,
    Extended,
    Ignored,
    Isolated,
    Selectors,
    listed,
    settings_for,
    severity_of,
)
from corpuslint.cli.completion import conditions, formats, reports
from corpuslint.cli.executor import (
    Address,
    ExecutorName,
    Jobs,
    NoCache,
    Rank,
    Timing,
    Work,
    WorldSize,
    execution_of,
    print_timings,
    teller,
)
from corpuslint.cli.exits import CLEAN, FINDINGS, REFUSED, complain
from corpuslint.cli.output import Target, View, targets, write
from corpuslint.config.load import known_language
from corpuslint.config.options import Options
from corpuslint.reporting import FORMATS
from corpuslint.reporting.summary import fixed_line
from corpuslint.reporting.terminal import Terminal
from corpuslint.text.decoding import Decoded, decode, encode
from corpuslint.text.visible import shown

if TYPE_CHECKING:
    from corpuslint.api import Outcome
    from corpuslint.model.levels import Severity

app = typer.Typer(add_completion=False)


@app.command(help="Lint documents, and mend what can be mended.")
def check(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Files and folders; - is standard input.")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Apply safe fixes in place.")] = False,
    fix_only: Annotated[
        bool, typer.Option("--fix-only", help="As --fix, but report nothing that is left, and exit with 0 then.")
    ] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="With --fix, also apply fixes that move or remove text.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print what --fix would change, and change nothing.")] = False,
    select: Selectors = None,
    ignore: Ignored = None,
    extend_select: Extended = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option("--exclude", metavar="PATTERNS", help="Names and paths to leave out of folders, too."),
    ] = None,
    isolated: Isolated = False,
    config: ConfigFile = None,
    output_format: Annotated[
        str | None,
        typer.Option(
            "--output-format", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}, html.", autocompletion=formats
        ),
    ] = None,
    output_file: Annotated[
        Path | None,
        typer.Option("--output-file", "-o", metavar="FILE", help="Where the report goes, not standard output."),
    ] = None,
    severity: Annotated[
        str,
        typer.Option("--severity", metavar="LEAST", help="Show only findings at least this bad; all of them count."),
    ] = "",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print findings only: no summary, no progress.")] = False,
    max_findings: Annotated[
        int | None,
        typer.Option("--max-findings", metavar="N", min=0, help="List at most N, the worst; 0 is all (full: 200)."),
    ] = None,
    show_repeats: Annotated[
        bool,
        typer.Option("--show-repeats", help="List every finding of a rule in a document, not the first with a count."),
    ] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count findings by rule instead.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say of each finding what it was made of, and how sure it is.")
    ] = False,
    more_reports: Annotated[
        list[str] | None,
        typer.Option(
            "--report",
            metavar="FORMAT=FILE",
            help="Write another report beside; may be repeated.",
            autocompletion=reports,
        ),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Findings written down there do not count.")
    ] = None,
    against: Annotated[
        str,
        typer.Option(
            "--against", metavar="VERSION", help="Only what is news against dist/NAME/X.Y.Z or hf://datasets/ORG/NAME."
        ),
    ] = "",
    since: Annotated[
        str,
        typer.Option(
            "--since", metavar="REV", help="Only what is new or changed since REV (git), and only news in it."
        ),
    ] = "",
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            autocompletion=conditions,
            metavar="CONDITIONS",
            help="error, warning, info, never, ART001>20, LET>0.5%, LET>0.5%/source.",
        ),
    ] = None,
    min_confidence: Confidence = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 even when there are findings.")] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Exit with 0 even when there is no document in any of the paths.")
    ] = False,
    stdin_filename: Annotated[
        str | None, typer.Option("--stdin-filename", metavar="NAME", help="What to call standard input.")
    ] = None,
    language: Annotated[str | None, typer.Option("--language", help="Language of documents that declare none.")] = None,
    force_exclude: Annotated[
        bool, typer.Option("--force-exclude", help="Let exclude patterns hold for files given by name, too.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Look again whenever a file changes.")] = False,
    executor: ExecutorName = None,
    address: Address = "",
    jobs: Jobs = None,
    no_cache: NoCache = False,
    timing: Timing = False,
    work: Work = "",
    rank: Rank = None,
    world_size: WorldSize = 1,
) -> None:
    """Translate options into one call, render its report, say by the status whether it is clean."""
    from corpuslint import api
    from corpuslint.model.levels import Applicability

    fix = fix or fix_only
    if language:
        known_language(language)
    given = paths or ([] if stdin_filename else ["."])
    options = Options(
        select=listed(select),
        ignore=listed(ignore),
        extend_select=listed(extend_select),
        extend_exclude=listed(exclude),
        output_format=output_format,
        fail_on=",".join(fail_on) if fail_on else None,
        baseline=None if baseline is None else str(baseline),
        language=language,
        min_confidence=min_confidence,
    )
    settings = settings_for(options, isolated=isolated, config=config)
    least_shown = severity_of(severity)
    view = View(max_findings, show_repeats, quiet)
    tell = None if quiet else teller(sys.stderr)
    wanted = targets(
        "statistics" if statistics else "explain" if explain else settings.output_format,
        output_file,
        more_reports or [],
        os.environ,
        lambda report: api.page_of(report, settings),
    )
    least = Applicability.UNSAFE if unsafe_fixes else Applicability.SAFE
    execution = execution_of(
        settings,
        executor=executor,
        address=address,
        jobs=jobs,
        no_cache=no_cache,
        timing=timing,
        work=work,
        rank=rank,
        world_size=world_size,
    )
    if "-" in given or not given:
        name = stdin_filename or "-"
        given_text = decode(sys.stdin.buffer.read())
        if diff or fix:
            fixed, outcome = api.fix_standard_input(given_text.text, name, settings, least)
            if diff:
                raise typer.Exit(_print_diff(outcome, given))
            sys.stdout.buffer.write(_written(fixed, given_text, name))
            raise typer.Exit(CLEAN if outcome.passed or exit_zero else FINDINGS)
        outcome = api.check_standard_input(given_text.text, name, settings)
    elif diff:
        changes = api.fix(
            given,
            settings,
            least,
            dry=True,
            force_exclude=force_exclude,
            since=since,
            against=against,
            execution=execution,
            each=tell,
        )
        raise typer.Exit(_print_diff(changes, given, allow_empty=allow_empty))
    elif watch:
        _watch(
            given,
            options,
            wanted,
            isolated=isolated,
            config=config,
            force_exclude=force_exclude,
            since=since,
            against=against,
            least=least_shown,
            view=view,
        )
    elif fix:
        outcome = api.fix(
            given,
            settings,
            least,
            force_exclude=force_exclude,
            since=since,
            against=against,
            execution=execution,
            each=tell,
        )
    else:
        outcome = api.check(
            given, settings, force_exclude=force_exclude, since=since, against=against, execution=execution, each=tell
        )
        if timing:
            print_timings(outcome)
    if fix_only:
        print(fixed_line(outcome.report.summary), file=sys.stderr)
        raise typer.Exit(REFUSED if _is_refused(outcome, given, allow_empty=allow_empty) else CLEAN)
    write(outcome.report.at_least(least_shown), wanted, view)
    if _is_refused(outcome, given, allow_empty=allow_empty):
        raise typer.Exit(REFUSED)
    raise typer.Exit(CLEAN if outcome.passed or exit_zero else FINDINGS)


def _watch(
    paths: list[str],
    options: Options,
    wanted: tuple[Target, ...],
    *,
    isolated: bool,
    config: Path | None,
    force_exclude: bool,
    since: str,
    against: str,
    least: Severity,
    view: View,
) -> NoReturn:
    """Check, wait for a change, check again; Ctrl-C ends it."""
    from corpuslint import api
    from corpuslint.cli.watching import changes
    from corpuslint.errors import CorpuslintError

    beside = settings_for(options, isolated=isolated, config=config).root
    names = ("corpuslint.toml", "corpuslint.suppress.toml", "corpuslint.baseline.json", "pyproject.toml", "rules")
    watched = [*paths, *(str(beside / name) for name in names if (beside / name).exists())]
    for changed in changes(watched):
        if changed:
            print(f"\nchanged: {shown(', '.join(changed[:3]))}{' …' if len(changed) > 3 else ''}", file=sys.stderr)
        try:
            settings = settings_for(options, isolated=isolated, config=config)
            outcome = api.check(paths, settings, force_exclude=force_exclude, since=since, against=against)
            write(outcome.report.at_least(least), wanted, view)
        except CorpuslintError as error:
            # a configuration that is being written is wrong for a moment
            complain(error)
        sys.stdout.flush()
    raise AssertionError("watching ends by interruption only")


def _written(text: str, given: Decoded, name: str) -> bytes:
    """The fixed text in the encoding it came in."""
    from corpuslint.errors import SourceError

    try:
        return encode(text, given)
    except UnicodeEncodeError as error:
        raise SourceError(
            f"the fixed text holds U+{ord(text[error.start]):04X}, which {given.encoding} cannot write",
            origin=name,
            remedy="convert it to UTF-8 first",
        ) from None


def _print_diff(outcome: Outcome, given: list[str], *, allow_empty: bool = False) -> int:
    """The changes as a patch; for eyes on a terminal, for `git apply` in a pipe.

    GitHub's runner reads orders out of whatever is written into its log: it is told not to, until the diff is over.
    """
    import secrets

    from corpuslint.reporting.patch import coloured, patch

    terminal = Terminal.of(sys.stdout, os.environ)
    word = secrets.token_hex(16) if os.environ.get("GITHUB_ACTIONS") == "true" else ""
    if word:
        sys.stdout.write(f"::stop-commands::{word}\n")
    if sys.stdout.isatty():
        for line in coloured(outcome.changed, terminal):
            sys.stdout.write(line)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(patch(outcome.changed))
        sys.stdout.buffer.flush()
    if word:
        sys.stdout.write(f"::{word}::\n")
    for note in outcome.report.summary.notes:
        print(f"note: {shown(note)}", file=sys.stderr)
    if _is_refused(outcome, given, allow_empty=allow_empty):
        return REFUSED
    return FINDINGS if outcome.changed else CLEAN


def _is_refused(outcome: Outcome, given: list[str], *, allow_empty: bool) -> bool:
    """Whether the request could not be done; that there was nothing to look at is said here."""
    if outcome.empty and not allow_empty:
        from corpuslint.formats.files import nothing_in

        complain(nothing_in(given, outcome.report.summary.passed_over, remedy="; --allow-empty lets such a run pass"))
        return True
    return outcome.unreadable
