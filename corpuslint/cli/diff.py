"""`corpuslint diff`: two versions of a dataset, record by record."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpuslint.cli.options import FILE
from corpuslint.reporting.terminal import PLAIN, Terminal
from corpuslint.text.visible import shown

if TYPE_CHECKING:
    from corpuslint.publishing.diff import VersionDiff

_MOST_LISTED = 50


@click.command()
@click.argument("old", metavar="OLD", help="A version: its folder, its URL, hf://datasets/ORG/NAME@X.Y.Z.")
@click.argument("new", metavar="NEW", help="Another version.")
@click.option("--output-format", metavar="FORMAT", default="text", help="One of text, json, html, parquet.")
@click.option("--output-file", "-o", metavar="FILE", type=FILE, help="Where it goes, not standard output.")
def diff(old: str, new: str, output_format: str, output_file: Path | None) -> None:
    """Render one comparison."""
    from corpuslint.errors import ConfigError
    from corpuslint.formats.atomic import write_output
    from corpuslint.publishing.diff import compare
    from corpuslint.publishing.diffpage import diff_page
    from corpuslint.publishing.fetching import opened
    from corpuslint.publishing.parquet import write_rows

    if output_format not in ("text", "json", "html", "parquet"):
        raise ConfigError(f"{output_format!r} is no format of a diff", remedy="text, json, html or parquet")
    if output_format == "parquet" and output_file is None:
        raise ConfigError("Parquet needs a file to go to", remedy="Add --output-file diff.parquet.")
    with opened(old) as before, opened(new) as after:
        found = compare(before, after)
        page = diff_page(found, before, after, show_removed=True) if output_format == "html" else ""
    if output_format == "parquet" and output_file is not None:
        if found.changes:
            write_rows(output_file, "diff", found.to_rows())
        else:
            print("no record changed: no Parquet written", file=sys.stderr)
        return
    terminal = PLAIN if output_file else Terminal.of(sys.stdout, os.environ)
    text = page or (found.to_json() if output_format == "json" else _text(found, terminal))
    if output_file is None:
        sys.stdout.write(text)
    else:
        write_output(output_file, text.encode("utf-8", "backslashreplace"))


def _text(found: VersionDiff, terminal: Terminal) -> str:
    counts = found.counts()
    lines = [f"{found.name} {found.old} → {found.new}"]
    for change in found.changes[:_MOST_LISTED]:
        about = [change.reason]
        if change.columns:
            about.append(", ".join(change.columns))
        if change.codes:
            about.append("by " + ", ".join(change.codes))
        if change.change == "moved":
            about.append(f"{change.old_split} → {change.new_split}")
        told = "; ".join(part for part in about if part)
        lines.append(f"  {change.change:8} {terminal.quote(shown(change.id))}" + (f"  ({shown(told)})" if told else ""))
    if len(found.changes) > _MOST_LISTED:
        lines.append(f"  … and {len(found.changes) - _MOST_LISTED} more; --output-format json lists them all")
    said = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count) or "no record changed"
    lines.append(f"{said}; {found.shards_kept} of {found.shards} data files the same")
    if rules := found.by_rule():
        lines.append("rules: " + ", ".join(f"{code} {count}" for code, count in rules.items()))
    lines.append(f"least version step: {found.least} ({found.why})")
    return "\n".join(lines) + "\n"
