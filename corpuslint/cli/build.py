"""`corpuslint build`: from files to a version of a dataset."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpuslint.cli.common import Confidence, ConfigFile, Extended, Ignored, Isolated, Selectors, listed, settings_for
from corpuslint.cli.executor import Address, ExecutorName, Jobs, Rank, Work, WorldSize, teller
from corpuslint.config.options import Options

if TYPE_CHECKING:
    from corpuslint.publishing.building import Built

app = typer.Typer(add_completion=False)


@app.command(help="Fix, split, judge and withhold, and write a version of a dataset; the input is not touched.")
def build(
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH", help="Files and folders.")] = None,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The dataset's name.")] = "",
    version: Annotated[str, typer.Option("--version", metavar="X.Y.Z", help="The version to build.")] = "",
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where datasets lie.")] = Path("dist"),
    removed_text: Annotated[
        str, typer.Option("--removed-text", help="Publish text that was taken out: full, hash or none.")
    ] = "full",
    splits: Annotated[
        str, typer.Option("--splits", metavar="NAME=WEIGHT,…", help="As train=0.9,test=0.1; kept by later versions.")
    ] = "",
    salt: Annotated[
        str, typer.Option("--split-salt", metavar="TEXT", help="Makes the choice of splits your own.")
    ] = "",
    shards: Annotated[
        int, typer.Option("--shards", metavar="N", help="Files a split: a power of two, kept by later versions.")
    ] = 0,
    jobs: Jobs = None,
    executor: ExecutorName = None,
    address: Address = "",
    work: Work = "",
    rank: Rank = None,
    world_size: WorldSize = 1,
    select: Selectors = None,
    ignore: Ignored = None,
    extend_select: Extended = None,
    isolated: Isolated = False,
    config: ConfigFile = None,
    language: Annotated[str | None, typer.Option("--language", help="Language of documents that declare none.")] = None,
    min_confidence: Confidence = None,
) -> None:
    """Translate options into one call and say what was built and what was withheld."""
    from corpuslint import api
    from corpuslint.errors import ConfigError
    from corpuslint.publishing.records import RemovedText
    from corpuslint.publishing.splits import SplitPlan
    from corpuslint.publishing.version import Version

    for option, value in (("--name", name), ("--version", version)):
        if not value:
            raise ConfigError(
                f"a build needs {option}", remedy="As in: corpuslint build seeds --name n --version 1.0.0"
            )
    try:
        policy = RemovedText(removed_text)
    except ValueError:
        raise ConfigError(f"{removed_text!r} says not how to publish removed text", remedy="full, hash, none") from None
    given = paths or ["."]
    options = Options(
        select=listed(select),
        ignore=listed(ignore),
        extend_select=listed(extend_select),
        language=language,
        min_confidence=min_confidence,
    )
    settings = settings_for(options, isolated=isolated, config=config)
    wanted_splits = splits or settings.splits
    plan = SplitPlan.parse(wanted_splits, salt or settings.split_salt) if wanted_splits else None
    execution = api.Execution(
        executor=executor or ("ray" if address else ""),
        jobs=settings.jobs if jobs is None else jobs,
        address=address,
        work=work,
        rank=rank or 0,
        world_size=world_size,
    )
    if world_size > 1:
        api.build_share(given, settings, execution)
        print(
            f"rank {execution.rank} of {world_size}: its shards are in {work}; "
            "the same command without --rank and --world-size writes the version",
            file=sys.stderr,
        )
        return
    built = api.build(
        given,
        settings,
        name=name,
        version=Version.parse(version),
        out=out,
        removed_text=policy,
        plan=plan,
        shards=shards,
        execution=execution,
        each=teller(sys.stderr),
    )
    _tell(built)


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
    if manifest.suppressed:
        said = ", ".join(f"{code} {count}" for code, count in manifest.suppressed.items())
        print(f"called none by the documents' own metadata: {said}", file=sys.stderr)
    if built.diff is not None:
        counts = {kind: count for kind, count in built.diff.counts().items() if count}
        said = ", ".join(f"{count} {kind}" for kind, count in counts.items()) or "no record changed"
        print(f"against {built.diff.old}: {said}", file=sys.stderr)
    state = "is there already, byte for byte" if built.unchanged else "built"
    print(f"{manifest.name} {manifest.version} {state}: {splits}; {manifest.rows('edits')} edits", file=sys.stderr)
    print(built.folder.path.as_posix())
