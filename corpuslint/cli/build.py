"""`corpuslint build`: from files to a version of a dataset."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpuslint.cli.exits import refuse_unreadable
from corpuslint.cli.options import FILE, Settled, configured, executed, one_of, paths
from corpuslint.cli.progress import telling
from corpuslint.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpuslint.pipeline.drive import Execution
    from corpuslint.publishing.building import Built


@click.command()
@paths()
@click.option("--name", metavar="NAME", default="", help="The dataset's name.")
@click.option("--version", metavar="X.Y.Z", default="", help="The version to build.")
@click.option("--out", metavar="DIR", type=FILE, default="dist", help="Where datasets lie.")
@one_of("--removed-text", "HOW", ("full", "hash", "none"), "Publish text that was taken out: full, hash or none.")
@click.option(
    "--shards", metavar="N", type=int, default=0, help="Files a split: a power of two, kept by later versions."
)
@configured(
    "splits", "split_salt", "select", "ignore", "extend_select", "fixable", "unfixable", "language", "min_confidence",
    "jobs",
)  # fmt: skip
@executed
def build(
    settled: Settled,
    execution: Callable[..., Execution],
    paths: tuple[str, ...],
    name: str,
    version: str,
    out: Path,
    removed_text: str,
    shards: int,
) -> None:
    """Translate options into one call and say what was built and what was withheld."""
    from corpuslint.pipeline import dataset
    from corpuslint.publishing.records import RemovedText
    from corpuslint.publishing.splits import SplitPlan

    for option, value in (("--name", name), ("--version", version)):
        if not value:
            raise ConfigError(
                f"a build needs {option}", remedy="As in: corpuslint build seeds --name n --version 1.0.0"
            )
    given = paths or (".",)
    settings = settled()
    with settings.saying("splits"):
        plan = SplitPlan.parse(settings.splits, settings.split_salt) if settings.splits else None
    work = execution(settings)
    if work.world_size > 1:
        with telling("building"):
            dataset.build_share(given, settings, work)
        print(
            f"rank {work.rank} of {work.world_size}: its shards are in {work.work}; "
            "the same command without --rank and --world-size writes the version",
            file=sys.stderr,
        )
        return
    with telling("building") as each:
        built = dataset.build(
            given,
            settings,
            name=name,
            version=version,
            out=out,
            removed_text=RemovedText(removed_text),
            plan=plan,
            shards=shards,
            execution=work,
            each=each,
        )
    _tell(built)
    refuse_unreadable(built.unreadable, "the version")


def _tell(built: Built) -> None:
    manifest = built.folder.manifest
    splits = ", ".join(f"{name} {count}" for name, count in manifest.split_rows().items())
    if built.reasons:
        count = sum(built.reasons.values())
        why = ", ".join(f"{code} {times}" for code, times in sorted(built.withheld.items()))
        other = ", ".join(
            f"{reason} {times}" for reason, times in sorted(built.reasons.items()) if reason != "error-left"
        )
        said = "; ".join(part for part in (why, other) if part)
        print(f"withheld {count} of {count + manifest.rows('default')} stories: {said}", file=sys.stderr)
        print("  they are in quarantine/, each with why; `corpuslint check` shows where", file=sys.stderr)
        if "SRC001" in built.withheld:
            print("  SRC001: `[[defaults]]` in corpuslint.toml names the source of a whole folder", file=sys.stderr)
    if manifest.suppressed:
        said = ", ".join(f"{code} {count}" for code, count in manifest.suppressed.items())
        print(f"called none by the documents' own metadata: {said}", file=sys.stderr)
    if built.diff is not None:
        print(f"against {built.diff.old}: {built.diff.said}", file=sys.stderr)
    state = "is there already, byte for byte" if built.unchanged else "built"
    print(f"{manifest.name} {manifest.version} {state}: {splits}; {manifest.rows('edits')} edits", file=sys.stderr)
    print(built.folder.path.as_posix())
