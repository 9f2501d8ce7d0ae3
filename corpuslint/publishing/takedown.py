"""Taking a text down: where it stands in every version, a new version without it, and what cannot be undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import chain
from pathlib import Path

from corpuslint.errors import PublishError
from corpuslint.facts.imprints import NEAR, likeness, signature_of
from corpuslint.publishing.building import Built, Request, write_version
from corpuslint.publishing.card import CardFacts
from corpuslint.publishing.folder import DatasetFolder, versions_in
from corpuslint.publishing.manifest import Step, Tombstone, Version
from corpuslint.publishing.parquet import Plain, own_fields, rows_in
from corpuslint.publishing.records import Entry
from corpuslint.publishing.tombstones import bury, sketch_of

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Holding:
    """A file of a version that holds the text, or parts of it."""

    version: str
    path: str
    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Takedown:
    """What a takedown will do: the rows it is about, every file that holds them, and the tombstones it sets."""

    dataset: Path
    latest: DatasetFolder
    ids: tuple[str, ...]
    holdings: tuple[Holding, ...]
    tombstones: tuple[Tombstone, ...]
    next_version: Version


def plan_takedown(dataset: Path, what: str, reason: str, version: str = "") -> Takedown:
    """Find the text that `what` names (an id, a URL, a sha256 of a raw or clean text) in every version in a folder.

    Near-duplicates are found with it: the same text under another id would be the text again.
    """
    versions = versions_in(dataset)
    if not versions:
        raise PublishError("there is no version in this folder", path=str(dataset), remedy="Give dist/NAME.")
    folders = [DatasetFolder.open(path) for path in versions.values()]
    latest = folders[-1]
    rows = {
        (row["id"], row["text_sha256"]): row
        for folder in folders
        for _, row in _rows(folder)
        if what in (row["id"], row["url"], row["raw_sha256"], row["text_sha256"])
    }
    if not rows:
        kind = "hash" if _HASH.fullmatch(what) else "URL" if "://" in what else "id"
        raise PublishError(
            f"no version holds a record with the {kind} {what}",
            path=str(dataset),
            remedy="Give a record's id, its url, or the sha256 of its raw or clean text.",
        )
    named = {identity for identity, _ in rows}
    if sketches := [sketch for row in rows.values() if (sketch := sketch_of(row["text"]))]:
        for _, row in chain.from_iterable(map(_rows, folders)):
            if row["id"] not in named and row["text"]:
                mine = signature_of(row["text"])
                if any(likeness(mine, theirs) >= NEAR for theirs in sketches):
                    rows[row["id"], row["text_sha256"]] = row
    ids = {identity for identity, _ in rows}
    raws = {row["raw_sha256"] for row in rows.values()}
    holdings = tuple(holding for folder in folders for holding in _holdings(folder, ids, raws, named))
    next_version = Version.parse(version) if version else latest.version.after(Step.MINOR)
    tombstones = tuple(bury(row, reason, str(next_version)) for row in rows.values())
    return Takedown(dataset, latest, tuple(sorted(ids)), holdings, tombstones, next_version)


def carry_out(takedown: Takedown, facts: CardFacts) -> Built:
    """Write the version without the text; its tombstones keep later builds from bringing it back."""
    latest = takedown.latest
    return write_version(
        Request(
            name=latest.manifest.name,
            version=takedown.next_version,
            out=takedown.dataset.parent,
            recipe=latest.manifest.recipe,
            facts=facts,
            tombstones=takedown.tombstones,
            suppressed=latest.manifest.suppressed,
            own=latest.manifest.own,
        ),
        entries_in(latest),
    )


def entries_in(folder: DatasetFolder) -> Iterator[Entry]:
    """The entries that a version was written from, read back."""
    index = {row["id"]: row for row in folder.index()}
    own = folder.manifest.own
    for shard in range(folder.manifest.shards):
        held = [(config, row) for config in ("default", "quarantine") for row in folder.rows(config, {shard})]
        edits = folder.edits({row["id"] for _, row in held}, {shard})
        for config, row in held:
            known = index.get(row["id"]) if config == "default" else None
            yield Entry(
                {name: value for name, value in row.items() if name not in own},
                own_fields(row, own),
                tuple(edits[row["id"]]),
                known["cluster"] if known else row["id"],
                known["file_sha256"] if known else "",
            )


def cannot_be_undone(takedown: Takedown) -> str:
    """What a takedown does not reach, said plainly."""
    older = sorted({Version.parse(holding.version) for holding in takedown.holdings})
    named = ", ".join(str(version) for version in older)
    return (
        f"The new version is without the text. It still stands in {named}: nothing here deletes a version.\n"
        "To withdraw those, delete their folders, and where they were published their tags, and squash the history\n"
        "there (`HfApi.delete_tag`, `HfApi.super_squash_history`). Whoever downloaded them keeps them: clones,\n"
        "caches, mirrors and models trained on them are out of reach. Ask people to move to the new version.\n"
    )


def _rows(folder: DatasetFolder) -> Iterator[tuple[str, Plain]]:
    """The rows of records and withheld stories, each with the path of its file."""
    for config in ("default", "quarantine"):
        for entry in folder.manifest.of(config):
            for row in rows_in(folder.file(entry.path)):
                yield entry.path, row


def _holdings(folder: DatasetFolder, ids: set[str], raws: set[str], named: set[str]) -> Iterator[Holding]:
    version = folder.manifest.version
    siblings = set()
    for path, row in _rows(folder):
        if row["id"] in ids and row["text"] is not None:
            yield Holding(version, path, row["id"], "its text" if row["id"] in named else "a near-duplicate")
        if row["raw_sha256"] in raws:
            siblings.add(row["id"])
    for entry in folder.manifest.of("edits"):
        holders = {row["id"] for row in rows_in(folder.file(entry.path)) if row["id"] in siblings and row["removed"]}
        for identity in sorted(holders):
            yield Holding(version, entry.path, identity, "text its edits removed")
    for entry in folder.manifest.files:
        if entry.path.startswith("diff/") and entry.path.endswith(".html"):
            page = (folder.file(entry.path)).read_text("utf-8")
            for identity in sorted(ids):
                if f"<bdi>{escape(identity)}</bdi>" in page:
                    yield Holding(version, entry.path, identity, "shown in the comparison")
