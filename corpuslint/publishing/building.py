"""Entries to a version on disk: everything is written beside its place, and moved there in one step.

A version that exists is whole. A killed build leaves a folder whose name begins with a dot, which the next build
removes. The same input, recipe and version before give the same bytes.
"""

from __future__ import annotations

import datetime
import errno
import os
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from msgspec import structs

from corpuslint.errors import PublishError
from corpuslint.facts.imprints import near_pairs, signature_of
from corpuslint.facts.outlets import one_spelling
from corpuslint.formats.atomic import sync_folder
from corpuslint.publishing.card import CardFacts, Measures
from corpuslint.publishing.diff import VersionDiff, compare
from corpuslint.publishing.folder import INDEX_PATH, DatasetFolder, alone, hashes_in, point_to_latest, versions_in
from corpuslint.publishing.manifest import MANIFEST_NAME, FileEntry, Manifest, Previous, Recipe, Tombstone, file_sha256
from corpuslint.publishing.papers import write_papers
from corpuslint.publishing.parquet import (
    OwnColumns,
    Plain,
    content_sha256,
    created_by,
    joint_kind,
    own_kind,
    own_values,
    row_key,
    row_sha256,
    write_rows,
)
from corpuslint.publishing.records import Entry, Reason, RemovedText, withhold, without_removed
from corpuslint.publishing.spill import PILES, Spill
from corpuslint.publishing.splits import Assignment, Placed, SplitPlan, assign
from corpuslint.publishing.tombstones import Watch, merged
from corpuslint.publishing.version import Step, Version, guard

SHARD_CHARACTERS = 4 << 20
"""A shard holds about this much text when a dataset begins; the number of shards stays for all its versions."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}")


@dataclass(frozen=True, slots=True)
class Request:
    """What to build.

    `drop` are fields of the user's own to leave out. `plan` None keeps the splits of the version before, or puts every
    record in `train`. `shards` 0 keeps their number, or chooses one by the size of the corpus. `suppressed` is what is
    known to be suppressed beside what entries say.
    """

    name: str
    version: Version
    out: Path
    recipe: Recipe = Recipe("")
    plan: SplitPlan | None = None
    shards: int = 0
    facts: CardFacts = field(default_factory=CardFacts)
    tombstones: tuple[Tombstone, ...] = ()
    drop: frozenset[str] = frozenset()
    suppressed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Built:
    """A version as it lies on disk. `unchanged` tells that it was there already, byte for byte."""

    folder: DatasetFolder
    diff: VersionDiff | None
    unchanged: bool
    reasons: Mapping[str, int]
    withheld: Mapping[str, int]


def write_version(request: Request, entries: Iterable[Entry]) -> Built:
    """Build `request.out/NAME/X.Y.Z` from `entries`, in any order.

    Raises PublishError, and leaves no version, when the version exists with other content, when it is too small a step
    from the one before, or when no record is left.
    """
    if not _NAME.fullmatch(request.name):
        raise PublishError(f"{request.name!r} cannot name a dataset", remedy="Use letters, digits, . _ and -.")
    if request.shards and (request.shards > PILES or request.shards & (request.shards - 1)):
        raise PublishError(f"a dataset cannot have {request.shards} shards", remedy=f"Take 1, 2, 4, 8 … {PILES}.")
    dataset = request.out / request.name
    try:
        dataset.mkdir(parents=True, exist_ok=True)
        with alone(dataset):
            return _write_in(dataset, request, entries)
    except OSError as trouble:
        raise PublishError(
            f"the version could not be written ({trouble.strerror or trouble}); none was made",
            repo=str(trouble.filename or dataset),
            remedy="Free some space and run the same command again." if trouble.errno == errno.ENOSPC else "",
        ) from trouble


def _write_in(dataset: Path, request: Request, entries: Iterable[Entry]) -> Built:
    for leftover in dataset.glob(".building-*"):
        shutil.rmtree(leftover)
    older = [path for version, path in versions_in(dataset).items() if version < request.version]
    previous = _untouched(DatasetFolder.open(older[-1])) if older else None
    building, final = dataset / f".building-{request.version}", dataset / str(request.version)
    try:
        built = _build(request, previous, building, entries)
        if final.exists():
            _same_or_error(building, final, request)
        else:
            _flush(building)
            building.rename(final)
            sync_folder(dataset)
            return replace(built, folder=DatasetFolder.open(final))
        return replace(built, folder=DatasetFolder.open(final), unchanged=True)
    finally:
        shutil.rmtree(building, ignore_errors=True)
        point_to_latest(dataset)


def _untouched(previous: DatasetFolder) -> DatasetFolder:
    """The version before, when nobody edited it: splits, tombstones and the difference are taken from it."""
    for entry in previous.manifest.files:
        path = previous.path / entry.path
        if not path.is_file() or file_sha256(path) != entry.sha256:
            raise PublishError(
                f"the version before is not what its manifest says: {entry.path} is missing or was edited",
                repo=str(previous.path),
                remedy="Restore it, from where it was published or by building it again in another folder.",
            )
    return previous


def _build(request: Request, previous: DatasetFolder | None, building: Path, entries: Iterable[Entry]) -> Built:
    building.mkdir()
    old = previous.manifest if previous else None
    tombstones = merged(old.tombstones if old else (), request.tombstones)
    plan = request.plan or (SplitPlan(tuple(old.splits.items()), old.salt) if old else SplitPlan())
    given = _spilled(building / "spill", entries, tombstones, request.drop)
    spill = given.spill
    shards = request.shards or (old.shards if old else _shards_for(spill.characters))
    index = previous.index() if previous else []
    assignment = _assigned(spill, index, plan)
    folded = one_spelling(given.sources, old.folded_sources.values() if old else ())
    written = _Written(building, given.buried, given.own, folded)
    for shard in range(shards):
        written.shard(shard, spill.shard(shard, shards), assignment)
    measures = written.measures
    measures.suppressed.update(request.suppressed)
    shutil.rmtree(building / "spill")
    if not measures.languages:
        raise _nothing_left(request.name, measures)
    written.index(index)
    manifest = Manifest(
        name=request.name,
        version=str(request.version),
        recipe=structs.replace(request.recipe, input_sha256=given.sha256),
        shards=shards,
        splits=dict(plan.weights),
        salt=plan.salt,
        content={config: content_sha256(hashes) for config, hashes in sorted(written.hashes.items())},
        files=tuple(written.files),
        writer=created_by(building / written.files[0].path),
        date=_date(measures.newest),
        tombstones=tombstones,
        suppressed=dict(sorted(measures.suppressed.items())),
        previous=Previous(old.version, file_sha256(previous.path / MANIFEST_NAME)) if previous and old else None,
        own=dict(given.own),
        folded_sources=folded,
    )
    draft = DatasetFolder(building, manifest)
    diff = compare(previous, draft) if previous else None
    if diff and previous:
        guard(previous.version, request.version, max(diff.least, Step.PATCH), diff.why)
    write_papers(draft, previous, diff, measures, request.facts)
    return Built(draft, diff, False, dict(measures.reasons), dict(measures.withheld))


@dataclass(frozen=True, slots=True)
class _Input:
    """The entries, the raw hashes of files that hold a text that was taken down, a hash of the whole input, the
    columns that the entries' own fields need, and how often each spelling of a source is declared."""

    spill: Spill
    buried: frozenset[str]
    sha256: str
    own: OwnColumns
    sources: Mapping[str, int]


def _spilled(folder: Path, entries: Iterable[Entry], tombstones: Sequence[Tombstone], drop: frozenset[str]) -> _Input:
    spill, watch = Spill(folder), Watch(tombstones)
    buried, files = set(), set()
    kinds: dict[str, str | None] = {}
    sources: Counter[str] = Counter()
    for entry in entries:
        row = entry.row
        files.add((row["file"], entry.file_sha256 or row["raw_sha256"]))
        stone = watch.met(row["id"], row["url"], row["text_sha256"], row["text"])
        if stone is not None:
            # No text, no edits: the ledger would say again what must not be said.
            held = withhold(entry, Reason.TOMBSTONE, (), f"taken down in {stone.since}", keep_text=False)
            entry = structs.replace(held, edits=())
            buried.add(row["raw_sha256"])
        entry = structs.replace(entry, own=tuple(part for part in entry.own if part[0] not in drop))
        for name, value in entry.own:
            kinds[name] = joint_kind(kinds.get(name), own_kind(value))
        if row["source"] and not entry.is_withheld:
            sources[row["source"]] += 1
        spill.add(entry)
    spill.close()
    own = {name: kind for name, kind in sorted(kinds.items()) if kind is not None}
    return _Input(spill, frozenset(buried), content_sha256(files), own, sources)


def _assigned(spill: Spill, index: Sequence[Plain], plan: SplitPlan) -> Assignment:
    earlier = {row["id"]: Placed(row["split"], row["cluster"]) for row in index}
    several = len({*(name for name, _ in plan.weights), *(placed.split for placed in earlier.values())}) > 1
    clusters, signatures = {}, {}
    for entry in spill:
        if not entry.is_withheld:
            clusters[entry.id] = entry.cluster or entry.id
            if several:
                signatures[entry.id] = signature_of(entry.row["text"])
    return assign(clusters, near_pairs(signatures), earlier, plan)


class _Written:
    """The Parquet files of a version while they are written: their entries, hashes and counts."""

    def __init__(
        self, folder: Path, buried: frozenset[str], own: OwnColumns, folded_sources: Mapping[str, str]
    ) -> None:
        self._folder = folder
        self._folded_sources = folded_sources
        self._own = own
        self._buried = buried
        self._index: dict[str, Plain] = {}
        self.measures = Measures()
        self.files: list[FileEntry] = []
        self.hashes: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def shard(self, shard: int, entries: Iterable[Entry], assignment: Assignment) -> None:
        """Write what lies in one shard, each file only if it has rows."""
        data: dict[str, list[Plain]] = defaultdict(list)
        quarantine: list[Plain] = []
        edits: list[Plain] = []
        for entry in entries:
            if entry.id in assignment.bridges:
                entry = withhold(entry, Reason.SPLIT_BRIDGE, (), "resembles records of two splits", keep_text=True)
            row = entry.row | own_values(entry.own, self._own)
            if row["source"]:
                row["source"] = self._folded_sources.get(row["source"], row["source"])
            self.measures.suppressed.update(entry.suppressed)
            if not entry.is_withheld:
                split = assignment.splits[entry.id]
                data[split].append(row)
                self.measures.record(row)
                self._index[entry.id] = {
                    "id": entry.id,
                    "split": split,
                    "cluster": assignment.clusters[entry.id],
                    "shard": shard,
                    "present": True,
                    "row_sha256": row_sha256(row),
                    "raw_sha256": row["raw_sha256"],
                    "file_sha256": entry.file_sha256,
                }
            else:
                quarantine.append(row)
                self.measures.quarantine(row)
            # The ledger of a story holds the other stories of its file, one of which must not be told again.
            hide = row["raw_sha256"] in self._buried
            for edit in entry.edits:
                edits.append(without_removed(edit, RemovedText.HASH) if hide else edit)
                self.measures.edit(edits[-1])
        for split, rows in sorted(data.items()):
            self._file(f"data/{split}/part-{shard:03d}.parquet", "default", rows, split, shard)
        self._file(f"edits/part-{shard:03d}.parquet", "edits", edits, "train", shard)
        self._file(f"quarantine/part-{shard:03d}.parquet", "quarantine", quarantine, "train", shard)

    def index(self, earlier: Sequence[Plain]) -> None:
        """Write where every record is; a record that left keeps its split, should it come back."""
        gone = {"present": False, "row_sha256": "", "raw_sha256": "", "file_sha256": ""}
        rows = {row["id"]: {**row, **gone} for row in earlier} | self._index
        self._file(INDEX_PATH, "index", list(rows.values()))

    def _file(self, name: str, config: str, rows: list[Plain], split: str = "", shard: int = -1) -> None:
        if not rows:
            return
        path = self._folder / name
        write_rows(path, config, rows, self._own)
        hashes = [(row_key(row), row_sha256(row)) for row in rows]
        if config != "index":
            self.hashes[config].extend(hashes)
        entry = FileEntry(
            path=name,
            bytes=path.stat().st_size,
            sha256=file_sha256(path),
            config=config,
            split=split,
            shard=shard,
            rows=len(rows),
            content_sha256=content_sha256(hashes),
        )
        self.files.append(entry)


def _nothing_left(name: str, measures: Measures) -> PublishError:
    count = sum(measures.reasons.values())
    if not count:
        return PublishError("there is no record to publish: the input holds no document", repo=name)
    said = ", ".join(f"{code} {times}" for code, times in measures.withheld.most_common(5))
    return PublishError(
        f"no record is left to publish: all {count} stories were withheld" + (f" ({said})" if said else ""),
        repo=name,
        remedy="`corpuslint check` shows what stands in them; mend the documents, or change the rules' severity.",
    )


def _shards_for(characters: int) -> int:
    shards = 1
    while shards < PILES and shards * SHARD_CHARACTERS < characters:
        shards *= 2
    return shards


def _date(newest: str) -> str:
    """The day the version speaks of: SOURCE_DATE_EPOCH, or the newest date in the input; never the clock."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH", ""):
        try:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
        except (ValueError, OverflowError, OSError):
            raise PublishError(f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds") from None
    return newest


def _same_or_error(building: Path, final: Path, request: Request) -> None:
    """A version that exists is never rewritten; building it again is allowed when it comes out the same."""
    # A signature beside the manifest is no part of what was built.
    mine, theirs = (
        {name: sha for name, sha in hashes_in(folder).items() if not name.endswith(".sig")}
        for folder in (building, final)
    )
    if mine != theirs:
        other = sorted(name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name))
        raise PublishError(
            f"version {request.version} exists and is another one: {', '.join(other[:3])}"
            + (f" and {len(other) - 3} more files differ" if len(other) > 3 else " differ"),
            repo=str(final),
            remedy=f"A version never changes. Build {request.version.after(Step.MINOR)}, "
            "or run `corpuslint verify` when somebody may have edited the folder.",
        )


def _flush(folder: Path) -> None:
    """Have the disk hold every file before the rename that makes them a version."""
    for path in (*folder.rglob("*"), folder):
        if path.is_dir():
            sync_folder(path)
            continue
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
