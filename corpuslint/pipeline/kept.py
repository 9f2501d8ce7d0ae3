"""What shards gave, kept so that a later run, on any executor, need not do them again: in the folder of `--work`, or in
the cache.

A shard is one file: a line that says what it is of, then what it gave. It is believed while plan, content and checksums
agree with it, and read without running what is in it. There are no locks: the folder may lie on a network disk or in an
object store, each file is put there whole, and two runs at once do not disturb each other.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.errors import SourceError
from corpuslint.formats.atomic import replace_file
from corpuslint.formats.ledger import sha256
from corpuslint.formats.parts import Part
from corpuslint.formats.streams import filesystem_of, is_url, of_driver
from corpuslint.pipeline.content import Signature, is_settled, signature_of_all
from corpuslint.pipeline.run import Gathered
from corpuslint.reporting.report import Finding, Findings, packed, unpacked, value_of
from corpuslint.resources import keep

CACHE_NAME = ".corpuslint_cache"
MOST_BYTES = 512 << 20
"""What the results of all plans together may take in the cache."""
MOST_PLANS = 8
_LAYOUT = 7
_LONGEST_HEAD = 1 << 16
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of corpuslint; it can be deleted.\n"
"""What backup programs look for (https://bford.info/cachedir/)."""


class Marker(msgspec.Struct, frozen=True):
    """A finished shard: which plan it follows, the digest of its content, how its files looked from outside, and sizes
    and checksums of the pieces that it gave."""

    key: str
    plan: str
    digest: str
    signature: Signature = ()
    pieces: tuple[tuple[int, str], ...] = ()
    documents: int = 0
    size: int = 0
    seconds: float = 0.0
    counts: Mapping[str, int] = {}


class Plan(msgspec.Struct, frozen=True):
    """What a run is going to do; `shards` maps the keys of its shards, in order, to the plan that each follows."""

    shards: Mapping[str, str]
    size: int


class Folder:
    """Where shards are kept: a local path, or any URL that fsspec can write to.

    What a cache cannot write is no reason to fail a run, and need not outlive a power cut.
    """

    def __init__(self, place: str, *, is_cache: bool = False) -> None:
        self.place, self.is_cache = place.rstrip("/"), is_cache
        self._remote: Any = None
        self._base = self.place
        if is_url(place):
            self._remote, self._base = filesystem_of(self.place)

    def plan(self) -> Plan:
        """What the run is. SourceError where this is no work folder."""
        try:
            return msgspec.json.decode(self._get("plan.json"), type=Plan)
        except (OSError, msgspec.MsgspecError) as error:
            raise SourceError("is no work folder of a run", path=self.place) from error

    def begin(self, plan: Plan) -> None:
        """Say what the run is; a folder of another plan is taken over, its shards stay until they are replaced."""
        self._put("plan.json", msgspec.json.encode(plan))

    def markers(self) -> Iterator[Marker]:
        """The markers of the plan's shards that belong to the plan, in order."""
        for key, plan in self.plan().shards.items():
            marker = self.marker(key)
            if marker is not None and marker.plan == plan:
                yield marker

    def marker(self, key: str) -> Marker | None:
        """The marker of a shard, None while there is none that can be read."""
        try:
            return msgspec.json.decode(self._get(f"done/{key}", _LONGEST_HEAD).split(b"\n", 1)[0], type=Marker)
        except (OSError, msgspec.MsgspecError):
            return None

    def pieces(self, marker: Marker) -> tuple[bytes, ...]:
        """What a shard gave, piece by piece; nothing where one of them is not what the marker says."""
        pieces = []
        with contextlib.suppress(OSError):
            head, _, data = self._get(f"done/{marker.key}").partition(b"\n")
            if head == msgspec.json.encode(marker):
                for size, digest in marker.pieces:
                    pieces.append(data[:size])
                    data = data[size:]
                    if sha256(pieces[-1]) != digest:
                        return ()
        return tuple(pieces)

    def put(self, marker: Marker, *pieces: bytes) -> Marker:
        """Keep what a shard gave; its marker."""
        marker = structs.replace(marker, pieces=tuple((len(piece), sha256(piece)) for piece in pieces))
        self._put(f"done/{marker.key}", b"".join((msgspec.json.encode(marker), b"\n", *pieces)))
        return marker

    def _get(self, name: str, most: int | None = None) -> bytes:
        if self._remote is None:
            with Path(self._base, name).open("rb") as stream:
                return stream.read(most or -1)
        with of_driver():
            content: bytes = self._remote.cat_file(f"{self._base}/{name}", end=most)
            return content

    def _put(self, name: str, content: bytes) -> None:
        """Whole or not at all: a rename on a disk, one upload to a store. A stream that breaks off inside `with
        open(...)` would be committed half by s3fs and pyarrow alike."""
        path = Path(self._base, name)
        try:
            if self.is_cache:
                keep(path, content)
            elif self._remote is None:
                path.parent.mkdir(parents=True, exist_ok=True)
                replace_file(path, content)
            else:
                self._remote.pipe_file(f"{self._base}/{name}", content)
        except SourceError:
            raise
        except Exception as error:
            raise SourceError(
                f"cannot be written: {getattr(error, 'strerror', None) or error}", path=f"{self.place}/{name}"
            ) from error


class Kept:
    """The shards of a run as its folder knows them. `markers` are those that follow the plan, by shard.

    What corpus rules find is kept for the corpus as a whole, so that a run over shards that are all known judges
    nothing.
    """

    def __init__(self, folder: Folder, shards: Mapping[str, tuple[Part, ...]], plan: Plan) -> None:
        self._folder, self._shards, self._plans = folder, shards, plan.shards
        self._now = time.time_ns()
        self._signatures: dict[str, Signature] = {}
        if folder.is_cache:  # a work folder may lie beside other copies of the files
            for key, shard in shards.items():
                self._signatures[key] = signature_of_all(dict.fromkeys(part.filename for part in shard))
        known = {key: folder.marker(key) for key in shards}
        self.markers = {key: one for key, one in known.items() if one is not None and one.plan == plan.shards[key]}
        folder.begin(plan)

    def digest(self, key: str) -> str:
        """The digest of a shard's content when it was kept; "" where it is not known."""
        return self.markers[key].digest if key in self.markers else ""

    def is_unchanged(self, key: str) -> bool:
        """Whether the files of a shard look as they did when it was kept."""
        look = self._signatures.get(key)
        return bool(look) and key in self.markers and self.markers[key].signature == look

    def known(self, key: str, *, states: bool = True) -> Gathered | None:
        """What a shard gave before, what corpus rules collected too where `states` are asked for; None where it is
        damaged."""
        pieces = self._folder.pieces(self.markers[key])
        try:
            gathered: Gathered = value_of(pieces[0], Gathered)
            return structs.replace(gathered, states=dict(loads(pieces[1])) if states else {})
        except Exception:  # a pickle of somebody else's raises nearly anything
            self.markers.pop(key)  # as if it was never kept
            return None

    def take(self, key: str, result: Gathered) -> Gathered | None:
        """What a shard gave, after it was kept; None where it is what it was before, and that is damaged."""
        if result.digest and result.digest == self.digest(key):
            given = self.known(key)
            if given is not None and self._settled(key) != self.markers[key].signature:
                self._keep(key, given)
            return given
        self._keep(key, result)
        return result

    def _keep(self, key: str, result: Gathered) -> None:
        looked = result.coverage
        marker = Marker(
            key,
            self._plans[key],
            result.digest,
            self._settled(key) if result.digest else (),
            documents=looked.documents,
            size=sum(part.size for part in self._shards[key]),
            seconds=result.seconds,
            counts=result.counts,
        )
        plain = packed(structs.replace(result, states={}, timings={}))
        self.markers[key] = self._folder.put(marker, plain, pickle.dumps(dict(result.states), pickle.HIGHEST_PROTOCOL))

    def _settled(self, key: str) -> Signature:
        """How a shard's files look; () where they may still change within the same tick of the clock."""
        look = self._signatures.get(key, ())
        return look if is_settled(look, self._now) else ()

    def verdict(self) -> Findings | None:
        """What corpus rules found in exactly these documents before; None where that is not known."""
        name, findings = self._name_of_all(), Findings()
        last = self._folder.marker("verdict") if name else None
        if last is None or last.digest != name:
            return None
        for number in range(last.documents):
            piece = self._folder.marker(f"verdict-{number:06d}")
            given = self._folder.pieces(piece) if piece is not None and piece.digest == name else ()
            try:
                findings.add(unpacked(given[0]))
            except (IndexError, ValueError):
                return None
        return findings

    def keep_verdict(
        self, verdict: Iterable[tuple[Finding, ...]], is_whole: Callable[[], bool]
    ) -> Iterator[tuple[Finding, ...]]:
        """What corpus rules find, kept as it comes; to be believed where it `is_whole` in the end."""
        name, count = self._name_of_all(), 0
        for findings in verdict:
            if name:
                self._folder.put(Marker(f"verdict-{count:06d}", "", name), packed(findings))
            count += 1
            yield findings
        if name and is_whole():
            self._folder.put(Marker("verdict", "", name, documents=count))

    def _name_of_all(self) -> str:
        """The name of what was made of all shards as they are now; "" where the content of one is not known."""
        digests = [self.digest(key) for key in self._shards]
        joined = "\0".join(f"{key}\0{digest}" for key, digest in zip(self._shards, digests, strict=True))
        return sha256(joined.encode()) if all(digests) else ""


def cache_root(settings: Settings) -> Path:
    """Where results are kept: `CORPUSLINT_CACHE_DIR`, else a folder beside the configuration."""
    chosen = os.environ.get("CORPUSLINT_CACHE_DIR")
    return Path(chosen) if chosen else settings.root / CACHE_NAME


def cache_of(settings: Settings, plan: str) -> Folder:
    """The folder of one plan in the cache. Of the others those used longest ago go where there are many."""
    root = cache_root(settings)
    for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
        if not (root / name).exists():
            keep(root / name, text.encode())
    own = root / f"findings-{_LAYOUT}" / plan
    with contextlib.suppress(OSError):
        own.mkdir(parents=True, exist_ok=True)
        os.utime(own)
        total = 0
        plans = sorted(own.parent.iterdir(), key=lambda one: one.stat().st_mtime_ns, reverse=True)
        for number, one in enumerate(plans):
            total += _bytes_in(one)
            if number >= MOST_PLANS or total > MOST_BYTES:
                shutil.rmtree(one, ignore_errors=True)
    return Folder(str(own), is_cache=True)


def clean(folder: Path) -> int:
    """Delete a cache folder; how many bytes it took. Nothing else is touched, nor a folder that is no cache of ours."""
    if not (folder / "CACHEDIR.TAG").is_file() and not (folder / "automata").is_dir():
        return 0
    freed = 0
    for part in sorted(folder.iterdir()):
        if part.name.startswith("findings-") or part.name in ("automata", "patterns", "tables", "words"):
            freed += _bytes_in(part)
            shutil.rmtree(part, ignore_errors=True)
    for name in ("CACHEDIR.TAG", ".gitignore"):
        (folder / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()
    return freed


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


_PLAIN = {
    "builtins": ("dict", "frozenset", "int", "list", "set"),
    "collections": ("Counter", "defaultdict"),
    "copyreg": ("__newobj__",),
}


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if name in _PLAIN.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a stored result")


def loads(data: bytes) -> Any:
    """The plain data that was pickled, read without running what is in it: a folder can come from somebody else.

    pickle.UnpicklingError where it names anything else; a damaged pickle raises nearly anything.
    """
    return _Reader(io.BytesIO(data)).load()
