"""The files of a version that people and catalogues read, written from the manifest and the measures."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from msgspec import structs

from corpuslint.publishing.card import CardFacts, Measures, card
from corpuslint.publishing.diff import MERGED, REMOVED, VersionDiff
from corpuslint.publishing.diffpage import diff_page
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.manifest import MANIFEST_NAME, FileEntry, Manifest
from corpuslint.publishing.parquet import arrow_schema, write_rows
from corpuslint.resources import package_data
from corpuslint.text.templates import template

CARD_NAME = "README.md"
CHANGELOG_NAME = "CHANGELOG.md"


def write_papers(
    draft: DatasetFolder,
    previous: DatasetFolder | None,
    diff: VersionDiff | None,
    measures: Measures,
    facts: CardFacts,
) -> DatasetFolder:
    """Write card, croissant, changelog, diff, and last the manifest that lists them all."""
    folder, manifest = draft.path, draft.manifest
    facts = replace(facts, languages=tuple(sorted(measures.languages)))
    papers = {
        CARD_NAME: card(draft, measures, facts, diff),
        CROISSANT_NAME: croissant(manifest, facts),
        CHANGELOG_NAME: _changelog(manifest, diff, measures, previous),
    }
    if diff is not None and previous is not None:
        papers[f"diff/from-{diff.old}.json"] = diff.to_json()
        # The page shows text of the version before; after a takedown it would show what was taken down.
        if manifest.recipe.removed_text == "full" and manifest.tombstones == previous.manifest.tombstones:
            papers[f"diff/from-{diff.old}.html"] = diff_page(diff, previous, draft)
        if diff.changes:
            write_rows(folder / f"diff/from-{diff.old}.parquet", "diff", diff.to_rows())
    for name, text in papers.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    listed = {entry.path: entry for entry in manifest.files}
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in listed:
            entry = FileEntry.of(folder, path)
            listed[entry.path] = entry
    files = tuple(listed[name] for name in sorted(listed))
    manifest = structs.replace(manifest, files=files)
    (folder / MANIFEST_NAME).write_text(manifest.to_json(), "utf-8", newline="\n")
    return DatasetFolder(folder, manifest)


def _changelog(manifest: Manifest, diff: VersionDiff | None, measures: Measures, previous: DatasetFolder | None) -> str:
    """The changelog of a version: what the diff says, above what the version before said."""
    changes = diff.changes if diff else ()
    older = previous.path / CHANGELOG_NAME if previous else None
    page = template("publishing/data/changelog.md").render(
        manifest=manifest,
        diff=diff,
        measures=measures,
        rules=[*diff.by_rule().items()] if diff else [],
        reasons=sorted({change.reason for change in changes if change.change in (REMOVED, MERGED)}),
        older=older.read_text("utf-8").removeprefix("# Changelog\n") if older and older.is_file() else "",
    )
    return page.rstrip("\n") + "\n"


CROISSANT_NAME = "croissant.json"

_TYPES = {"int32": "sc:Integer", "int64": "sc:Integer", "double": "sc:Float", "bool": "sc:Boolean"}
_DESCRIPTIONS = {
    "default": "The records: one story each, cleaned.",
    "edits": "The ledger: every edit made to a text, in order; undoing them from the last gives the raw text.",
    "quarantine": "The stories that were withheld, and the rules that withheld them.",
}


def croissant(manifest: Manifest, facts: CardFacts) -> str:
    """The Croissant description of a version, as JSON-LD: `data/croissant.json`, filled in."""
    configs = {config: said for config, said in _DESCRIPTIONS.items() if manifest.of(config)}
    page = template("publishing/data/croissant.json", json=json.dumps).render(
        context=package_data("publishing/data/croissant-context.json"),
        manifest=manifest,
        facts=facts,
        configs=configs,
        fields={
            config: [_field(f"{config}-files", config, part) for part in arrow_schema(config, manifest.own)]
            for config in configs
        },
    )
    return json.dumps(json.loads(page), sort_keys=True, ensure_ascii=False, indent=2) + "\n"


def _field(files: str, place: str, column: Any) -> dict[str, Any]:
    """One Arrow column as a field that is read from a set of files."""
    import pyarrow.types as kinds

    of_list = kinds.is_list(column.type)
    kind = column.type.value_type if of_list else column.type
    plain = {"@type": "cr:Field", "@id": f"{place}/{column.name}", "name": column.name}
    plain |= {"repeated": True} if of_list else {}
    source = {"extract": {"column": column.name}, "fileSet": {"@id": files}}
    if not kinds.is_struct(kind):
        return {**plain, "dataType": _TYPES.get(str(kind), "sc:Text"), "source": source}
    parts = [_field(files, plain["@id"], part) for part in kind]
    for part in parts:
        part.pop("repeated", None)
        part["source"] = {**source, "transform": {"jsonPath": f"$[*].{part['name']}"}}
    return {**plain, "subField": parts}
