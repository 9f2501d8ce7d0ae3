"""What all shards of a run share: settings, rules, versions, and the fingerprint of everything that decides a result.

A job travels with every task. A user's rule packs travel whole to workers that do not see the driver's disk.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.rules import record_schema_of, rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.formats.parts import Part
from corpuslint.resources import rules_folder
from corpuslint.version import __version__


class Job(msgspec.Struct, frozen=True):
    """What all shards of a run share; it travels with every task.

    `plan` is the fingerprint of rules, configuration and versions; `environment` the versions that workers elsewhere
    must have; `packs` are the user's rule packs where workers cannot read them from the disk of the driver. `keeps`
    says that results are kept, so that the digest of what was read is wanted; `alone` that there is one document.
    """

    settings: Settings
    plan: str
    environment: Mapping[str, str]
    packs: tuple[tuple[str, bytes], ...] = ()
    keeps: bool = False
    alone: bool = False
    timing: bool = False
    document_seconds: float = 10.0
    document_memory: int = 4 << 30


def prepared(job: Job) -> tuple[Settings, RuleSet]:
    """The settings and rules of a job, as they are on this machine; loaded once a process and plan."""
    if job.plan not in _PREPARED:
        settings = job.settings
        if job.packs:
            settings = structs.replace(settings, packs=tuple(_unpacked(*pack) for pack in job.packs))
        if len(_PREPARED) == _MOST_PREPARED:
            _PREPARED.clear()
        _PREPARED[job.plan] = settings, rules_for(settings)
    return _PREPARED[job.plan]


_PREPARED: dict[str, tuple[Settings, RuleSet]] = {}
_MOST_PREPARED = 4


def shard_key(shard: Sequence[Part]) -> str:
    """The name of a shard, from what it is made of: it does not change when files elsewhere come or go."""
    digest = hashlib.sha256("\0".join(part.name for part in shard).encode("utf-8", "surrogatepass"))
    stem = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in Path(shard[0].filename).stem)
    return f"{stem[:40].strip('-') or 'shard'}-{shard[0].start:012d}-{digest.hexdigest()[:12]}"


def plan_fingerprint(settings: Settings) -> str:
    """The fingerprint of everything beside the content that decides what is found: settings, packs, code, versions."""
    digest = hashlib.sha256()
    digest.update(repr(sorted(environment().items())).encode())
    chosen = (settings.select, settings.ignore, settings.extend_select, settings.severity, settings.packs)
    roots = [table.root for table in settings.defaults]
    digest.update(repr((chosen, roots, sorted(deciding(settings).items()))).encode())
    for file in _files_that_decide(settings):
        digest.update(file.as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def deciding(settings: Settings) -> dict[str, Any]:
    """What decides, beside the choice of rules, what is found and what fixing makes of it, as plain data."""
    plain: dict[str, Any] = {name: msgspec.to_builtins(getattr(settings, name)) for name in _DECIDING}
    return plain | {"defaults": [[list(table.files), dict(table.metadata)] for table in settings.defaults]}


_DECIDING = (
    "fields",
    "fixable",
    "language",
    "max_bytes",
    "min_confidence",
    "per_file_ignores",
    "per_source_ignores",
    "unfixable",
)


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


def packed(folders: Iterable[Path]) -> tuple[tuple[str, bytes], ...]:
    """The packs in `folders` by name, each as a zip archive without caches and hidden files."""
    import zipfile  # only where packs travel

    packs = []
    for folder in folders:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as opened:
            for path in sorted(folder.rglob("*")):
                name = path.relative_to(folder)
                if path.is_file() and not any(part.startswith((".", "__")) for part in name.parts):
                    opened.writestr(zipfile.ZipInfo(name.as_posix()), path.read_bytes())
        packs.append((folder.resolve().name, archive.getvalue()))
    return tuple(packs)


def _unpacked(name: str, archive: bytes) -> Path:
    """A pack unpacked on this machine."""
    import tempfile
    import zipfile

    target = Path(tempfile.gettempdir()) / f"corpuslint-packs-{os.getuid() if hasattr(os, 'getuid') else 0}"
    target.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and target.stat().st_uid != os.getuid():
        raise PermissionError(f"{target} belongs to somebody else")
    digest = hashlib.sha256(archive).hexdigest()[:24]
    folder = target / digest / name
    if folder.is_dir():
        return folder
    with tempfile.TemporaryDirectory(dir=target) as scratch:
        inner = Path(scratch) / "pack"
        zipfile.ZipFile(io.BytesIO(archive)).extractall(inner / name)
        try:
            inner.rename(target / digest)
        except OSError:
            if not folder.is_dir():  # not just another worker that was first
                raise
    return folder


_DISTRIBUTIONS = ("hyperscan", "regex")


@lru_cache(maxsize=1)
def environment() -> Mapping[str, str]:
    """Versions of corpuslint, Python (major.minor: results do not depend on more), Unicode and the matchers."""
    from importlib import metadata  # takes longer to import than a small file to lint

    versions = {
        "corpuslint": __version__,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "unicode": unicodedata.unidata_version,
    }
    for name in _DISTRIBUTIONS:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "absent"
    return versions


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """What differs, in words; "" when nothing does.

    >>> differences({"python": "3.11"}, {"python": "3.12"})
    'python 3.11 here, 3.12 there'
    """
    return "; ".join(
        f"{name} {ours.get(name, 'absent')} here, {theirs.get(name, 'absent')} there"
        for name in sorted(ours.keys() | theirs.keys())
        if ours.get(name) != theirs.get(name)
    )
