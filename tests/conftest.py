"""What many tests need: the command line called in-process, and a cache of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from corpuslint.cli.app import main

settings.register_profile("corpuslint", deadline=None)  # a busy machine is no finding
settings.load_profile("corpuslint")


class Run(NamedTuple):
    """What a command said and how it ended."""

    status: int
    out: str
    err: str


Corpuslint = Callable[..., Run]


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compiled automata of the tests stay out of the user's cache, and are shared between tests."""
    import os

    os.environ.setdefault("CORPUSLINT_CACHE_DIR", str(tmp_path_factory.getbasetemp().parent / "corpuslint-cache"))


@pytest.fixture
def corpuslint(capsys: pytest.CaptureFixture[str]) -> Corpuslint:
    """Call the command line: `corpuslint("check", path)` gives status, standard output and standard error."""

    def call(*arguments: str | Path) -> Run:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        status = ended.value.code
        return Run(status if isinstance(status, int) else int(status is not None), out, err)

    return call
