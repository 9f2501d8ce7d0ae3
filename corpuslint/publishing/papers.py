"""The files of a version that people and catalogues read, written from the manifest and the measures."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from corpuslint.publishing.card import CardFacts, Measures, card
from corpuslint.publishing.croissant import CROISSANT_NAME, croissant
from corpuslint.publishing.diff import VersionDiff
from corpuslint.publishing.diffpage import diff_page
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.manifest import MANIFEST_NAME, FileEntry, Manifest, file_sha256
from corpuslint.publishing.parquet import write_rows

CARD_NAME = "README.md"
CHANGELOG_NAME = "CHANGELOG.md"
_TITLE = "# Changelog\n"


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
        if path.is_file() and (name := path.relative_to(folder).as_posix()) not in listed:
            listed[name] = FileEntry(name, path.stat().st_size, file_sha256(path))
    files = tuple(listed[name] for name in sorted(listed))
    manifest = structs.replace(manifest, files=files)
    (folder / MANIFEST_NAME).write_text(manifest.to_json(), "utf-8", newline="\n")
    return DatasetFolder(folder, manifest)


def _changelog(manifest: Manifest, diff: VersionDiff | None, measures: Measures, previous: DatasetFolder | None) -> str:
    """The changelog of a version: what the diff says, above what the version before said."""
    lines = [f"## {manifest.version}" + (f" ({manifest.date})" if manifest.date else ""), ""]
    records = sum(manifest.split_rows().values())
    if diff is None:
        lines.append(f"- First version: {records} records, {sum(measures.reasons.values())} stories withheld.")
    else:
        lines.append(f"- {records} records. Against {diff.old}: {diff.said}.")
        if diff.withheld or diff.released:
            lines.append(f"- Quarantine: {diff.withheld} stories newly withheld, {diff.released} no longer there.")
        if rules := diff.by_rule():
            lines.append("- Rules behind the changes: " + ", ".join(f"{code} ({n})" for code, n in rules.items()) + ".")
        reasons = sorted({change.reason for change in diff.changes if change.change in ("removed", "merged")})
        if reasons:
            lines.append("- Removed because: " + "; ".join(reasons) + ".")
    older = ""
    if previous is not None and (path := previous.path / CHANGELOG_NAME).is_file():
        older = "\n" + path.read_text("utf-8").removeprefix(_TITLE).lstrip("\n")
    return f"{_TITLE}\n" + "\n".join(lines) + "\n" + older
