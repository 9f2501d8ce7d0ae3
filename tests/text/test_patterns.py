"""Expressions kept between runs are the ones that `re` makes, and a cache that is not whole is no cache."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpuslint.resources import keep_table, kept_table
from corpuslint.text import patterns

EXPRESSIONS = {
    "letters": (r"[اأإآ]لمصدر\s*[:：]", 0),
    "groups": (r"(?P<day>\d{1,2})/(\d+)/(?P<year>\d{4})(?(day)x|y)", 0),
    "flags": (r"(?x) a  # a comment", re.IGNORECASE | re.MULTILINE),
    "bytes": (rb"\x00+(?P<rest>[a-z]*)", 0),
    "look-behind": (r"(?<!\w)(?:من|إلى)(?!\w)(?=\S)", re.ASCII),
}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CORPUSLINT_CACHE_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(("pattern", "flags"), EXPRESSIONS.values(), ids=EXPRESSIONS.keys())
def test_anew_and_from_the_cache_it_is_what_re_compiles(pattern: str | bytes, flags: int, cache: Path) -> None:
    """Compiled patterns are equal only where their code is, byte for byte."""
    code = f"from corpuslint.text.patterns import compile_re; import re; p = {pattern!r}, {int(flags)}\n"
    code += "made = compile_re(*p); print(made == re.compile(*p), made.groupindex == re.compile(*p).groupindex)"
    said = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(2)]
    assert [one.stdout.split() for one in said] == [["True", "True"]] * 2
    assert len(list((cache / "tables").iterdir())) == 1


def test_an_expression_that_is_none_is_refused_as_re_refuses_it() -> None:
    with pytest.raises(re.error, match="unterminated character set"):
        patterns.compile_re("[ab")


def test_code_that_the_engine_refuses_is_compiled_anew() -> None:
    patterns._kept()["ab+c", 0] = (32, b"\xff\xff\xff\xff" * 4, 0, {})
    try:
        assert patterns.compile_re("ab+c") == re.compile("ab+c")
    finally:
        del patterns._kept()["ab+c", 0]


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-1], lambda data: b"\0" + data[1:], lambda data: b""], ids=["cut", "changed", "empty"]
)
def test_a_table_that_is_not_whole_is_none(spoil: Callable[[bytes], bytes], cache: Path) -> None:
    keep_table("words", "maker", {"a": 1})
    assert kept_table("words", "maker") == {"a": 1}
    assert kept_table("words", "another maker") is None
    (path,) = (cache / "tables").iterdir()
    path.write_bytes(spoil(path.read_bytes()))
    assert kept_table("words", "maker") is None


def test_a_table_of_another_user_is_none(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(os, "getuid"):
        pytest.skip("files have no owners here")
    keep_table("words", "maker", {"a": 1})
    owner = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    assert kept_table("words", "maker") is None
