"""Two versions of a dataset, record by record: what came, what went, what changed, and which rules are behind it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.manifest import Step
from corpuslint.publishing.parquet import Plain
from corpuslint.publishing.records import text_sha256

ADDED, REMOVED, CHANGED, SPLIT, MERGED, MOVED = "added", "removed", "changed", "split", "merged", "moved"
CHANGES = (ADDED, REMOVED, CHANGED, SPLIT, MERGED, MOVED)


class Change(msgspec.Struct, frozen=True):
    """What happened to one record.

    `split`: a story that its file did not have before; `merged`: a story its file no longer has; `moved`: the record
    lies in another split. `columns` are the columns that changed, `codes` the rules whose edits or findings did.
    """

    id: str
    change: str
    file: str
    reason: str = ""
    columns: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    old_split: str | None = None
    new_split: str | None = None
    old_text_sha256: str | None = None
    new_text_sha256: str | None = None

    @property
    def about(self) -> str:
        """Why and what, in words."""
        columns, rules = ", ".join(self.columns), ", ".join(self.codes)
        moved = f"{self.old_split} → {self.new_split}" if self.change == MOVED else ""
        parts = (self.reason, columns and f"columns: {columns}", rules and f"rules: {rules}", moved)
        return "; ".join(filter(None, parts))


class VersionDiff(msgspec.Struct, frozen=True):
    """The difference between two versions. `shards_kept` of `shards` data files are the same, byte for byte."""

    name: str
    old: str
    new: str
    changes: tuple[Change, ...]
    withheld: int
    released: int
    shards_kept: int
    shards: int
    least: Step
    why: str

    def counts(self) -> dict[str, int]:
        """How many records each kind of change met."""
        found = Counter(change.change for change in self.changes)
        return {kind: found[kind] for kind in CHANGES}

    @property
    def said(self) -> str:
        """The counts in words, of the kinds that were met."""
        return ", ".join(f"{count} {kind}" for kind, count in self.counts().items() if count) or "no record changed"

    def by_rule(self) -> dict[str, int]:
        """How many records each rule is behind."""
        found = Counter(code for change in self.changes for code in change.codes)
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def to_json(self) -> str:
        """The difference as JSON; it holds ids, columns and hashes, no text."""
        plain = {
            "name": self.name,
            "old": self.old,
            "new": self.new,
            "counts": self.counts(),
            "by_rule": self.by_rule(),
            "quarantine": {"withheld": self.withheld, "released": self.released},
            "shards": {"same": self.shards_kept, "total": self.shards},
            "least_step": str(self.least),
            "why": self.why,
            "changes": self.to_rows(),
        }
        return json.dumps(plain, sort_keys=True, ensure_ascii=False, indent=2) + "\n"

    def to_rows(self) -> list[Plain]:
        """The changes as Parquet rows."""
        rows: list[Plain] = msgspec.to_builtins(self.changes)
        return rows


def compare(old: DatasetFolder, new: DatasetFolder) -> VersionDiff:
    """What happened to every record between two versions.

    Only shards in which a row's hash differs are opened for their rows, and the rows of one are in memory at a time.
    """
    before, after = _Side(old), _Side(new)
    both = before.places.keys() & after.places.keys()
    changed = {key for key in both if before.places[key].sha256 != after.places[key].sha256}
    gone, come = before.places.keys() - both, after.places.keys() - both
    before.outline(changed | gone)
    after.outline(changed | come)
    changes = [_arrived(key, before, after) for key in come]
    changes += (_left(key, before, after) for key in gone)
    changes += _changed(changed, before, after)
    for key in both:
        here, there = before.places[key].split, after.places[key].split
        if here != there:
            changes.append(Change(key, MOVED, "", old_split=here, new_split=there))
    changes.sort(key=lambda change: (change.id, CHANGES.index(change.change)))
    old_shards = {entry.path: entry.sha256 for entry in old.manifest.of("default")}
    new_shards = new.manifest.of("default")
    least, why = _least_step(old, new, changes)
    return VersionDiff(
        name=new.manifest.name,
        old=old.manifest.version,
        new=new.manifest.version,
        changes=tuple(changes),
        withheld=len(after.held.keys() - before.held.keys()),
        released=len(before.held.keys() - after.held.keys()),
        shards_kept=sum(old_shards.get(entry.path) == entry.sha256 for entry in new_shards),
        shards=len(new_shards),
        least=least,
        why=why,
    )


class _Place(NamedTuple):
    """Where a record lies, and the hash of its row."""

    split: str
    shard: int
    sha256: str


class _Side:
    """What is compared of one version: the places of its records, and its withheld stories, without texts."""

    def __init__(self, folder: DatasetFolder) -> None:
        index = (row for row in folder.index() if row["present"])
        held = folder.rows("quarantine", columns=("id", "file", "story_count", "reason", "codes"))
        self.folder = folder
        self.places = {row["id"]: _Place(row["split"], row["shard"], row["row_sha256"]) for row in index}
        self.held = {row["id"]: row for row in held}
        self.buried = {stone.id_sha256 for stone in folder.manifest.tombstones}
        self.rows: dict[str, Plain] = {}
        self.stories: dict[str, int] = {}

    def outline(self, wanted: set[str]) -> None:
        """Read the records in question, without their texts, and how many stories their files have."""
        columns = ("id", "file", "story_index", "story_count", "text_sha256")
        rows = self.folder.rows("default", {self.places[key].shard for key in wanted}, columns)
        self.rows = {row["id"]: row for row in rows if row["id"] in wanted}
        self.stories = {row["file"]: row["story_count"] for row in (*self.rows.values(), *self.held.values())}

    def lacks(self, row: Plain) -> bool:
        """Whether the file of a story has fewer stories here."""
        return bool(row["story_index"] >= self.stories.get(row["file"], row["story_count"]))


def _arrived(key: str, before: _Side, after: _Side) -> Change:
    row, held, split = after.rows[key], before.held.get(key), after.places[key].split
    kind = SPLIT if not held and before.lacks(row) else ADDED
    reason, codes = (f"no longer withheld ({_why(held)})", tuple(held["codes"])) if held else ("", ())
    return Change(key, kind, row["file"], reason, codes=codes, new_split=split, new_text_sha256=row["text_sha256"])


def _left(key: str, before: _Side, after: _Side) -> Change:
    row, held, split = before.rows[key], after.held.get(key), before.places[key].split
    kind, reason, codes = REMOVED, "not in the input", tuple(held["codes"]) if held else ()
    if text_sha256(key) in after.buried:
        reason = "taken down"
    elif held:
        reason = f"withheld ({_why(held)})"
    elif after.lacks(row):
        kind, reason = MERGED, "its file has fewer stories"
    return Change(key, kind, row["file"], reason, codes=codes, old_split=split, old_text_sha256=row["text_sha256"])


def _changed(changed: set[str], before: _Side, after: _Side) -> Iterator[Change]:
    """The records whose rows differ, a shard of either version at a time."""
    together: dict[tuple[int, int], set[str]] = defaultdict(set)
    for key in changed:
        together[before.places[key].shard, after.places[key].shard].add(key)
    for (here, there), keys in sorted(together.items()):
        firsts = {row["id"]: row for row in before.folder.rows("default", {here}) if row["id"] in keys}
        old_edits, new_edits = before.folder.edits(keys, {here}), after.folder.edits(keys, {there})
        for second in after.folder.rows("default", {there}):
            if (key := second["id"]) not in keys:
                continue
            first = firsts[key]
            columns = tuple(name for name in second if first.get(name) != second[name])
            yield Change(
                key,
                CHANGED,
                second["file"],
                "its source changed" if "raw_sha256" in columns else "the rules changed",
                columns,
                _behind(first, second, old_edits[key], new_edits[key]),
                before.places[key].split,
                after.places[key].split,
                first["text_sha256"],
                second["text_sha256"],
            )


def _least_step(old: DatasetFolder, new: DatasetFolder, changes: Sequence[Change]) -> tuple[Step, str]:
    """A user's code breaks: major. A user's numbers change: minor. Only what is said about the data changes: patch."""
    mine, theirs = new.manifest, old.manifest
    if mine.salt != theirs.salt or set(mine.splits) != set(theirs.splits):
        return Step.MAJOR, "the splits are other ones"
    if mine.shards != theirs.shards:
        return Step.MAJOR, "the records are spread over another number of shards"
    if _columns(old) != _columns(new):
        return Step.MAJOR, "the columns are other ones"
    if moved := sum(change.change == MOVED for change in changes):
        return Step.MAJOR, f"{_records(moved)} moved to another split"
    if changes:
        met = Counter(change.change for change in changes)
        return Step.MINOR, ", ".join(f"{_records(met[kind])} {kind}" for kind in CHANGES if met[kind])
    if mine.content != theirs.content:
        names = sorted({*mine.content, *theirs.content})
        other = [name for name in names if mine.content.get(name) != theirs.content.get(name)]
        return Step.MINOR, f"the rows of {', '.join(other)} changed"
    return Step.PATCH, "no row changed"


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count} records"


def _columns(folder: DatasetFolder) -> Any:
    import pyarrow.parquet as pq

    for entry in folder.manifest.of("default"):
        return [(field.name, str(field.type)) for field in pq.read_schema(folder.path / entry.path)]
    return []


def _why(row: Plain) -> str:
    return ", ".join(row["codes"]) or str(row["reason"])


def _behind(first: Plain, second: Plain, old_edits: list[Plain], new_edits: list[Plain]) -> tuple[str, ...]:
    """The rules whose edits differ; where none does, the rules whose findings do."""

    def made(edits: list[Plain]) -> Counter[tuple[str, int, str | None, str]]:
        return Counter((row["code"], row["rule_version"], row["removed_sha256"], row["inserted"]) for row in edits)

    old, new = made(old_edits), made(new_edits)
    codes = {key[0] for key in (old - new) + (new - old)}
    if not codes:
        left = {(found["code"], found["count"]) for found in first["findings"]}
        codes = {code for code, _ in left ^ {(found["code"], found["count"]) for found in second["findings"]}}
    return tuple(sorted(codes))
