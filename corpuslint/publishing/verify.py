"""Does a version hold what it says? Every promise of the manifest and of the ledger, checked against the bytes."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpuslint.errors import PublishError
from corpuslint.formats.endings import is_text
from corpuslint.model.fix import FieldChange
from corpuslint.publishing.attestation import ATTESTATION_NAME, SIGNATURE_NAME, statement
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.likeness import near_pairs, sketch
from corpuslint.publishing.loading import load_trouble
from corpuslint.publishing.manifest import MANIFEST_NAME, FileEntry, file_sha256
from corpuslint.publishing.papers import CARD_NAME
from corpuslint.publishing.parquet import (
    COLUMNS,
    Plain,
    arrow_schema,
    content_sha256,
    own_columns,
    read_rows,
    row_key,
    row_sha256,
)
from corpuslint.publishing.records import EditRow, text_sha256, undo_rows
from corpuslint.publishing.spill import bucket_of
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
    files: int

    @property
    def is_sound(self) -> bool:
        """Whether every promise holds."""
        return not self.troubles


def verify(folder: DatasetFolder, *, raw: Path | None = None, load: bool = False) -> Verdict:
    """Check a version: files, schema, hashes, counts, splits, ledger, tombstones; with `load`, by `datasets` as well.

    `raw` is the folder of the files it was built from: their text must be what undoing the edits gives.
    """
    checker = _Checker(folder, raw)
    checker.run()
    if load and not checker.troubles:
        said = load_trouble(str(folder.path.resolve()), folder.manifest, offline=True)
        checker.troubles += [Trouble("loadable", str(folder.path), said)] if said else []
    return Verdict(folder, tuple(checker.troubles), checker.records, checker.reversible, len(folder.manifest.files))


class _Checker:
    def __init__(self, folder: DatasetFolder, raw: Path | None) -> None:
        self.folder = folder
        self.raw = raw
        self.troubles: list[Trouble] = []
        self.records = 0
        self.reversible = 0
        self._splits: dict[str, str] = {}
        self._texts_seen: dict[str, tuple[str, str]] = {}
        self._sketches: dict[str, bytes] = {}

    def say(self, check: str, place: str, message: str) -> None:
        self.troubles.append(Trouble(check, place, message))

    def run(self) -> None:
        manifest = self.folder.manifest
        readable = [entry for entry in manifest.files if self._file(entry)]
        self._strangers()
        tables = {entry.path: self._table(entry) for entry in readable if entry.config}
        by_config: dict[str, list[tuple[FileEntry, list[Plain]]]] = defaultdict(list)
        for entry in readable:
            rows = tables.get(entry.path)
            if rows is not None:
                by_config[entry.config].append((entry, rows))
        self._content(by_config)
        self._records(by_config)
        self._ledger(by_config)
        self._index(by_config["index"])
        self._leaks()
        self._card()
        self._attestation()

    def _file(self, entry: FileEntry) -> bool:
        path = self.folder.path / entry.path
        if Path(entry.path).is_absolute() or ".." in Path(entry.path).parts:
            self.say("layout", entry.path, "the manifest points outside the version")
            return False
        if not path.is_file():
            self.say("missing", entry.path, "the file is missing")
            return False
        if path.stat().st_size != entry.bytes or file_sha256(path) != entry.sha256:
            self.say("sha256", entry.path, "the bytes are not those the manifest lists")
        return True

    def _strangers(self) -> None:
        known = {entry.path for entry in self.folder.manifest.files}
        known |= {MANIFEST_NAME, ATTESTATION_NAME, SIGNATURE_NAME}
        for path in sorted(self.folder.path.rglob("*")):
            name = path.relative_to(self.folder.path).as_posix()
            if path.is_file() and name not in known:
                self.say("layout", name, "the file is not in the manifest")

    def _table(self, entry: FileEntry) -> list[Plain] | None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self.folder.path / entry.path
        if entry.config not in COLUMNS:
            self.say("layout", entry.path, f"there is no config {entry.config!r}")
            return None
        try:
            schema = pq.read_schema(path)
            rows = read_rows(path)
        except (pa.ArrowException, OSError, ValueError) as trouble:
            self.say("readable", entry.path, f"Parquet cannot be read: {str(trouble).splitlines()[0][:120]}")
            return None
        wanted = arrow_schema(entry.config, own_columns(self.folder.manifest.own))
        if [(part.name, part.type) for part in schema] != [(part.name, part.type) for part in wanted]:
            self.say("schema", entry.path, "the columns are not those of the contract")
            return None
        if not rows:
            self.say("counts", entry.path, "an empty file cannot be loaded by `datasets`")
        if len(rows) != entry.rows:
            self.say("counts", entry.path, f"{len(rows)} rows, the manifest says {entry.rows}")
        for name, _, nullable in COLUMNS[entry.config]:
            if not nullable and any(row[name] is None for row in rows):
                self.say("schema", entry.path, f"column {name} has a null")
                return None
        if content_sha256((row_key(row), row_sha256(row)) for row in rows) != entry.content_sha256:
            self.say("content", entry.path, "the rows are not those the manifest was written for")
        return rows

    def _content(self, by_config: Mapping[str, list[tuple[FileEntry, list[Plain]]]]) -> None:
        for config, promised in self.folder.manifest.content.items():
            rows = (row for _, table in by_config.get(config, []) for row in table)
            if content_sha256((row_key(row), row_sha256(row)) for row in rows) != promised:
                self.say("content", config, "the config's content is not what the manifest says")

    def _records(self, by_config: Mapping[str, list[tuple[FileEntry, list[Plain]]]]) -> None:
        watch = Watch(self.folder.manifest.tombstones)
        seen: Counter[str] = Counter()
        shards = self.folder.manifest.shards
        for config in ("default", "quarantine"):
            for entry, rows in by_config[config]:
                for row in rows:
                    seen[row["id"]] += 1
                    if bucket_of(row["id"], shards) != entry.shard:
                        self.say("layout", entry.path, f"record {row['id']} belongs to another shard")
                    text = row["text"]
                    if text is not None and text_sha256(text) != row["text_sha256"]:
                        self.say("text", row["id"], "text_sha256 is not the hash of its text")
                    met = watch.met(row["id"], row["url"], row["text_sha256"], text) if text is not None else None
                    if met is not None:
                        self.say("tombstone", row["id"], f"the text was taken down in {met.since} and is back")
                    if config == "default":
                        self._splits[row["id"]] = entry.split
        for identity, count in sorted(seen.items()):
            if count > 1:
                self.say("counts", identity, f"the id stands {count} times")
        self.records = len(self._splits)

    def _ledger(self, by_config: Mapping[str, list[tuple[FileEntry, list[Plain]]]]) -> None:
        """Undo every record, shard by shard; a quarantined story whose text is there as well."""
        owners = {row["id"] for config in ("default", "quarantine") for _, rows in by_config[config] for row in rows}
        edits: dict[str, list[Plain]] = defaultdict(list)
        for entry, rows in by_config["edits"]:
            for row in rows:
                edits[row["id"]].append(row)
                if row["id"] not in owners:
                    self.say("ledger", entry.path, f"an edit of {row['id']}, which is no record")
                if row["removed"] is not None and (
                    text_sha256(row["removed"]) != row["removed_sha256"] or len(row["removed"]) != row["removed_length"]
                ):
                    self.say("ledger", row["id"], f"edit {row['seq']}: the removed text does not fit its hash")
        several = len(self.folder.manifest.split_rows()) > 1
        for config in ("default", "quarantine"):
            for _, rows in by_config[config]:
                for row in rows:
                    if row["text"] is None:
                        continue
                    reversible = self._undo(row, sorted(edits[row["id"]], key=lambda edit: int(edit["seq"])))
                    self.reversible += reversible and config == "default"
                    if several and config == "default":
                        self._sketches[row["id"]] = sketch(row["text"])

    def _undo(self, row: Plain, edits: Sequence[Plain]) -> bool:
        if [edit["seq"] for edit in edits] != list(range(len(edits))):
            self.say("ledger", row["id"], "the ledger has a gap")
            return False
        if any(edit["removed"] is None for edit in edits):
            return False
        try:
            raw = undo_rows(row["text"], [_edit(edit) for edit in edits])
        except ValueError as trouble:
            self.say("ledger", row["id"], str(trouble))
            return False
        if text_sha256(raw) != row["raw_sha256"]:
            self.say("ledger", row["id"], "undoing its edits does not give its raw text")
            return False
        return self._as_found(row, raw)

    def _as_found(self, row: Plain, raw: str) -> bool:
        """Only text files can be compared one to one; a record of a larger file was found among others."""
        if self.raw is None or not is_text(row["file"]):
            return True
        path = self.raw / row["file"]
        if not path.is_file():
            self.say("raw", row["id"], f"{path} is not there")
            return False
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() == row["raw_sha256"]:
            return True
        if decode(data).text != raw:
            self.say("raw", row["id"], f"{path} is not the text it was made from")
            return False
        return True

    def _index(self, tables: Sequence[tuple[FileEntry, list[Plain]]]) -> None:
        clusters: dict[str, set[str]] = defaultdict(set)
        listed = {}
        for _, rows in tables:
            for row in rows:
                if row["present"]:
                    listed[row["id"]] = row["split"]
                    clusters[row["cluster"]].add(self._splits.get(row["id"]) or str(row["split"]))
        for identity in sorted(listed.keys() | self._splits.keys()):
            if listed.get(identity) != self._splits.get(identity):
                self.say(
                    "splits",
                    identity,
                    f"it lies in {self._splits.get(identity, 'none')}, not in {listed.get(identity, 'any')} as indexed",
                )
        for cluster, splits in sorted(clusters.items()):
            if len(splits) > 1:
                self.say("splits", cluster, f"its near-duplicates lie in {', '.join(sorted(splits))}")

    def _leaks(self) -> None:
        """The clusters are what was said when it was built; the texts themselves are asked again."""
        for left, right in near_pairs(self._sketches):
            if self._splits[left] != self._splits[right]:
                self.say(
                    "splits",
                    right,
                    f"a near-duplicate in {self._splits[right]} of {left} in {self._splits[left]}",
                )

    def _card(self) -> None:
        path = self.folder.path / CARD_NAME
        if not path.is_file():
            return
        text = path.read_text("utf-8", errors="replace")
        for config, root in sorted(self.folder.manifest.content.items()):
            if f"corpuslint content sha256:{root}" not in text:
                self.say("card", CARD_NAME, f"config {config} does not carry the hash of its content")

    def _attestation(self) -> None:
        path = self.folder.path / ATTESTATION_NAME
        text = (self.folder.path / MANIFEST_NAME).read_text("utf-8")
        if not path.is_file():
            self.say("attestation", ATTESTATION_NAME, "the file is missing")
        elif path.read_text("utf-8", errors="replace") != statement(self.folder.manifest, text):
            self.say("attestation", ATTESTATION_NAME, "it attests another manifest")


def _edit(row: Plain) -> EditRow:
    fields = tuple(FieldChange(part["name"], part["value"], tuple(part["values"])) for part in row["fields"])
    return EditRow(**{**row, "fields": fields})


def verified(folder: DatasetFolder) -> DatasetFolder:
    """The folder, when it is sound; PublishError with the first troubles else."""
    verdict = verify(folder)
    if not verdict.is_sound:
        first = "; ".join(str(trouble) for trouble in verdict.troubles[:3])
        raise PublishError(
            f"the version is not what its manifest says: {first}",
            repo=str(folder.path),
            remedy="Build it again; a version is never edited by hand.",
        )
    return folder
