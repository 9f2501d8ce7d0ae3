"""Ctrl-C says what is left, and commands that take long say how far they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpuslint.cli import app
from tests.conftest import Corpuslint

SAID = {
    (
        "check",
        "--fix",
    ): "every file is whole, as it was or fixed; the same command goes on, `corpuslint undo` takes back",
    ("check",): "nothing was changed",
    ("build",): "no version was written",
}


@pytest.mark.parametrize(("command", "said"), SAID.items(), ids=map(" ".join, SAID))
def test_an_interrupted_run_says_what_it_left(
    command: tuple[str, ...], said: str, corpuslint: Corpuslint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app.app, "make_context", interrupt)
    run = corpuslint(*command, "news")
    assert (run.status, run.err) == (130, f"interrupted: {said}\n")


@pytest.mark.parametrize("command", ["build", "report", "baseline"])
def test_a_long_command_says_how_far_it_is(
    command: str, tmp_path: Path, corpuslint: Corpuslint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpuslint.cli.progress._PLAIN_INTERVAL", 0.0)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news/a.txt").write_text("انتهى الاجتماع مساء.\n" * 4, "utf-8")
    more = ("--name", "n", "--version", "1.0.0", "--select", "PUN") if command == "build" else ()
    assert "100%" in corpuslint(command, "news", *more).err
