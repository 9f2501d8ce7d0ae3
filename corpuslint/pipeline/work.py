"""A work folder: what the shards of a run gave, so that any later run, on any executor, goes on where this one ended.

`plan.json` says what the run is; `results/KEY-…` holds what a shard gave and `done/KEY.json` says that it is there,
written last. Readers believe markers only, and a marker only while plan, content and result agree with it. There are
no locks: the folder may lie on a network disk or in an object store, and two runs at once do not disturb each other.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from corpuslint.errors import SourceError
from corpuslint.execution.executor import Task
from corpuslint.formats.atomic import replace_file
from corpuslint.formats.streams import filesystem_of, is_url

LAYOUT = 2


class Marker(msgspec.Struct, frozen=True):
    """A finished shard. `contents` maps the name of each part to its digest."""

    key: str
    plan: str
    contents: Mapping[str, str]
    sha256: str
    documents: int
    size: int
    seconds: float
    counts: Mapping[str, int] = {}


class Plan(msgspec.Struct, frozen=True):
    """What a run is going to do; `shards` maps the keys of its shards, in order, to the plan that each follows."""

    shards: Mapping[str, str]
    size: int


class WorkFolder:
    """The folder at a local path or any URL that fsspec can write to."""

    def __init__(self, place: str) -> None:
        self.place = place.rstrip("/")
        self._remote: Any = None
        if is_url(place):
            self._remote, self._base = filesystem_of(self.place)
        else:
            self._base = self.place

    def begin(self, plan: Plan) -> None:
        """Say what the run is; a folder of another plan is taken over, its results stay until they are replaced."""
        self._put("plan.json", _json({"layout": LAYOUT, "shards": list(plan.shards.items()), "size": plan.size}))

    def plan(self) -> Plan:
        """What the run is. SourceError where this is no work folder."""
        try:
            plain = json.loads(self._get("plan.json"))
            return Plan(dict(plain["shards"]), plain["size"])
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise SourceError("is no work folder of a run", origin=self.place) from error

    def marker(self, key: str) -> Marker | None:
        """The marker of a shard, None while there is none that can be read."""
        try:
            return Marker(**json.loads(self._get(f"done/{key}.json")))
        except (OSError, ValueError, TypeError):
            return None

    def result(self, marker: Marker) -> bytes | None:
        """What the shard gave; None where it is not what the marker says."""
        try:
            payload = self._get(f"results/{marker.key}-{marker.sha256[:16]}")
        except OSError:
            return None
        return payload if hashlib.sha256(payload).hexdigest() == marker.sha256 else None

    def payload(self, key: str, plan: str) -> bytes | None:
        """What a shard gave by this plan; None where that is not there, or damaged."""
        marker = self.marker(key)
        return self.result(marker) if marker is not None and marker.plan == plan else None

    def lasting(self, key: str, plan: str, contents: Mapping[str, str]) -> Marker | None:
        """The marker of a shard whose result still holds: by the same plan, of the same content, which is known."""
        marker = self.marker(key)
        if marker is None or marker.plan != plan or dict(marker.contents) != contents or not all(contents.values()):
            return None
        return marker if self.result(marker) is not None else None

    def finish(self, payload: bytes, **of_marker: Any) -> Marker:
        """Keep what a shard gave, then its marker, which has these fields."""
        marker = Marker(sha256=hashlib.sha256(payload).hexdigest(), **of_marker)
        self._put(f"results/{marker.key}-{marker.sha256[:16]}", payload)
        self._put(f"done/{marker.key}.json", _json(structs.asdict(marker)))
        return marker

    def markers(self) -> Iterator[Marker]:
        """The markers of the plan's shards that belong to the plan, in order."""
        for key, plan in self.plan().shards.items():
            marker = self.marker(key)
            if marker is not None and marker.plan == plan:
                yield marker

    def _get(self, name: str) -> bytes:
        if self._remote is None:
            return Path(self._base, name).read_bytes()
        try:
            content: bytes = self._remote.cat_file(f"{self._base}/{name}")
            return content
        except OSError:
            raise
        except Exception as error:
            raise OSError(f"{type(error).__name__}: {error}") from error

    def _put(self, name: str, content: bytes) -> None:
        """Whole or not at all: a rename on a disk, one upload to a store. A stream that breaks off inside `with
        open(...)` would be committed half by s3fs and pyarrow alike."""
        try:
            if self._remote is None:
                path = Path(self._base, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                replace_file(path, content)
            else:
                self._remote.pipe_file(f"{self._base}/{name}", content)
        except SourceError:
            raise
        except Exception as error:
            raise SourceError(
                f"cannot be written: {getattr(error, 'strerror', None) or error}", origin=f"{self.place}/{name}"
            ) from error


def kept(task: Task, contents: Mapping[str, str], do: Callable[[], tuple[Any, int, Mapping[str, int]]]) -> Marker:
    """The marker of a task's result in the work folder of its job.

    Where none is there that lasts, `do` is called, which gives the result, how many documents it is of, and what was
    found in them.

    `contents` maps each part of the shard to a digest of all that the result depends on.
    """
    started = time.perf_counter()
    job, folder = task.args["job"], WorkFolder(task.args["job"].work)
    if (before := folder.lasting(task.key, job.plan, contents)) is not None:
        return before
    result, documents, counts = do()
    return folder.finish(
        pickle.dumps(result, pickle.HIGHEST_PROTOCOL),
        key=task.key,
        plan=job.plan,
        contents=contents,
        documents=documents,
        size=sum(part.size for part in task.args["parts"]),
        seconds=round(time.perf_counter() - started, 3),
        counts=counts,
    )


def _json(plain: Mapping[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
