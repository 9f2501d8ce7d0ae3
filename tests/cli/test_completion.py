"""What Tab offers."""

from __future__ import annotations

import pytest

from corpuslint.cli.app import main
from corpuslint.cli.completion import formats, reports, selectors


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
    monkeypatch.setenv("_CORPUSLINT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "corpuslint check --output-format gi")
    monkeypatch.setenv("COMP_CWORD", "3")
    with pytest.raises(SystemExit):
        main([])
    assert capsys.readouterr().out.split() == ["github", "gitlab"]
