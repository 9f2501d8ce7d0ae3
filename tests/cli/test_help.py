"""Help says what a person can type: no types of Python, no sentence that is cut."""

from __future__ import annotations

import pytest

from corpuslint.cli.app import COMMANDS
from tests.conftest import Corpuslint


def test_the_list_of_commands_is_whole(corpuslint: Corpuslint) -> None:
    words = " ".join(corpuslint("--help").out.partition("Commands:")[2].split())
    assert [name for name, (_, line) in COMMANDS.items() if f"{name} {line}" not in words] == []


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_names_no_types(command: str, corpuslint: Corpuslint) -> None:
    options = [line for line in corpuslint(command, "--help").out.splitlines() if line.startswith(("Usage", "  -"))]
    assert [line for line in options for word in ("<", "completion", "[[") if word in line] == []


def test_a_mistyped_command_is_told_the_nearest(corpuslint: Corpuslint) -> None:
    run = corpuslint("chekc")
    assert (run.status, "no command 'chekc': did you mean 'check'?" in run.err) == (2, True)
