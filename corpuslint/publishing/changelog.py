"""The changelog that travels with a dataset: one section a version, the newest first."""

from __future__ import annotations

from corpuslint.publishing.diff import CHANGES, VersionDiff
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.manifest import Manifest
from corpuslint.publishing.measure import Measures

CHANGELOG_NAME = "CHANGELOG.md"
_TITLE = "# Changelog\n"


def changelog(manifest: Manifest, diff: VersionDiff | None, measures: Measures, previous: DatasetFolder | None) -> str:
    """The changelog of a version: what the diff says, above what the version before said."""
    lines = [f"## {manifest.version}" + (f" ({manifest.date})" if manifest.date else ""), ""]
    records = sum(manifest.split_rows().values())
    if diff is None:
        lines.append(f"- First version: {records} records, {sum(measures.reasons.values())} stories withheld.")
    else:
        counts = diff.counts()
        said = [f"{counts[kind]} {kind}" for kind in CHANGES if counts[kind]]
        lines.append(f"- {records} records. Against {diff.old}: {', '.join(said) or 'no record changed'}.")
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
