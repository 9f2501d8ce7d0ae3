"""A rule of data takes twice the steps on twice the text, whatever its kind.

A step is a call, or a character that a pattern is given to look at.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.document import Document, DocumentId
from corpuslint.packs.declarative import KINDS
from corpuslint.packs.kinds import DeclarativeRule
from corpuslint.packs.loader import load_pack
from corpuslint.resources import rules_folder

TIMES = 60
FLAT = 3_000
"""Steps that a rule may take whatever the text."""
NO_RULE_OF_OURS = """
[[rule]]
code = "ART951"
kind = "line"
through = "blank"
phrases = ["تابعوا صفحتنا"]
fix = { delete = "line" }
invalid = [{ text = "تابعوا صفحتنا\\nسطر آخر\\n\\nنص" }]

[[rule]]
code = "ART952"
kind = "line"
labels = ["المحرر"]
lift = "editor"
invalid = [{ text = "المحرر: سامي\\nنص" }]

[[rule]]
code = "ART953"
kind = "limit"
max = 0
pattern = "ممنوع جدا"
invalid = [{ text = "ممنوع جدا" }]

[[rule]]
code = "ART954"
kind = "limit"
min = 1
pattern = "مطلوب جدا"
invalid = [{ text = "مطلو مطلوب" }]

[[rule]]
code = "ART955"
kind = "limit"
measure = "words"
min = 9
invalid = [{ text = "كلمة واحدة" }]
"""
WHATEVER = 'severity = "info"\nmessage = "m"\ndocs = { finds = "f", why = "w" }\nvalid = [{ text = "x", why = "w" }]\n'


def rules_of_data(folder: Path) -> list[DeclarativeRule]:
    """Ours, and one of each kind that we have none of."""
    table = NO_RULE_OF_OURS
    for code in ("ART951", "ART952", "ART953", "ART954", "ART955"):
        table = table.replace(f'code = "{code}"\n', f'code = "{code}"\nname = "{code.lower()}"\n{WHATEVER}')
    (folder / "pack.toml").write_text('[pack]\nname = "p"\nsummary = "s"\ndeclarative = ["r.toml"]\n', "utf-8")
    (folder / "r.toml").write_text(table, "utf-8")
    folders = [folder, *(path.parent for path in sorted(rules_folder().glob("*/pack.toml")))]
    every = (rule for one in folders for rule in load_pack(one).rules)
    return [rule for rule in every if isinstance(rule, DeclarativeRule) and kind_of(rule) != "python"]


def kind_of(rule: DeclarativeRule) -> str:
    return str(rule.kind.__struct_config__.tag)


class Steps:
    """What is counted: calls, and the characters that patterns are given to look at."""

    def __init__(self) -> None:
        self.taken = 0

    def count(self, _frame: object, event: str, _argument: object) -> None:
        self.taken += event in ("call", "c_call")


class Counted:
    """A pattern that counts what it is given."""

    def __init__(self, pattern: Any, steps: Steps) -> None:
        self._pattern, self._steps = pattern, steps
        self.groupindex = pattern.groupindex

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[Any]:
        for match in self._pattern.finditer(text, start, end):
            self._steps.taken += match.end() - start
            start = match.end()
            yield match
        self._steps.taken += min(end, len(text)) - start

    def _once(self, name: str, text: str, start: int, end: int) -> Any:
        match = getattr(self._pattern, name)(text, start, end)
        self._steps.taken += (match.end() if match else min(end, len(text))) - start
        return match

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> Any:
        return self._once("search", text, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> Any:
        return self._once("match", text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> Any:
        return self._once("fullmatch", text, start, end)


def steps_of(rule: DeclarativeRule, text: str, metadata: Any) -> int:
    """The steps of the rule on a text whose facts are known already."""
    anatomy = Anatomy(Document(DocumentId("d"), text, metadata))
    list(rule.check(anatomy))
    steps = Steps()
    patterns = tuple(Counted(pattern, steps) for pattern in rule.prepared.patterns)
    counted = structs.replace(rule, prepared=structs.replace(rule.prepared, patterns=patterns))
    before = sys.getprofile()
    sys.setprofile(steps.count)
    try:
        list(counted.check(anatomy))
    finally:
        sys.setprofile(before)
    return steps.taken


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"python"}))
def test_twice_the_text_takes_twice_the_steps(kind: str, tmp_path: Path) -> None:
    rules = [rule for rule in rules_of_data(tmp_path) if kind_of(rule) == kind]
    assert rules, f"no rule of the kind {kind} is counted"
    slow = []
    for rule in rules:
        example = rule.spec.invalid[0]
        for unit in (f"{example.text.strip()}\n", f"{example.text.strip()} "):
            once, twice = (steps_of(rule, unit * times, example.metadata) for times in (TIMES, 2 * TIMES))
            if twice > 2.4 * once + FLAT:
                slow.append((rule.spec.code, unit[-1], once, twice))
    assert slow == []
