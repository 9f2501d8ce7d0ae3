"""What the README shows of a terminal is what the terminal shows."""

from __future__ import annotations

import re
import shlex

import pytest

from corpuslint.resources import rules_folder
from tests.conftest import Corpuslint

CHECKOUT = rules_folder().parent
BLOCK = re.compile(r"^```(?:console)?\n\$ corpuslint (.+)\n((?:.*\n)*?)```$", re.MULTILINE)
SHOWN = [tuple(match) for match in BLOCK.findall((CHECKOUT / "README.md").read_text("utf-8"))]


@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_prints_what_is_shown(
    command: str, shown: str, corpuslint: Corpuslint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CHECKOUT)
    assert corpuslint(*shlex.split(command)).out == shown


def test_there_is_something_shown() -> None:
    assert [command.split()[0] for command, _ in SHOWN] == ["check"]
