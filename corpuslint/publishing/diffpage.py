"""The difference between two versions as one HTML page: every text in its own direction, no script, no network."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from html import escape

from corpuslint.publishing.diff import ADDED, CHANGED, CHANGES, MERGED, MOVED, REMOVED, SPLIT, Change, VersionDiff
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.parquet import Plain

MOST_SHOWN = 300
"""A browser opens a page of this many records at once; the JSON has them all."""

_CONTEXT_WORDS = 12
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.7 "Noto Naskh Arabic", "Noto Sans Arabic", system-ui, sans-serif; margin: 2rem auto;
  max-width: 60rem; padding: 0 1rem; color: #1f2937; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.05rem; margin: 0; } a { color: #1d4ed8; }
table { border-collapse: collapse; } td, th { border: 1px solid #d1d5db; padding: .2rem .7rem; text-align: start; }
article { border: 1px solid #d1d5db; border-radius: .5rem; margin: 1rem 0; padding: .8rem 1rem; }
.about { color: #4b5563; font-size: .85rem; margin: .2rem 0 .5rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
ins { background: #dcfce7; color: #14532d; text-decoration: none; border-bottom: 2px solid #16a34a; }
del { background: #fee2e2; color: #7f1d1d; text-decoration: line-through; }
.kind { border-radius: 1rem; padding: .05rem .6rem; font-size: .8rem; background: #e5e7eb; }
.added, .split { background: #dcfce7; } .removed, .merged { background: #fee2e2; } .changed { background: #fef9c3; }
.skipped { color: #6b7280; }
"""


def diff_page(diff: VersionDiff, old: DatasetFolder, new: DatasetFolder) -> str:
    """The page. Removed records are named, not shown: what was taken out is not said again."""
    counts = diff.counts()
    shown = diff.changes[:MOST_SHOWN]
    wanted = {change.id for change in shown if change.change == CHANGED}
    new_wanted = wanted | {change.id for change in shown if change.change in (ADDED, SPLIT)}
    before, after = _texts(old, wanted), _texts(new, new_wanted)
    rules = "".join(f"<tr><td>{escape(code)}</td><td>{count:,}</td></tr>" for code, count in diff.by_rule().items())
    totals = "".join(f"<tr><td>{kind}</td><td>{counts[kind]:,}</td></tr>" for kind in CHANGES if counts[kind])
    more = len(diff.changes) - len(shown)
    title = escape(f"{diff.name}: {diff.old} → {diff.new}")
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        f"<table><tr><th>change</th><th>records</th></tr>{totals or '<tr><td>none</td><td>0</td></tr>'}</table>\n",
        f"<p>{diff.shards_kept} of {diff.shards} data files are the same, byte for byte. "
        f"Least version step: {diff.least} ({escape(diff.why)}).</p>\n",
        f"<table><tr><th>rule</th><th>records</th></tr>{rules}</table>\n" if rules else "",
        *(_article(change, before.get(change.id), after.get(change.id)) for change in shown),
        f'<p class="skipped">{more:,} more records: see the JSON.</p>\n' if more > 0 else "",
        "</body>\n</html>\n",
    ]
    return "".join(parts)


def _article(change: Change, before: Plain | None, after: Plain | None) -> str:
    about = [change.reason, f"columns: {', '.join(change.columns)}" if change.columns else ""]
    about.append(f"rules: {', '.join(change.codes)}" if change.codes else "")
    if change.change == MOVED:
        about.append(f"{change.old_split} → {change.new_split}")
    body = ""
    if change.change == CHANGED and before and after:
        body = "".join(_columns(change, before, after))
    elif change.change in (ADDED, SPLIT) and after:
        body = f'<div class="text" dir="auto">{escape(_first_words(after["text"]))}</div>'
    elif change.change in (REMOVED, MERGED):
        body = ""
    told = "; ".join(part for part in about if part)
    return (
        f'<article><h2><span class="kind {change.change}">{change.change}</span> <bdi>{escape(change.id)}</bdi></h2>'
        f'<p class="about">{escape(told)}</p>{body}</article>\n'
    )


def _columns(change: Change, before: Plain, after: Plain) -> Iterator[str]:
    for name in change.columns:
        if name in ("raw_sha256", "text_sha256", "findings"):
            continue
        old, new = _said(before.get(name)), _said(after.get(name))
        yield f'<p class="about">{escape(name)}</p><div class="text" dir="auto">{_marked(old, new)}</div>'


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
