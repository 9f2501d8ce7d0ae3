"""`check --watch`: look again whenever a file below the paths, or the configuration, is another than it was."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from corpuslint.cli.exits import complain
from corpuslint.errors import CorpuslintError
from corpuslint.text.visible import shown

if TYPE_CHECKING:
    from corpuslint.cli.asked import Asked

State = dict[str, tuple[int, int]]

_LEFT_OUT = frozenset({".git", ".corpuslint", "__pycache__", "node_modules", "dist"})


_CONFIGURED = (
    "corpuslint.toml",
    "corpuslint.suppress.toml",
    "corpuslint.baseline.json",
    "pyproject.toml",
    "rules",
)


def watch(asked: Asked) -> NoReturn:
    """Check, wait for a change, check again; Ctrl-C ends it."""
    from corpuslint import api

    settings = asked.settled()
    wanted = asked.reports(settings)
    watched = [*asked.given, *(str(settings.root / name) for name in _CONFIGURED if (settings.root / name).exists())]
    if not asked.quiet:
        print(f"watching {shown(', '.join(asked.given))}; Ctrl-C ends", file=sys.stderr)
    for changed in changes(watched):
        if changed:
            print(f"\nchanged: {shown(', '.join(changed[:3]))}{' …' if len(changed) > 3 else ''}", file=sys.stderr)
        try:
            outcome = api.check(
                asked.given,
                asked.settled(),
                force_exclude=asked.force_exclude,
                since=asked.since,
                against=asked.against,
            )
            asked.show(outcome, wanted)
        except CorpuslintError as error:
            # a configuration that is being written is wrong for a moment
            complain(error)
        sys.stdout.flush()
    raise AssertionError("watching ends by interruption only")


def state_of(paths: Iterable[str]) -> State:
    """Time and size of every file below `paths`."""
    state: State = {}
    for path in paths:
        for file in _files(Path(path)):
            try:
                found = file.stat()
            except OSError:
                continue
            state[str(file)] = (found.st_mtime_ns, found.st_size)
    return state


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for root, folders, files in os.walk(path):
        folders[:] = [name for name in folders if name not in _LEFT_OUT]
        yield from (Path(root) / name for name in files)


def changes(paths: Iterable[str], *, wait: Callable[[], None] = lambda: time.sleep(0.5)) -> Iterator[tuple[str, ...]]:
    """The names of changed files, each time there are some; for ever. The first answer is empty and comes at once."""
    watched = tuple(paths)
    before = state_of(watched)
    yield ()
    while True:
        wait()
        now = state_of(watched)
        if now != before:
            changed = sorted(name for name in now.keys() | before.keys() if now.get(name) != before.get(name))
            before = now
            yield tuple(changed)
