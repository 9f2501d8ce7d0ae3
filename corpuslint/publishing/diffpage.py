"""The difference between two versions as one HTML page: every text in its own direction, no script, no network."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from html import escape

from corpuslint.publishing.diff import ADDED, CHANGED, CHANGES, MERGED, REMOVED, SPLIT, Change, VersionDiff
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.parquet import Plain
from corpuslint.resources import package_data
from corpuslint.text.templates import template

MOST_SHOWN = 300
"""A browser opens a page of this many records at once; the JSON has them all."""

_CONTEXT_WORDS = 12
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


def diff_page(diff: VersionDiff, old: DatasetFolder, new: DatasetFolder, *, show_removed: bool = False) -> str:
    """The page, its records reached one by one with the Tab key.

    A page that is published names removed records without their text, for what was taken out is not said again;
    `show_removed` is for the eyes of who holds both versions.
    """
    counts = diff.counts()
    shown = diff.changes[:MOST_SHOWN]
    wanted = {change.id for change in shown if change.change == CHANGED}
    new_wanted = wanted | {change.id for change in shown if change.change in (ADDED, SPLIT)}
    removed = {change.id for change in shown if show_removed and change.change in (REMOVED, MERGED)}
    before, after = _texts(old, wanted | removed), _texts(new, new_wanted)
    first = {change.change: number for number, change in reversed(list(enumerate(shown)))}
    return template("publishing/data/diff.html").render(
        diff=diff,
        title=f"{diff.name}: {diff.old} → {diff.new}",
        style=package_data("publishing/data/diff.css"),
        totals=[(kind, first.get(kind), counts[kind]) for kind in CHANGES if counts[kind]],
        records=[(change, [*_parts(change, before, after)]) for change in shown],
        more=len(diff.changes) - len(shown),
    )


def _parts(change: Change, before: Mapping[str, Plain], after: Mapping[str, Plain]) -> Iterator[tuple[str, str]]:
    """What is shown of a record, as HTML, each part with the name of its column."""
    old, new = before.get(change.id), after.get(change.id)
    if change.change == CHANGED and old and new:
        for name in change.columns:
            if name not in ("raw_sha256", "text_sha256", "findings"):
                yield name, _marked(_said(old.get(name)), _said(new.get(name)))
    elif change.change in (ADDED, SPLIT) and new:
        yield "", escape(_first_words(new["text"]))
    elif change.change in (REMOVED, MERGED) and old:
        yield "", f"<del>{escape(_first_words(old['text']))}</del>"


def _marked(old: str, new: str) -> str:
    """The new text with what came in `ins` and what went in `del`; long unchanged stretches are cut."""
    left, right = _TOKENS.findall(old), _TOKENS.findall(new)
    if len(left) * len(right) > 4_000_000:
        return f"<del>{escape(_first_words(old))}</del>\n<ins>{escape(_first_words(new))}</ins>"
    parts = []
    steps = difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    for number, (kind, i, j, k, m) in enumerate(steps):
        if kind == "equal":
            parts.append(_same(right[k:m], number == 0, number == len(steps) - 1))
            continue
        if j > i:
            parts.append(f"<del>{escape(''.join(left[i:j]))}</del>")
        if m > k:
            parts.append(f"<ins>{escape(''.join(right[k:m]))}</ins>")
    return "".join(parts)


def _same(tokens: list[str], first: bool, last: bool) -> str:
    edge = 2 * _CONTEXT_WORDS
    if len(tokens) <= 2 * edge:
        return escape("".join(tokens))
    head = "" if first else "".join(tokens[:edge])
    tail = "" if last else "".join(tokens[-edge:])
    return f'{escape(head)}<span class="skipped"> … </span>{escape(tail)}'


def _first_words(text: str) -> str:
    return text if len(text) <= 400 else text[:400].rsplit(maxsplit=1)[0] + " …"


def _said(value: object) -> str:
    if isinstance(value, list):
        return "، ".join(str(part) for part in value)
    return "" if value is None else str(value)


def _texts(folder: DatasetFolder, wanted: set[str]) -> dict[str, Plain]:
    if not wanted:
        return {}
    shards = {row["shard"] for row in folder.index() if row["id"] in wanted}
    return {row["id"]: row for row in folder.rows("default", shards) if row["id"] in wanted}
