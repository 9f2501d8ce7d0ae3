"""Expressions compiled late are the ones that `re` makes, and a cache that is not whole is no cache."""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpuslint.resources import keep, keep_table, kept_table
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


of_each = pytest.mark.parametrize(("pattern", "flags"), EXPRESSIONS.values(), ids=EXPRESSIONS.keys())


@of_each
def test_it_is_what_re_compiles(pattern: str | bytes, flags: int) -> None:
    real, lazy = re.compile(pattern, flags), patterns.compile_re(pattern, flags)
    assert (lazy.pattern, lazy.flags, lazy.groups) == (real.pattern, real.flags, real.groups)
    assert lazy.groupindex == real.groupindex
    assert pickle.loads(pickle.dumps(lazy)).flags == real.flags


def test_every_method_is_that_of_the_expression() -> None:
    lazy = patterns.compile_re("(?P<letter>[ab])c")
    assert [match["letter"] for match in lazy.finditer("acbc")] == ["a", "b"]
    assert lazy.sub("x", "acbc", count=1) == "xbc"
    assert (lazy.findall("bc ac"), lazy.split("1ac2"), lazy.match("c"), lazy.fullmatch("ac ")) == (
        ["b", "a"],
        ["1", "a", "2"],
        None,
        None,
    )


def test_nothing_is_compiled_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    monkeypatch.setattr(patterns.re, "compile", lambda pattern, flags: compiled.append(pattern))
    lazy = patterns.compile_re("[ab")
    assert compiled == []
    with pytest.raises(AttributeError):
        lazy.search("a")
    assert compiled == ["[ab"]


def test_an_expression_that_is_none_is_refused_as_re_refuses_it() -> None:
    with pytest.raises(re.error, match="unterminated character set"):
        patterns.compile_re("[ab").search("a")


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


def test_what_nobody_has_read_for_long_is_deleted_when_something_is_kept(cache: Path) -> None:
    keep(cache / "proofs" / "old", b"")
    keep(cache / "proofs" / "read", b"")
    os.utime(cache / "proofs" / "old", (0, 0))
    os.utime(cache / "proofs" / "read", (2**31, 0))
    (cache / "proofs").rename(cache / "tables")
    keep(cache / "tables" / "new", b"")
    assert sorted(path.name for path in (cache / "tables").iterdir()) == ["new", "read"]
