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
from typing import Any

import msgspec
from msgspec import structs

from corpuslint.engine.parking import F, Known, Look, Said, Sorted, dated
from corpuslint.errors import ConfigError
from corpuslint.text.strict import WrongTableError, typed
from corpuslint.text.toml import BrokenTomlError, toml_of

FILE_NAME = "corpuslint.suppress.toml"
METADATA_KEY = "corpuslint"


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry: findings of `code` (a code, the beginning of one, or a rule's name) are silenced where all that is
    said holds, up to the day on which it `expires`."""

    code: Said
    reason: Said
    fingerprint: str = ""
    file: str = ""
    record: str = ""
    source: str = ""
    owner: str = ""
    expires: datetime.date | None = None


class Suppression(Written, frozen=True):
    """An entry, and where it stands: `document` binds it to one document, as the metadata of a document does."""

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


class _File(msgspec.Struct, forbid_unknown_fields=True):
    suppress: tuple[Written, ...] = ()


def parse_file(text: str, path: str) -> tuple[Suppression, ...]:
    """The suppressions of a `corpuslint.suppress.toml`.

    Raises ConfigError for anything that is not as it must be.
    """
    lines = [row for row, line in enumerate(text.splitlines(), start=1) if line.strip() == "[[suppress]]"]
    try:
        entries = typed(dated(toml_of(text)), _File).suppress
    except BrokenTomlError as error:
        raise ConfigError(str(error), path=path, line=error.line) from None
    except WrongTableError as error:
        number = error.numbers[0] if error.numbers else -1
        at = lines[number] if 0 <= number < len(lines) else 0
        remedy = error.remedy or "entries are written as [[suppress]], with at least code and reason"
        key = f"suppress[{number}]" if error.numbers else ""
        raise ConfigError(error.message, path=path, key=key, line=at, remedy=remedy) from None
    lines += [0] * (len(entries) - len(lines))  # a list written in one line
    return tuple(_placed(entry, place=path, line=line) for entry, line in zip(entries, lines, strict=False))


def _placed(entry: Written, **place: Any) -> Suppression:
    return Suppression(**structs.asdict(entry), **place)


def parse_metadata(declared: str, document: str, place: str) -> tuple[tuple[Suppression, ...], str]:
    """The suppressions in the metadata of one document, and what is wrong with them ("" when nothing is).

    `declared` is the value of the metadata key `corpuslint` as JSON. A mistake here is trouble with a document, so it
    is told and not raised.
    """
    try:
        entries = typed(dated(json.loads(declared)), _File, "an object").suppress
        return tuple(_placed(entry, place=place, document=document) for entry in entries), ""
    except WrongTableError as error:
        return (), f"{error.message} in 'corpuslint'"
    except (ValueError, RecursionError) as error:
        return (), f"not valid JSON: {getattr(error, 'msg', error)}"


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
