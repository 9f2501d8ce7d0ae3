"""No pattern of a pack can be made to hang: refused when the pack is loaded, stopped when it runs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import regex

from corpuslint.engine.check import check_document
from corpuslint.engine.ruleset import RuleSet, ruleset
from corpuslint.errors import PackError
from corpuslint.model.document import Document, DocumentId
from corpuslint.packs import guarded
from corpuslint.packs.guarded import complaint_about
from corpuslint.packs.loader import load_pack

MANIFEST = '[pack]\nname = "mine"\nsummary = "s"\ndeclarative = ["site.toml"]\n'
HOLDS_ITSELF = "(x+x+)+y"


def compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.VERSION1 | regex.MULTILINE)


@pytest.fixture(autouse=True)
def no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier run found good is not known."""
    monkeypatch.setenv("CORPUSLINT_CACHE_DIR", str(tmp_path / "cache"))


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(HOLDS_ITSELF, id="repeats in a row inside a repeat"),
        pytest.param("(a+)+$", id="repeat of a repeat"),
        pytest.param("(a|aa)+$", id="alternatives that begin alike"),
        pytest.param(r"(\w+\s?)*:", id="words with an optional space"),
        pytest.param(r"(.*?,){11}P", id="lazy repeats, counted"),
        pytest.param(r"(.*a){12}$", id="greedy repeats, counted"),
        pytest.param(r"\s*\s*\s*\s*x", id="one character shared among repeats"),
        pytest.param(r"(?x) (?: \p{L}+ \p{M}* \p{L}* )+ :", id="verbose, with properties"),
        pytest.param(r"(?:[[\w]--[0-9]]+\s?)*:", id="sets subtracted"),
    ],
)
def test_what_backtracks_without_bound_is_told(pattern: str) -> None:
    assert "times, takes it more than" in complaint_about(compiled(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s+$",
        r"(?:\w+,\s*)+\.",
        "(?>a+)+x",
        "(?:a++)+x",
        r"^[ \t]*(?:اقرأ|شاهد) أيضا\s*[:：]?.*$",
        r"\[(?:caption|gallery)[^\]]*\]",
        r"(?<=\s)(?:\p{L}+ ){2,5}\p{L}+:",
        r"(?:(?:20|19)\d\d)(?:\s*[-–]\s*\d{1,2}){0,2}",
        r"(?P<span>(?:#\w+\s*)+)$",
        r"«[^»]*»(?:\s*[،,]\s*«[^»]*»)*",
        r"(?i:read more)(?:\X{1,3})?(?=.*$)",
    ],
)
def test_what_is_written_every_day_is_let_be(pattern: str) -> None:
    assert complaint_about(compiled(pattern)) == ""


def rule(**keys: str) -> str:
    lines = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f"""[[rule]]
code = "ART950"
name = "site-footer"
severity = "error"
message = "m"
docs = {{ finds = "f", why = "w" }}
invalid = [ {{ text = "xxy" }} ]
valid = [ {{ text = "z", why = "z" }} ]
{lines}"""


def pack(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "pack.toml").write_text(MANIFEST, "utf-8")
    (folder / "site.toml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        pytest.param({"kind": '"find"', "pattern": f"'{HOLDS_ITSELF}'"}, 10, id="find"),
        pytest.param({"kind": '"line"', "pattern": f"'{HOLDS_ITSELF}'"}, 10, id="line"),
        pytest.param({"kind": '"line"', "pattern": "'x'", "until": f"'{HOLDS_ITSELF}'"}, 11, id="until"),
        pytest.param({"kind": '"limit"', "max": "0", "pattern": f"'{HOLDS_ITSELF}'"}, 11, id="forbid"),
    ],
)
def test_such_a_pack_does_not_load(tmp_path: Path, keys: dict[str, str], row: int) -> None:
    folder = pack(tmp_path / "mine", rule(**keys))
    with pytest.raises(PackError, match="backtracks without bound") as refused:
        load_pack(folder)
    assert refused.value.path == str(folder / "site.toml")
    assert refused.value.line == row
    assert refused.value.message.startswith("ART950: the pattern '(x+x+)+y'")
    assert "possessive" in refused.value.remedy


SLOW = "'a*a*b'"
"""Not bad enough to be refused, and slow on long runs of a."""


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        pytest.param({"kind": '"find"', "pattern": SLOW}, "a" * 5_000 + " b", id="one long match"),
        pytest.param({"kind": '"line"', "pattern": SLOW}, ("a" * 1_000 + " b\n") * 200, id="many lines"),
    ],
)
def test_a_slow_pattern_costs_its_rule_and_not_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: dict[str, str], text: str
) -> None:
    monkeypatch.setattr(guarded, "RULE_SECONDS", 0.1)
    rules: RuleSet = ruleset(load_pack(pack(tmp_path / "mine", rule(**keys))).rules)
    started = time.process_time()
    (found,) = check_document(Document(DocumentId("d"), text), rules)
    assert time.process_time() - started < 2
    assert found.code == "LNT003"
    assert found.message == "the rule ART950 failed here: its pattern takes longer than it may"
