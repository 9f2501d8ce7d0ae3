"""`corpuslint check`: lint, and fix where asked to."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from corpuslint.cli.common import ConfigFile, Extended, Ignored, Isolated, Selectors, listed, settings_for
from corpuslint.cli.exits import CLEAN, FINDINGS, REFUSED
from corpuslint.config.options import Options
from corpuslint.errors import ConfigError

if TYPE_CHECKING:
    from corpuslint.api import Outcome
    from corpuslint.config.settings import Settings

app = typer.Typer()


@app.command(help="Lint documents, and mend what can be mended.")
def check(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]…", help="Files and folders; - is standard input.")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Apply safe fixes in place.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="With --fix, also apply fixes that move or remove text.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print what --fix would change, and change nothing.")] = False,
    select: Selectors = None,
    ignore: Ignored = None,
    extend_select: Extended = None,
    isolated: Isolated = False,
    config: ConfigFile = None,
    output_format: Annotated[str | None, typer.Option("--output-format", metavar="FORMAT")] = None,
    output_file: Annotated[Path | None, typer.Option("--output-file", "-o", metavar="FILE")] = None,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count findings by rule instead.")] = False,
    fail_on: Annotated[str | None, typer.Option("--fail-on", metavar="LEVEL", help="error, warning or info.")] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 even when there are findings.")] = False,
    stdin_filename: Annotated[str | None, typer.Option("--stdin-filename", metavar="NAME")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Language of documents that declare none.")] = None,
    force_exclude: Annotated[
        bool, typer.Option("--force-exclude", help="Let exclude patterns hold for files given by name, too.")
    ] = False,
) -> None:
    """Translate options into one call, render its report, say by the status whether it is clean."""
    from corpuslint import api
    from corpuslint.model.levels import Applicability

    given = paths or ([] if stdin_filename else ["."])
    options = Options(
        select=listed(select),
        ignore=listed(ignore),
        extend_select=listed(extend_select),
        output_format=output_format,
        fail_on=fail_on,
        language=language,
    )
    settings = settings_for(given, options, isolated=isolated, config=config)
    least = Applicability.UNSAFE if unsafe_fixes else Applicability.SAFE
    if "-" in given or not given:
        name = stdin_filename or "-"
        text = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
        if fix:
            fixed, outcome = api.fix_text(text, name, settings, least)
            sys.stdout.buffer.write(fixed.encode("utf-8", "surrogateescape"))
            raise typer.Exit(_status(outcome, settings, exit_zero))
        outcome = api.check_text(text, name, settings)
    elif diff:
        raise typer.Exit(_print_diff(api.fix(given, settings, least, dry=True, force_exclude=force_exclude)))
    elif fix:
        outcome = api.fix(given, settings, least, force_exclude=force_exclude)
    else:
        outcome = api.check(given, settings, force_exclude=force_exclude)
    _write(outcome, "statistics" if statistics else settings.output_format, output_file)
    raise typer.Exit(_status(outcome, settings, exit_zero))


def _write(outcome: Outcome, output_format: str, output_file: Path | None) -> None:
    """The report, to standard output or a file."""
    from corpuslint.reporting import reporter
    from corpuslint.reporting.terminal import PLAIN, Terminal

    render = reporter(output_format)
    if output_file is None:
        _print(render(outcome.report, Terminal.of(sys.stdout, os.environ)), sys.stdout)
        return
    from corpuslint.formats.atomic import replace_file

    replace_file(output_file, "".join(render(outcome.report, PLAIN)).encode("utf-8", "backslashreplace"))


def _print(parts: object, stream: IO[str]) -> None:
    for part in parts:  # type: ignore[attr-defined]
        stream.write(part)


def _print_diff(outcome: Outcome) -> int:
    import difflib

    for changed in outcome.changed:
        before, after = changed.before.splitlines(keepends=True), changed.after.splitlines(keepends=True)
        lines = difflib.unified_diff(before, after, f"a/{changed.filename}", f"b/{changed.filename}")
        for line in lines:
            sys.stdout.write(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return FINDINGS if outcome.changed else CLEAN


def _status(outcome: Outcome, settings: Settings, exit_zero: bool) -> int:
    from corpuslint.model.levels import Severity

    try:
        threshold = Severity(settings.fail_on)
    except ValueError:
        raise ConfigError(
            f"{settings.fail_on!r} is no severity",
            path=settings.origins.get("fail-on", ""),
            remedy="one of error, warning, info",
        ) from None
    if outcome.unreadable:
        return REFUSED
    failing = any(finding.severity >= threshold for finding in outcome.report.findings)
    return FINDINGS if failing and not exit_zero else CLEAN
