"""Does a version hold what it says? Every promise of the manifest and of the ledger, checked against the bytes."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpuslint.errors import PublishError
from corpuslint.facts.imprints import near_pairs, signature_of
from corpuslint.formats.endings import is_text
from corpuslint.publishing.folder import DatasetFolder, hashes_in
from corpuslint.publishing.loading import load_trouble
from corpuslint.publishing.manifest import MANIFEST_NAME, FileEntry
from corpuslint.publishing.papers import CARD_NAME
from corpuslint.publishing.parquet import (
    COLUMNS,
    Plain,
    arrow_schema,
    content_sha256,
    row_key,
    row_sha256,
    rows_in,
)
from corpuslint.publishing.records import text_sha256, undo_rows
from corpuslint.publishing.splits import bucket_of
from corpuslint.publishing.tombstones import Watch
from corpuslint.text.decoding import decode


@dataclass(frozen=True, slots=True)
class Trouble:
    """One promise that is broken: which check found it, where, and what it saw."""

    check: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message} [{self.check}]"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found. `reversible` of `records` undo to their raw text; the others do not publish what was cut."""

    folder: DatasetFolder
    troubles: tuple[Trouble, ...]
    records: int
    reversible: int


def verify(folder: DatasetFolder, *, raw: Path | None = None, load: bool = False) -> Verdict:
    """Check a version: files, schema, hashes, counts, splits, ledger, tombstones; with `load`, by `datasets` as well.

    `raw` is the folder of the files it was built from: their text must be what undoing the edits gives.
    """
    checker = _Checker(folder, raw)
    checker.run()
    if load and not checker.troubles:
        said = load_trouble(str(folder.path.resolve()), folder.manifest, offline=True)
        checker.troubles += [Trouble("loadable", str(folder.path), said)] if said else []
    return Verdict(folder, tuple(checker.troubles), len(checker.splits), checker.reversible)


class _Checker:
    """What is checked of a version. Of its rows a batch and the edits of one shard are in memory at a time; what stays
    of each is its id and a hash."""

    def __init__(self, folder: DatasetFolder, raw: Path | None) -> None:
        self.folder, self.raw = folder, raw
        self.troubles: list[Trouble] = []
        self.reversible = 0
        self._watch = Watch(folder.manifest.tombstones)
        self._several = len(folder.manifest.split_rows()) > 1
        self._hashes: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._seen: Counter[str] = Counter()
        self.splits: dict[str, str] = {}
        self._signatures: dict[str, bytes] = {}

    def say(self, check: str, place: str, message: str) -> None:
        self.troubles.append(Trouble(check, place, message))

    def run(self) -> None:
        shards: dict[int, dict[str, list[FileEntry]]] = defaultdict(lambda: defaultdict(list))
        for entry in self._files():
            if entry.config:
                shards[entry.shard][entry.config].append(entry)
        index = [entry for configs in shards.values() for entry in configs.pop("index", ())]
        for configs in shards.values():
            self._shard(configs)
        for identity, count in sorted(self._seen.items()):
            if count > 1:
                self.say("counts", identity, f"the id stands {count} times")
        for config, promised in self.folder.manifest.content.items():
            if content_sha256(self._hashes[config]) != promised:
                self.say("content", config, "the config's content is not what the manifest says")
        self._index(index)
        for left, right in near_pairs(self._signatures):  # clusters are what was said when it was built
            here, there = self.splits[right], self.splits[left]
            if here != there:
                self.say("splits", right, f"a near-duplicate in {here} of {left} in {there}")
        self._card()

    def _files(self) -> list[FileEntry]:
        """The files of the manifest that are there."""
        there, found = hashes_in(self.folder.path), []
        for entry in self.folder.manifest.files:
            path = self.folder.path / entry.path
            if Path(entry.path).is_absolute() or ".." in Path(entry.path).parts:
                self.say("layout", entry.path, "the manifest points outside the version")
            elif entry.path not in there:
                self.say("missing", entry.path, "the file is missing")
            else:
                found.append(entry)
                if path.stat().st_size != entry.bytes or there[entry.path] != entry.sha256:
                    self.say("sha256", entry.path, "the bytes are not those the manifest lists")
        if (self.folder.path / MANIFEST_NAME).read_text("utf-8") != self.folder.manifest.to_json():
            self.say("manifest", MANIFEST_NAME, "the manifest was edited by hand")
        for name in sorted(there.keys() - {MANIFEST_NAME, *(entry.path for entry in self.folder.manifest.files)}):
            self.say("layout", name, "the file is not in the manifest")
        return found

    def _shard(self, configs: Mapping[str, Sequence[FileEntry]]) -> None:
        """The records and withheld stories of one shard, each undone by its edits."""
        edits: dict[str, list[Plain]] = defaultdict(list)
        for entry in configs.get("edits", ()):
            for row in self._rows(entry):
                edits[row["id"]].append(row)
                if row["removed"] is not None and (
                    text_sha256(row["removed"]) != row["removed_sha256"] or len(row["removed"]) != row["removed_length"]
                ):
                    self.say("ledger", row["id"], f"edit {row['seq']}: the removed text does not fit its hash")
        owners: set[str] = set()
        for config in ("default", "quarantine"):
            for entry in configs.get(config, ()):
                for row in self._rows(entry):
                    owners.add(row["id"])
                    self._record(entry, row)
                    if row["text"] is not None:
                        made = sorted(edits[row["id"]], key=lambda edit: int(edit["seq"]))
                        self.reversible += self._undo(row, made) and config == "default"
        for entry in configs.get("edits", ()):
            for identity in sorted(name for name, rows in edits.items() if rows and name not in owners):
                self.say("ledger", entry.path, f"an edit of {identity}, which is no record")
        for config in configs.keys() - COLUMNS.keys():
            for entry in configs[config]:
                self.say("layout", entry.path, f"there is no config {config!r}")

    def _rows(self, entry: FileEntry) -> Iterator[Plain]:
        """The rows of one file as far as they are what they must be; what is wrong with them is said."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self.folder.path / entry.path
        wanted = arrow_schema(entry.config, self.folder.manifest.own)
        musts = [column.name for column in COLUMNS[entry.config] if not column.may_be_null]
        hashes = []
        try:
            if [(part.name, part.type) for part in pq.read_schema(path)] != [(part.name, part.type) for part in wanted]:
                self.say("schema", entry.path, "the columns are not those of the contract")
                return
            for row in rows_in(path):
                if missing := [name for name in musts if row[name] is None]:
                    self.say("schema", entry.path, f"column {missing[0]} has a null")
                    return
                hashes.append((row_key(row), row_sha256(row)))
                yield row
        except (pa.ArrowException, OSError, ValueError) as trouble:
            self.say("readable", entry.path, f"Parquet cannot be read: {str(trouble).splitlines()[0][:120]}")
            return
        if not hashes:
            self.say("counts", entry.path, "an empty file cannot be loaded by `datasets`")
        if len(hashes) != entry.rows:
            self.say("counts", entry.path, f"{len(hashes)} rows, the manifest says {entry.rows}")
        if content_sha256(hashes) != entry.content_sha256:
            self.say("content", entry.path, "the rows are not those the manifest was written for")
        self._hashes[entry.config] += hashes

    def _record(self, entry: FileEntry, row: Plain) -> None:
        identity, text = row["id"], row["text"]
        self._seen[identity] += 1
        if bucket_of(identity, self.folder.manifest.shards) != entry.shard:
            self.say("layout", entry.path, f"record {identity} belongs to another shard")
        if text is not None:
            if text_sha256(text) != row["text_sha256"]:
                self.say("text", identity, "text_sha256 is not the hash of its text")
            if (met := self._watch.met(identity, row["url"], row["text_sha256"], text)) is not None:
                self.say("tombstone", identity, f"the text was taken down in {met.since} and is back")
        if entry.config == "default":
            self.splits[identity] = entry.split
            if self._several and text is not None:
                self._signatures[identity] = signature_of(text)

    def _undo(self, row: Plain, edits: Sequence[Plain]) -> bool:
        if [edit["seq"] for edit in edits] != list(range(len(edits))):
            self.say("ledger", row["id"], "the ledger has a gap")
            return False
        if any(edit["removed"] is None for edit in edits):
            return False
        try:
            raw = undo_rows(row["text"], edits)
            said = "" if text_sha256(raw) == row["raw_sha256"] else "undoing its edits does not give its raw text"
        except ValueError as trouble:
            raw, said = "", str(trouble)
        if said:
            self.say("ledger", row["id"], said)
            return False
        return self._as_found(row, raw)

    def _as_found(self, row: Plain, raw: str) -> bool:
        """Only text files can be compared one to one; a record of a larger file was found among others."""
        if self.raw is None or not is_text(row["file"]):
            return True
        path = self.raw / row["file"]
        data = path.read_bytes() if path.is_file() else None
        if data is not None and (hashlib.sha256(data).hexdigest() == row["raw_sha256"] or decode(data).text == raw):
            return True
        self.say("raw", row["id"], f"{path} is not " + ("there" if data is None else "the text it was made from"))
        return False

    def _index(self, entries: Sequence[FileEntry]) -> None:
        clusters: dict[str, set[str]] = defaultdict(set)
        listed = {}
        for row in (row for entry in entries for row in self._rows(entry) if row["present"]):
            listed[row["id"]] = row["split"]
            clusters[row["cluster"]].add(self.splits.get(row["id"]) or str(row["split"]))
        for identity in sorted(listed.keys() | self.splits.keys()):
            if listed.get(identity) != self.splits.get(identity):
                lies, said = self.splits.get(identity, "none"), listed.get(identity, "any")
                self.say("splits", identity, f"it lies in {lies}, not in {said} as indexed")
        for cluster, splits in sorted(clusters.items()):
            if len(splits) > 1:
                self.say("splits", cluster, f"its near-duplicates lie in {', '.join(sorted(splits))}")

    def _card(self) -> None:
        path = self.folder.path / CARD_NAME
        if not path.is_file():
            return
        text = path.read_text("utf-8", errors="replace")
        for config, root in sorted(self.folder.manifest.content.items()):
            if f"corpuslint content sha256:{root}" not in text:
                self.say("card", CARD_NAME, f"config {config} does not carry the hash of its content")


def verified(folder: DatasetFolder) -> DatasetFolder:
    """The folder, when it is sound; PublishError with the first troubles else."""
    if troubles := verify(folder).troubles:
        raise PublishError(
            f"the version is not what its manifest says: {'; '.join(map(str, troubles[:3]))}",
            path=str(folder.path),
            remedy="Build it again; a version is never edited by hand.",
        )
    return folder
