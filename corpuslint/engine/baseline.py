"""The baseline: findings that were there when the gate was put up, so that only new ones stop a commit.

A file of JSON, one entry a line, sorted, so that it merges in git. Entries are matched by fingerprint, each parks one
finding, and an entry prefers the file it was written for: a document may move, but a copy of it is news.
"""

from __future__ import annotations

import datetime
import json
from collections import deque
from collections.abc import Sequence
from operator import attrgetter

import msgspec
from msgspec import structs

from corpuslint.engine.fingerprint import SCHEME
from corpuslint.engine.parking import F, Look, Said, Sorted, dated
from corpuslint.errors import ConfigError
from corpuslint.text.strict import WrongTableError, typed

VERSION = 1
_KEY = "corpuslint-baseline"


class Entry(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One known finding. `file` is where it was when it was written down; `expires` is the last day it holds."""

    file: Said
    code: Said
    fingerprint: Said
    owner: str = ""
    reason: str = ""
    expires: datetime.date | None = None


class Baseline(msgspec.Struct, frozen=True):
    """The entries of one file."""

    entries: tuple[Entry, ...] = ()


def parse(text: str, path: str) -> Baseline:
    """The baseline that `text` holds.

    Raises ConfigError, with the line where it can be told, for a file of another version and for a broken one.
    """

    def error(
        message: str, line: int = 0, key: str = "", remedy: str = "write it anew with `corpuslint baseline`"
    ) -> ConfigError:
        return ConfigError(message, path=path, key=key, line=line, remedy=remedy)

    try:
        data: object = dated(json.loads(text))
    except (ValueError, RecursionError) as trouble:  # a number of thousands of digits, a list in a list in a list…
        reason, row = getattr(trouble, "msg", trouble), getattr(trouble, "lineno", 0)
        raise error(f"not valid JSON: {reason}", row) from None
    if not isinstance(data, dict) or _KEY not in data:
        raise error("is no baseline of corpuslint")
    if data[_KEY] != VERSION:
        raise error(f"is a baseline of version {data[_KEY]!r}, and this corpuslint reads version {VERSION}")
    if (scheme := data.get("scheme")) != SCHEME:
        raise error(f"has fingerprints of the scheme {scheme!r}, and this corpuslint makes {SCHEME!r}")
    entries = data.get("entries", [])
    try:
        return Baseline(typed(entries, tuple[Entry, ...], "an object"))
    except WrongTableError as wrong:
        written = entries[wrong.numbers[0]] if wrong.numbers else {}
        line = line_of(text, written.get("fingerprint")) if isinstance(written, dict) else 0
        key = f"entries[{wrong.numbers[0]}]" if wrong.numbers else "entries"
        raise error(wrong.message, line, key, wrong.remedy) from None


def line_of(text: str, fingerprint: object) -> int:
    """The line that names a fingerprint, 0 where none does."""
    at = text.find(fingerprint) if isinstance(fingerprint, str) and fingerprint else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


def dump(baseline: Baseline) -> str:
    """The file's text: sorted, one entry a line, nothing that is empty."""
    lines = [
        json.dumps(msgspec.to_builtins(entry), ensure_ascii=False) for entry in sorted(baseline.entries, key=_sort_key)
    ]
    body = ",\n".join(f"    {line}" for line in lines)
    entries = f"[\n{body}\n  ]" if lines else "[]"
    return f'{{\n  "{_KEY}": {VERSION},\n  "scheme": {json.dumps(SCHEME)},\n  "entries": {entries}\n}}\n'


_sort_key = attrgetter("file", "code", "fingerprint")


def sort_out(baseline: Baseline, findings: Sequence[F], look: Look, names: Sequence[str]) -> Sorted[F, Entry]:
    """Which findings the baseline knows; `names[i]` is the file of `findings[i]` as seen from the baseline's folder.

    An entry parks one finding, so one more of the same kind is new even where its text is the same. What is said of a
    file as a whole is the same finding as long as the file has its name or its first letters.
    """
    matched: dict[int, Entry] = {}
    left = tuple(sorted(baseline.entries, key=_sort_key))
    for same_file in (True, False):
        waiting: dict[tuple[str, str], deque[Entry]] = {}
        for entry in left:
            waiting.setdefault((entry.fingerprint, entry.file if same_file else ""), deque()).append(entry)
        for place, (finding, name) in enumerate(zip(findings, names, strict=True)):
            entries = waiting.get((finding.fingerprint, name if same_file else ""))
            if entries and place not in matched:
                matched[place] = entries.popleft()
        left = tuple(entry for entries in waiting.values() for entry in entries)
    whole = {
        (name, finding.code): place
        for place, (finding, name) in enumerate(zip(findings, names, strict=True))
        if finding.is_whole_file and place not in matched
    }
    for entry in left:
        place = whole.pop((entry.file, entry.code), -1)
        if place >= 0:
            matched[place] = entry
    taken = {id(entry) for entry in matched.values()}
    left = tuple(entry for entry in left if id(entry) not in taken)
    parked = {place: entry for place, entry in matched.items() if entry.expires is None or entry.expires >= look.today}
    unused = [entry for entry in left if look.covers(entry.file) and entry.code in look.codes]
    expired = [entry for place, entry in matched.items() if place not in parked]
    return Sorted(
        new=tuple(finding for place, finding in enumerate(findings) if place not in parked),
        parked=tuple((findings[place], entry) for place, entry in sorted(parked.items())),
        unused=tuple(sorted(unused, key=_sort_key)),
        expired=tuple(sorted(expired, key=_sort_key)),
    )


def renewed(
    baseline: Baseline,
    findings: Sequence[F],
    look: Look,
    names: Sequence[str],
    *,
    owner: str = "",
    reason: str = "",
    expires: datetime.date | None = None,
) -> Baseline:
    """A baseline of exactly these findings; what is still there keeps its owner, reason and day.

    Entries about files and rules that the run did not look at stay as they are.
    """
    result = sort_out(baseline, findings, look, names)
    gone = {id(entry) for entry in (*result.unused, *result.expired)}
    name_of = dict(zip(map(id, findings), names, strict=True))
    kept = [structs.replace(entry, file=name_of[id(finding)]) for finding, entry in result.parked]
    matched = {id(entry) for _, entry in result.parked}
    elsewhere = [entry for entry in baseline.entries if id(entry) not in gone | matched]
    added = [
        Entry(name_of[id(finding)], finding.code, finding.fingerprint, owner, reason, expires) for finding in result.new
    ]
    return Baseline(tuple(sorted([*kept, *elsewhere, *added], key=_sort_key)))


def pruned(baseline: Baseline, findings: Sequence[F], look: Look, names: Sequence[str]) -> Baseline:
    """The baseline without the entries that park nothing any more; nothing is added."""
    result = sort_out(baseline, findings, look, names)
    gone = {id(entry) for entry in (*result.unused, *result.expired)}
    return Baseline(tuple(entry for entry in baseline.entries if id(entry) not in gone))
