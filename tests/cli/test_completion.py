"""What Tab offers."""

from __future__ import annotations

import pytest

from corpuslint.cli.app import main
from corpuslint.cli.options import formats, reports, selectors
from tests.conftest import Corpuslint


def test_formats_and_reports() -> None:
    assert formats("js") == ["json", "json-lines"]
    assert reports("sar") == ["sarif="]


def test_selectors_are_families_codes_and_names() -> None:
    assert ("ENC", "bytes and encoding") in selectors("EN")
    assert ("ENC021", "html-entity") in selectors("ENC02")
    assert selectors("html-ent") == [("html-entity", "ENC021")]


def test_after_a_comma_the_next_selector_is_offered() -> None:
    assert ("LET,ENC021", "html-entity") in selectors("LET,ENC02")


def test_the_shell_is_answered(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("_CORPUSLINT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "corpuslint check --output-format gi")
    monkeypatch.setenv("COMP_CWORD", "3")
    with pytest.raises(SystemExit):
        main([])
    assert capsys.readouterr().out.split() == ["plain,github", "plain,gitlab"]


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_a_shell_is_taught(shell: str, corpuslint: Corpuslint) -> None:
    taught = corpuslint("--completion", shell)
    assert taught.status == 0
    assert f"_CORPUSLINT_COMPLETE={shell}_complete" in taught.out
