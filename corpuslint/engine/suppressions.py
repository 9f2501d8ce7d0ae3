"""Suppressions: a person's word that a finding is none, kept beside the text and never inside it.

They stand in `a.meta.json` (or a record) under `"corpuslint": {"suppress": [...]}` for that one document, or in
`corpuslint.suppress.toml` at the root for files, sources or single findings. Each has a reason. One that silences
nothing is reported, as is one whose day is over.
"""

from __future__ import annotations

import datetime
import fnmatch
import json
from collections.abc import Sequence
from pathlib import PurePosixPath

import msgspec

from corpuslint.engine.parking import F, Known, Look, Sorted, expiry_of, strings_of
from corpuslint.errors import ConfigError
from corpuslint.text.toml import BrokenTomlError, toml_of

FILE_NAME = "corpuslint.suppress.toml"
METADATA_KEY = "corpuslint"
_KEYS = ("code", "reason", "fingerprint", "file", "record", "source", "owner", "expires")


class Suppression(msgspec.Struct, frozen=True):
    """Findings of `code` (a code, the beginning of one, or a rule's name) are silenced where all that is said holds.

    `document` binds it to one document, as the metadata of a document does; `place` and `line` say where it stands.
    """

    code: str
    reason: str
    fingerprint: str = ""
    file: str = ""
    record: str = ""
    source: str = ""
    owner: str = ""
    expires: datetime.date | None = None
    document: str = ""
    place: str = ""
    line: int = 0

    def silences(self, finding: Known, document: str, name: str) -> bool:
        """Whether the finding, which is in `document` and in the file `name`, is meant."""
        if self.document and self.document != document:
            return False
        if self.fingerprint and self.fingerprint != finding.fingerprint:
            return False
        if not finding.code.startswith(self.code) and finding.name != self.code:
            return False
        if self.file and not _fits(name, self.file):
            return False
        if self.record and self.record != finding.record_id:
            return False
        return not self.source or fnmatch.fnmatchcase(finding.site, self.source)


def _fits(filename: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(filename, pattern) or fnmatch.fnmatchcase(PurePosixPath(filename).name, pattern)


def parse_file(text: str, path: str) -> tuple[Suppression, ...]:
    """The suppressions of a `corpuslint.suppress.toml`.

    Raises ConfigError for anything that is not as it must be.
    """
    try:
        data = toml_of(text)
    except BrokenTomlError as error:
        raise ConfigError(str(error), path=path, line=error.line) from None
    unknown = sorted(set(data) - {"suppress"})
    if unknown:
        raise ConfigError(f"unknown key '{unknown[0]}'", path=path, remedy="entries are written as [[suppress]]")
    entries = data.get("suppress", [])
    if not isinstance(entries, list):
        raise ConfigError("entries are written as [[suppress]]", path=path, key="suppress")
    lines = [row for row, line in enumerate(text.splitlines(), start=1) if line.strip() == "[[suppress]]"]
    found = []
    for number, entry in enumerate(entries):
        line = lines[number] if number < len(lines) else 0
        try:
            found.append(_suppression(entry, place=path, line=line))
        except TypeError as error:
            raise ConfigError(str(error), path=path, key=f"suppress[{number}]", line=line) from None
    return tuple(found)


def parse_metadata(declared: str, document: str, place: str) -> tuple[tuple[Suppression, ...], str]:
    """The suppressions in the metadata of one document, and what is wrong with them ("" when nothing is).

    `declared` is the value of the metadata key `corpuslint` as JSON. A mistake here is trouble with a document, so it
    is told and not raised.
    """
    try:
        data = json.loads(declared)
    except (ValueError, RecursionError) as error:
        return (), f"not valid JSON: {getattr(error, 'msg', error)}"
    for key in sorted(data) if isinstance(data, dict) else ():
        if key != "suppress":
            return (), f"unknown key '{key}' in 'corpuslint'; it may hold 'suppress' alone"
    entries = data.get("suppress", []) if isinstance(data, dict) else None
    if not isinstance(entries, list):
        return (), "'corpuslint' must hold a list 'suppress'"
    found = []
    for entry in entries:
        try:
            found.append(_suppression(entry, place=place, document=document))
        except TypeError as error:
            return (), str(error)
    return tuple(found), ""


def _suppression(entry: object, *, place: str, line: int = 0, document: str = "") -> Suppression:
    values = strings_of(entry, _KEYS, ("code", "reason"))
    return Suppression(**values, expires=expiry_of(entry), document=document, place=place, line=line)


def sort_out(
    suppressions: Sequence[Suppression],
    findings: Sequence[F],
    documents: Sequence[str],
    look: Look,
    names: Sequence[str],
) -> Sorted[F, Suppression]:
    """Which findings are silenced.

    `findings[i]` is in the document `documents[i]` and in the file `names[i]`, as seen from the suppressions' folder.
    """
    used: set[int] = set()
    over: set[int] = set()
    new: list[F] = []
    parked: list[tuple[F, Suppression]] = []
    candidates: dict[str, list[int]] = {}
    for number, suppression in enumerate(suppressions):
        candidates.setdefault(suppression.document, []).append(number)
    for finding, document, name in zip(findings, documents, names, strict=True):
        by = None
        for number in (*candidates.get(document, ()), *candidates.get("", ())):
            suppression = suppressions[number]
            if not suppression.silences(finding, document, name):
                continue
            if suppression.expires is not None and suppression.expires < look.today:
                over.add(number)
                continue
            used.add(number)
            by = by or suppression
        if by is None:
            new.append(finding)
        else:
            parked.append((finding, by))
    left = [
        suppression
        for number, suppression in enumerate(suppressions)
        if number not in used | over and _was_looked_for(suppression, look)
    ]
    expired = tuple(suppressions[number] for number in sorted(over - used))
    return Sorted(tuple(new), tuple(parked), tuple(left), expired)


def _was_looked_for(suppression: Suppression, look: Look) -> bool:
    """Whether the run would have found what is suppressed: a partial run proves nothing about the rest."""
    if not any(known.startswith(suppression.code) for known in look.codes):
        return False
    return bool(suppression.document) or look.covers(suppression.file)
