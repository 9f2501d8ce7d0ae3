"""Where a report goes: standard output, files, and the step summary of a GitHub job."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from corpuslint.errors import ConfigError, SourceError
from corpuslint.formats.atomic import write_output
from corpuslint.reporting import Render, reporter
from corpuslint.reporting.report import Report
from corpuslint.reporting.terminal import PLAIN, Terminal

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
