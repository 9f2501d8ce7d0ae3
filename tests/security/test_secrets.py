"""Tokens and passwords stay out of messages, reports and logs. docs/security.md names each guard."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpuslint.cli.exits import complain
from corpuslint.errors import PublishError, SourceError
from corpuslint.formats.streams import filesystem_of
from corpuslint.publishing.fetching import opened
from corpuslint.publishing.hub import explained
from corpuslint.text.secrets import without_secrets
from tests.conftest import Corpuslint

TOKEN = "hf_" + "AbCd" * 8


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(f"token {TOKEN}.", "token ***.", id="token"),
        pytest.param(
            f"{{'Authorization': 'Bearer {TOKEN}'}}", "{'Authorization': 'Bearer ***'}", id="header as a dict"
        ),
        pytest.param("authorization: abc.def", "authorization: ***", id="header as a line"),
        pytest.param("Basic dXNlcjpwYXNz", "Basic ***", id="basic"),
        pytest.param("ftp://me:pass@host/a", "ftp://***@host/a", id="address with a password"),
        pytest.param(
            "https://h/a?X-Amz-Signature=ab12&b=1", "https://h/a?X-Amz-Signature=***&b=1", id="signed address"
        ),
        pytest.param("AKIAABCDEFGHIJKLMNOP", "***", id="key of a cloud"),
        pytest.param("a@b.example said so; key=1", "a@b.example said so; key=1", id="no secret"),
        pytest.param("hf://datasets/a/b@1.0.0/c", "hf://datasets/a/b@1.0.0/c", id="revision"),
    ],
)
def test_secrets_are_hidden(text: str, shown: str) -> None:
    assert without_secrets(text) == shown


def test_what_the_environment_holds_is_hidden_wherever_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "not-shaped-like-one")
    assert without_secrets("look at HF_ENDPOINT") == "look at HF_ENDPOINT"
    assert without_secrets("sent not-shaped-like-one to the Hub") == "sent *** to the Hub"


def test_a_failed_request_does_not_tell_the_token(corpuslint: Corpuslint, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    def refuse(url: str) -> None:
        raise ValueError(f"GET {url} failed: {{'Authorization': 'Bearer {TOKEN}'}}, token={TOKEN}")

    monkeypatch.setattr(fsspec.core, "url_to_fs", refuse)
    run = corpuslint("check", "https://host.example/a.jsonl", "--isolated")
    assert "host.example" in run.out + run.err
    assert TOKEN not in run.out + run.err


def test_a_reader_that_fails_does_not_tell_the_token_in_the_report(
    corpuslint: Corpuslint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpuslint.formats import jsonl

    def refuse(name: str) -> None:
        raise OSError(f"https://me:secret-word@host/ said no to Bearer {TOKEN}")

    monkeypatch.setattr(jsonl, "open_unpacked", refuse)
    (tmp_path / "a.jsonl").write_text("{}\n")
    run = corpuslint("check", tmp_path / "a.jsonl", "--isolated")
    assert "LNT001" in run.out
    assert "said no to Bearer ***" in run.out
    assert TOKEN not in run.out + run.err
    assert "secret-word" not in run.out + run.err


def test_an_error_of_the_hub_does_not_tell_the_token(capsys: pytest.CaptureFixture[str]) -> None:
    complain(explained(OSError(f"Authorization: Bearer {TOKEN}"), "a/b"))
    err = capsys.readouterr().err
    assert "nothing was published" in err
    assert TOKEN not in err


@pytest.mark.parametrize("use", ["input", "version"])
def test_an_address_with_a_password_is_not_used(use: str) -> None:
    url = "ftp://me:secret-word@host/a.jsonl"
    with pytest.raises((SourceError, PublishError), match="must not hold a password") as refused:
        if use == "input":
            filesystem_of(url)
        else:
            with opened(url):
                pass
    assert "secret-word" not in str(refused.value)
    assert "ftp://***@host" in str(refused.value)
