"""`manifest.json`: every file of a version with its hashes, how it was made, and the version before it.

The manifest is the root of trust: whoever holds its sha256 can check everything else. Version numbers have a guard, so
that a small number hides no large change.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from corpuslint.errors import PublishError

MANIFEST_NAME = "manifest.json"
MANIFEST_VERSION = 1


class FileEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a version. `config` and `split` are "" for files that hold no rows of a config."""

    path: str
    bytes: int
    sha256: str
    config: str = ""
    split: str = ""
    shard: int = -1
    rows: int = 0
    content_sha256: str = ""

    @classmethod
    def of(cls, folder: Path, path: Path, *rows: Any) -> FileEntry:
        """The entry of a file in a version's folder; `rows` are the fields from `config` on, where it has rows."""
        return cls(path.relative_to(folder).as_posix(), path.stat().st_size, file_sha256(path), *rows)


class Tombstone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that was taken down and must not come back: hashes only, never the text, its id or its address."""

    id_sha256: str
    url_sha256: str
    raw_sha256: str
    text_sha256: str
    sketch: str
    reason: str
    since: str


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a version was made with: the same recipe and input give the same bytes.

    `rules` maps a rule's code to its name and version, as `stray-tatweel/1`.
    """

    tool: str
    config_sha256: str = ""
    packs: Mapping[str, str] = {}
    rules: Mapping[str, str] = {}
    removed_text: str = "full"
    input_sha256: str = ""


class Previous(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The version before: with its manifest's hash, the versions make a chain."""

    version: str
    manifest_sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of a dataset, described wholly. `content` maps a config to the hash of its rows.

    `suppressed` counts, by code, the findings that documents called none in metadata of their own; `own` maps the
    columns of the user's own fields to their types, `folded_sources` each spelling of an outlet to the one in `source`.
    """

    name: str
    version: str
    recipe: Recipe
    shards: int
    splits: Mapping[str, float]
    salt: str
    content: Mapping[str, str]
    files: tuple[FileEntry, ...]
    writer: str = ""
    date: str = ""
    tombstones: tuple[Tombstone, ...] = ()
    suppressed: Mapping[str, int] = {}
    previous: Previous | None = None
    own: Mapping[str, str] = {}
    folded_sources: Mapping[str, str] = {}

    def to_json(self) -> str:
        """The manifest as it is written: sorted keys, two spaces, final newline."""
        plain = {"manifest_version": MANIFEST_VERSION, **msgspec.to_builtins(self)}
        return json.dumps(plain, sort_keys=True, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str, place: str) -> Manifest:
        """The manifest that `text` writes; PublishError when it is none."""
        try:
            plain = json.loads(text)
            if plain.pop("manifest_version") != MANIFEST_VERSION:
                raise PublishError("the manifest is of a version this corpuslint does not know", path=place)
            return msgspec.convert(plain, cls)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, msgspec.ValidationError) as trouble:
            raise PublishError(f"the manifest cannot be read ({trouble})", path=place) from trouble

    def of(self, config: str) -> tuple[FileEntry, ...]:
        """The files that hold the rows of `config`."""
        return tuple(entry for entry in self.files if entry.config == config)

    def rows(self, config: str) -> int:
        """How many rows `config` has."""
        return sum(entry.rows for entry in self.of(config))

    def split_rows(self, config: str = "default") -> dict[str, int]:
        """The rows of every split of a config that has any, in the order of the plan."""
        counts = dict.fromkeys(self.splits, 0)
        for entry in self.of(config):
            counts[entry.split] = counts.get(entry.split, 0) + entry.rows
        return {name: count for name, count in counts.items() if count}


def file_sha256(path: Path) -> str:
    """The sha256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


_NUMBERS = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})", re.ASCII)
"""`datasets` loads no card whose config says anything but three numbers: `v1.0.0`, `1.0`, `1.0.0-rc.1` all fail."""


class Step(IntEnum):
    """How far a version goes beyond the one before it."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Version(NamedTuple):
    """A version of a dataset: three numbers, ordered as numbers."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @classmethod
    def parse(cls, text: str) -> Version:
        """The version `text` writes; PublishError when it is anything but `X.Y.Z`.

        >>> Version.parse("1.10.0") > Version.parse("1.9.3")
        True
        """
        if not (found := _NUMBERS.fullmatch(text)):
            raise PublishError(
                f"{text!r} is not a dataset version",
                remedy="Write three numbers, as 1.0.0: `datasets` loads no v1, 1.0 or 1.0.0-rc1. "
                "A release candidate is a branch on the Hub, not a version.",
            )
        return cls(*(int(number) for number in found.groups()))

    def after(self, step: Step) -> Version:
        """The next version one `step` further.

        >>> str(Version(1, 2, 3).after(Step.MINOR))
        '1.3.0'
        """
        kept = Step.MAJOR - step
        numbers = [*self[:kept], self[kept] + 1, 0, 0]
        return Version(*numbers[:3])


def guard(old: Version, new: Version, least: Step, why: str) -> None:
    """Raise PublishError when `new` is a smaller step from `old` than what changed asks for."""
    if new < old.after(least):
        raise PublishError(
            f"version {new} is too small a step from {old}: {why}, which asks for at least a {least} step",
            remedy=f"Build it as {old.after(least)} or later.",
        )
