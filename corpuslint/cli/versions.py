"""Commands about versions of a dataset: is one sound, what changed between two, where to put one, what to take out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpuslint.cli.exits import CLEAN, FINDINGS
from corpuslint.cli.options import FILE, Settled, configured, flag, one_of
from corpuslint.cli.progress import telling
from corpuslint.reporting.terminal import PLAIN, Terminal
from corpuslint.text.visible import shown

if TYPE_CHECKING:
    from corpuslint.publishing.diff import VersionDiff

_MOST_LISTED = 50
_VERSION = "A version: its folder, its URL, hf://datasets/ORG/NAME@X.Y.Z."


@click.command()
@click.argument("dist", metavar="DIST", help=_VERSION)
@click.option("--raw", metavar="DIR", type=FILE, help="Also compare with the files it was built from.")
@click.option("--load/--no-load", default=True, help="Also load every config with `datasets`.")
@click.pass_context
def verify(context: click.Context, dist: str, raw: Path | None, load: bool) -> None:
    """Print one line a broken promise; exit with 1 when there is any."""
    from corpuslint.publishing.fetching import opened
    from corpuslint.publishing.verify import verify as check

    with opened(dist) as folder:
        with telling("verifying"):
            verdict = check(folder, raw=raw, load=load)
        for trouble in verdict.troubles:
            print(shown(str(trouble)))
    manifest = folder.manifest
    state = f"{len(verdict.troubles)} promises broken" if verdict.troubles else "sound"
    print(
        f"{manifest.name} {manifest.version}: {state}; {len(manifest.files)} files, "
        f"{verdict.reversible}/{verdict.records} records undo to their raw text",
        file=sys.stderr,
    )
    context.exit(FINDINGS if verdict.troubles else CLEAN)


@click.command()
@click.argument("old", metavar="OLD", help=_VERSION)
@click.argument("new", metavar="NEW", help="Another version.")
@one_of("--output-format", "FORMAT", ("text", "json", "html", "parquet"))
@click.option("--output-file", "-o", metavar="FILE", type=FILE, help="Where it goes, not standard output.")
def diff(old: str, new: str, output_format: str, output_file: Path | None) -> None:
    """Render one comparison."""
    from corpuslint.errors import ConfigError
    from corpuslint.formats.atomic import write_output
    from corpuslint.publishing.diff import compare
    from corpuslint.publishing.diffpage import diff_page
    from corpuslint.publishing.fetching import opened
    from corpuslint.publishing.parquet import write_rows

    if output_format == "parquet" and output_file is None:
        raise ConfigError("Parquet needs a file to go to", remedy="Add --output-file diff.parquet.")
    with telling("comparing"), opened(old) as before, opened(new) as after:
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
    lines = [f"{found.name} {found.old} → {found.new}"]
    for change in found.changes[:_MOST_LISTED]:
        about = f"  ({shown(change.about)})" if change.about else ""
        lines.append(f"  {change.change:8} {terminal.quote(shown(change.id))}{about}")
    if len(found.changes) > _MOST_LISTED:
        lines.append(f"  … and {len(found.changes) - _MOST_LISTED} more; --output-format json lists them all")
    lines.append(f"{found.said}; {found.shards_kept} of {found.shards} data files the same")
    if rules := found.by_rule():
        lines.append("rules: " + ", ".join(f"{code} {count}" for code, count in rules.items()))
    lines.append(f"least version step: {found.least} ({found.why})")
    return "\n".join(lines) + "\n"


@click.command()
@click.argument("dist", metavar="DIST", type=FILE, help="A version's folder, or a dataset's for its latest.")
@click.option("--to", metavar="TARGET", required=True, help="hf://datasets/ORG/NAME, a folder, or any fsspec URL.")
@flag("--private", "A repository that is made is a private one.")
@click.option("--load/--no-load", default=True, help="Load it from the Hub before the tag is set.")
def publish(dist: Path, to: str, private: bool, load: bool) -> None:
    """Translate options into one call and say where the version is."""
    from corpuslint.publishing.folder import DatasetFolder
    from corpuslint.publishing.publish import publish as publish_version

    folder = DatasetFolder.open(dist)
    with telling("publishing"):
        done = publish_version(folder, to, private=private, load=load)
    state = "was there already, the same" if done.unchanged else "published"
    at = f" at {done.revision}" if done.revision else f"/{done.version}"
    print(f"{folder.manifest.name} {done.version} {state}: {done.target}{at}", file=sys.stderr)


@click.command()
@click.argument("what", metavar="ID|URL|HASH", help="A record's id, url, raw or text sha256.")
@click.option("--dist", metavar="DIST", type=FILE, required=True, help="The dataset's folder, as dist/NAME.")
@click.option("--reason", metavar="TEXT", default="takedown", help="Stands in the manifest.")
@click.option("--version", metavar="X.Y.Z", default="", help="Of the version without it.")
@flag("--apply", "Build that version; without, only say what holds it.")
@configured()
def takedown(settled: Settled, what: str, dist: Path, reason: str, version: str, apply: bool) -> None:
    """List what holds the text; build the version without it when asked to."""
    from corpuslint.pipeline.dataset import facts_of
    from corpuslint.publishing.takedown import cannot_be_undone, carry_out, plan_takedown

    with telling("searching"):
        plan = plan_takedown(dist, what, reason, version)
    for holding in plan.holdings:
        print(f"{holding.version}  {shown(holding.path)}  {shown(holding.id)}  ({holding.why})")
    count = len(plan.ids)
    if not apply:
        said = "1 record" if count == 1 else f"{count} records"
        print(f"{said} would go in {plan.next_version}; --apply builds it", file=sys.stderr)
    else:
        with telling("building"):
            built = carry_out(plan, facts_of(settled()))
        rest = built.folder.manifest.rows("default")
        print(f"built {built.folder.path.as_posix()}: {rest} records, {count} taken down", file=sys.stderr)
    print(cannot_be_undone(plan), file=sys.stderr, end="")
