"""What all shards of a run share: settings, rules, versions, and the fingerprint of everything that decides a result.

A job travels with every task. A user's rule packs travel whole to workers that do not see the driver's disk.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.rules import record_schema_of, rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.execution.environment import environment
from corpuslint.formats.parts import Part
from corpuslint.resources import rules_folder


class Job(msgspec.Struct, frozen=True):
    """What all shards of a run share; it travels with every task.

    `plan` is the fingerprint of rules, configuration and versions; `environment` the versions that workers elsewhere
    must have; `packs` are the user's rule packs where workers
    cannot read them from the disk of the driver. `keeps` says that results go into the cache; `alone` that there is
    one document in all.
    """

    settings: Settings
    plan: str
    environment: Mapping[str, str]
    packs: tuple[Pack, ...] = ()
    keeps: bool = False
    alone: bool = False
    work: str = ""
    timing: bool = False
    document_seconds: float = 10.0
    document_memory: int = 4 << 30


def prepared(job: Job) -> tuple[Settings, RuleSet]:
    """The settings and rules of a job, as they are on this machine; loaded once a process and plan."""
    return _prepared(_ByPlan(job.plan, job))


@dataclass(frozen=True)
class _ByPlan:
    plan: str
    job: Job = field(compare=False)


@lru_cache(maxsize=4)
def _prepared(key: _ByPlan) -> tuple[Settings, RuleSet]:
    settings = key.job.settings
    if key.job.packs:
        settings = unpacked(settings, key.job.packs)
    return settings, rules_for(settings)


def shard_key(shard: Sequence[Part]) -> str:
    """The name of a shard, from what it is made of: it does not change when files elsewhere come or go."""
    digest = hashlib.sha256("\0".join(part.name for part in shard).encode("utf-8", "surrogatepass"))
    stem = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in Path(shard[0].filename).stem)
    return f"{stem[:40].strip('-') or 'shard'}-{shard[0].start:012d}-{digest.hexdigest()[:12]}"


def plan_fingerprint(settings: Settings) -> str:
    """The fingerprint of everything beside the content that decides what is found: settings, packs, code, versions."""
    digest = hashlib.sha256()
    digest.update(repr(sorted(environment().items())).encode())
    relevant = (
        settings.select,
        settings.ignore,
        settings.extend_select,
        sorted((code, level.value) for code, level in settings.severity.items()),
        sorted(settings.per_file_ignores.items()),
        sorted(settings.per_source_ignores.items()),
        sorted(settings.fields.items()),
        settings.language,
        settings.defaults,
        settings.max_bytes,
        settings.min_confidence,
        settings.fixable,
        settings.unfixable,
        [str(pack) for pack in settings.packs],
    )
    digest.update(repr(relevant).encode())
    for file in _files_that_decide(settings):
        digest.update(file.as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def _files_that_decide(settings: Settings) -> Iterable[Path]:
    """Our own code, the shipped packs and the user's, and the schema of records; version numbers alone would let a
    checkout that is worked on keep stale results."""
    package = Path(__file__).resolve().parent.parent
    for pack in (package, rules_folder(), *settings.packs):
        yield from sorted(path for path in pack.rglob("*") if path.suffix in _PACK_SUFFIXES and path.is_file())
    schema = record_schema_of(settings)
    if schema is not None and schema.is_file():
        yield schema


_PACK_SUFFIXES = (".py", ".toml", ".txt", ".tsv", ".json", ".csv", ".bin")


class Pack(msgspec.Struct, frozen=True):
    """The files of one pack folder, by their paths in it."""

    name: str
    files: tuple[tuple[str, bytes], ...]

    @property
    def digest(self) -> str:
        """What the pack holds, as a name."""
        digest = hashlib.sha256()
        for path, content in self.files:
            digest.update(f"{path}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()[:24]


def packed(folders: Iterable[Path]) -> tuple[Pack, ...]:
    """The packs in `folders`, whole, without caches and hidden files."""
    return tuple(
        Pack(
            folder.resolve().name,
            tuple(
                (path.relative_to(folder).as_posix(), path.read_bytes())
                for path in sorted(folder.rglob("*"))
                if path.is_file() and not any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
            ),
        )
        for folder in folders
    )


def unpacked(settings: Settings, packs: tuple[Pack, ...]) -> Settings:
    """`settings` with the packs unpacked on this machine; unchanged where none travelled."""
    if not packs:
        return settings
    return structs.replace(settings, packs=tuple(_unpack(pack) for pack in packs))


def _unpack(pack: Pack) -> Path:
    target = Path(tempfile.gettempdir()) / f"corpuslint-packs-{os.getuid() if hasattr(os, 'getuid') else 0}"
    target.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and target.stat().st_uid != os.getuid():
        raise PermissionError(f"{target} belongs to somebody else")
    folder = target / pack.digest / pack.name
    if folder.is_dir():
        return folder
    with tempfile.TemporaryDirectory(dir=target) as scratch:
        inner = Path(scratch) / "pack"
        for path, content in pack.files:
            file = inner / pack.name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        try:
            inner.rename(target / pack.digest)
        except OSError:
            if not folder.is_dir():  # not just another worker that was first
                raise
    return folder
