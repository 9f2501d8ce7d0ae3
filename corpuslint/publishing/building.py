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
from corpuslint.publishing.manifest import (
    MANIFEST_NAME,
    FileEntry,
    Manifest,
    Previous,
    Recipe,
    Step,
    Tombstone,
    Version,
    file_sha256,
    guard,
)
from corpuslint.publishing.papers import write_papers
from corpuslint.publishing.parquet import (
    OwnColumns,
    Plain,
    content_sha256,
    joint_kind,
    own_kind,
    own_values,
    row_key,
    row_sha256,
    write_rows,
)
from corpuslint.publishing.records import Entry, Reason, RemovedText, withhold, without_removed
from corpuslint.publishing.splits import PILES, Assignment, Placed, Spill, SplitPlan, assign
from corpuslint.publishing.tombstones import Watch, merged

SHARD_CHARACTERS = 4 << 20
"""A shard holds about this much text when a dataset begins; the number of shards stays for all its versions."""

_SHARDS = [1 << bit for bit in range(PILES.bit_length())]
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}")


@dataclass(frozen=True, slots=True)
class Request:
    """What to build. Raises PublishError for a name that cannot be one.

    `drop` are fields of the user's own to leave out. `plan` None keeps the splits of the version before, or puts every
    record in `train`. `shards` 0 keeps their number, or chooses one by the size of the corpus. `suppressed` is what is
    known to be suppressed beside what entries say, `own` the columns to have beside those that entries ask for.
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
    own: OwnColumns = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not _NAME.fullmatch(self.name):
            raise PublishError(f"{self.name!r} cannot name a dataset", remedy="Use letters, digits, . _ and -.")


@dataclass(frozen=True, slots=True)
class Built:
    """A version as it lies on disk. `unchanged` tells that it was there already, byte for byte, `unreadable` which
    files could not be read, and why: the version is of the others."""

    folder: DatasetFolder
    diff: VersionDiff | None
    unchanged: bool
    reasons: Mapping[str, int]
    withheld: Mapping[str, int]
    unreadable: tuple[str, ...] = ()


def write_version(request: Request, entries: Iterable[Entry]) -> Built:
    """Build `request.out/NAME/X.Y.Z` from `entries`, in any order.

    Raises PublishError, and leaves no version, when the version exists with other content, when it is too small a step
    from the one before, or when no record is left.
    """
    if request.shards not in (0, *_SHARDS):
        raise PublishError(f"a dataset cannot have {request.shards} shards", remedy=f"Take 1, 2, 4, 8 … {PILES}.")
    dataset = request.out / request.name
    try:
        dataset.mkdir(parents=True, exist_ok=True)
        with alone(dataset):
            return _write_in(dataset, request, entries)
    except OSError as trouble:
        raise PublishError(
            f"the version could not be written ({trouble.strerror or trouble}); none was made",
            path=str(trouble.filename or dataset),
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
        if unchanged := final.exists():
            _same_or_error(building, final, request)
        else:
            _flush(building)
            building.rename(final)
            sync_folder(dataset)
        return replace(built, folder=DatasetFolder.open(final), unchanged=unchanged)
    finally:
        shutil.rmtree(building, ignore_errors=True)
        point_to_latest(dataset)


def _untouched(previous: DatasetFolder) -> DatasetFolder:
    """The version before, when nobody edited it: splits, tombstones and the difference are taken from it."""
    there = hashes_in(previous.path)
    if edited := [entry.path for entry in previous.manifest.files if there.get(entry.path) != entry.sha256]:
        raise PublishError(
            f"the version before is not what its manifest says: {edited[0]} is missing or was edited",
            path=str(previous.path),
            remedy="Restore it, from where it was published or by building it again in another folder.",
        )
    return previous


def _build(request: Request, previous: DatasetFolder | None, building: Path, entries: Iterable[Entry]) -> Built:
    building.mkdir()
    draft = _Draft(building, request, previous)
    input_sha256 = draft.take(entries)
    manifest = draft.write(structs.replace(request.recipe, input_sha256=input_sha256))
    measures, folder = draft.measures, DatasetFolder(building, manifest)
    diff = compare(previous, folder) if previous else None
    if diff and previous:
        guard(previous.version, request.version, diff.least, diff.why)
    write_papers(folder, previous, diff, measures, request.facts)
    return Built(folder, diff, False, dict(measures.reasons), dict(measures.withheld))


class _Draft:
    """A version on its way: first the entries are taken and kept on disk, then its Parquet files are written."""

    def __init__(self, folder: Path, request: Request, previous: DatasetFolder | None) -> None:
        self._folder, self._request, self._previous = folder, request, previous
        self._old = old = previous.manifest if previous else None
        self._tombstones = merged(old.tombstones if old else (), request.tombstones)
        self._plan = request.plan or (SplitPlan(tuple(old.splits.items()), old.salt) if old else SplitPlan())
        self._spill = Spill()
        self._buried: set[str] = set()  # raw hashes of files that hold a text that was taken down
        self._own: dict[str, str] = dict(request.own)
        self._sources: Counter[str] = Counter()
        self._folded: dict[str, str] = {}
        self._index: dict[str, Plain] = {}
        self._files: list[FileEntry] = []
        self._hashes: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.measures = Measures(suppressed=Counter(request.suppressed))

    def take(self, entries: Iterable[Entry]) -> str:
        """Keep the entries; a hash of the whole input."""
        watch, files = Watch(self._tombstones), set()
        kinds: dict[str, str | None] = dict(self._own)
        for entry in entries:
            row = entry.row
            files.add((row["file"], entry.file_sha256 or row["raw_sha256"]))
            if (stone := watch.met(row["id"], row["url"], row["text_sha256"], row["text"])) is not None:
                # No text, no edits: the ledger would say again what must not be said.
                held = withhold(entry, Reason.TOMBSTONE, (), f"taken down in {stone.since}", keep_text=False)
                entry = structs.replace(held, edits=())
                self._buried.add(row["raw_sha256"])
            entry = structs.replace(entry, own=tuple(part for part in entry.own if part[0] not in self._request.drop))
            for name, value in entry.own:
                kinds[name] = joint_kind(kinds.get(name), own_kind(value))
            if row["source"] and not entry.is_withheld:
                self._sources[row["source"]] += 1
            self._spill.add(entry)
        self._spill.close()
        self._own = {name: kind for name, kind in sorted(kinds.items()) if kind is not None}
        return content_sha256(files)

    def write(self, recipe: Recipe) -> Manifest:
        """Write every Parquet file; the manifest of what was written."""
        import pyarrow.parquet as pq

        old, previous = self._old, self._previous
        shards = self._request.shards or (
            old.shards if old else next((n for n in _SHARDS if n * SHARD_CHARACTERS >= self._spill.characters), PILES)
        )
        index = previous.index() if previous else []
        assignment = self._assigned(index)
        self._folded = one_spelling(self._sources, old.folded_sources.values() if old else ())
        for shard in range(shards):
            self._shard(shard, self._spill.shard(shard, shards), assignment)
        if not self.measures.languages:
            raise _nothing_left(self._request.name, self.measures)
        # A record that left keeps its split, should it come back.
        gone = {"present": False, "row_sha256": "", "raw_sha256": "", "file_sha256": ""}
        places = {row["id"]: {**row, **gone} for row in index} | self._index
        self._file(INDEX_PATH, "index", list(places.values()))
        return Manifest(
            name=self._request.name,
            version=str(self._request.version),
            recipe=recipe,
            shards=shards,
            splits=dict(self._plan.weights),
            salt=self._plan.salt,
            content={c: content_sha256(hashes) for c, hashes in sorted(self._hashes.items()) if c != "index"},
            files=tuple(self._files),
            writer=pq.read_metadata(self._folder / self._files[0].path).created_by,
            date=_date(self.measures.newest),
            tombstones=self._tombstones,
            suppressed=dict(sorted(self.measures.suppressed.items())),
            previous=Previous(old.version, file_sha256(previous.path / MANIFEST_NAME)) if previous and old else None,
            own=self._own,
            folded_sources=self._folded,
        )

    def _assigned(self, index: Sequence[Plain]) -> Assignment:
        earlier = {row["id"]: Placed(row["split"], row["cluster"]) for row in index}
        several = len({*dict(self._plan.weights), *(placed.split for placed in earlier.values())}) > 1
        clusters, signatures = {}, {}
        for entry in self._spill.shard(0, 1):
            if not entry.is_withheld:
                clusters[entry.id] = entry.cluster or entry.id
                if several:
                    signatures[entry.id] = signature_of(entry.row["text"])
        return assign(clusters, near_pairs(signatures), earlier, self._plan)

    def _shard(self, shard: int, entries: Iterable[Entry], assignment: Assignment) -> None:
        """Write what lies in one shard, each file only if it has rows."""
        files: dict[tuple[str, str], list[Plain]] = defaultdict(list)
        for entry in entries:
            if entry.id in assignment.bridges:
                entry = withhold(entry, Reason.SPLIT_BRIDGE, (), "resembles records of two splits", keep_text=True)
            row = entry.row | own_values(entry.own, self._own)
            row["source"] = self._folded.get(row["source"], row["source"])
            self.measures.suppressed.update(entry.suppressed)
            if entry.is_withheld:
                files["quarantine", ""].append(row)
                self.measures.quarantine(row)
            else:
                split = assignment.splits[entry.id]
                files["default", split].append(row)
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
            # The ledger of a story holds the other stories of its file, one of which must not be told again.
            hide = row["raw_sha256"] in self._buried
            for edit in entry.edits:
                files["edits", ""].append(without_removed(edit, RemovedText.HASH) if hide else edit)
                self.measures.edit(edit)
        for (config, split), rows in sorted(files.items()):
            folder = f"data/{split}" if split else config
            self._file(f"{folder}/part-{shard:03d}.parquet", config, rows, split or "train", shard)

    def _file(self, name: str, config: str, rows: list[Plain], split: str = "", shard: int = -1) -> None:
        path = self._folder / name
        write_rows(path, config, rows, self._own)
        hashes = [(row_key(row), row_sha256(row)) for row in rows]
        self._hashes[config] += hashes
        self._files.append(FileEntry.of(self._folder, path, config, split, shard, len(rows), content_sha256(hashes)))


def _nothing_left(name: str, measures: Measures) -> PublishError:
    count = sum(measures.reasons.values())
    if not count:
        return PublishError("there is no record to publish: the input holds no document", path=name)
    said = ", ".join(f"{code} {times}" for code, times in measures.withheld.most_common(5))
    return PublishError(
        f"no record is left to publish: all {count} stories were withheld" + (f" ({said})" if said else ""),
        path=name,
        remedy="`corpuslint check` shows what stands in them; mend the documents, or change the rules' severity.",
    )


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
    mine, theirs = hashes_in(building), hashes_in(final)
    # A signature beside the manifest is no part of what was built.
    names = sorted(name for name in mine.keys() | theirs.keys() if not name.endswith(".sig"))
    if other := [name for name in names if mine.get(name) != theirs.get(name)]:
        more = f" and {len(other) - 3} more files differ" if len(other) > 3 else " differ"
        raise PublishError(
            f"version {request.version} exists and is another one: {', '.join(other[:3])}{more}",
            path=str(final),
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
