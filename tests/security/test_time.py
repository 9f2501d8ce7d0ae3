"""No text takes a rule long. Times at 1 to 8 MB are `benchmarks/worst.py`'s; here are small texts and wide bounds."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from itertools import product

import pytest

from benchmarks.worst import TEXTS
from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_anatomy
from corpuslint.engine.fix import fix_document
from corpuslint.engine.rules import rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.layout import lines_of
from corpuslint.facts.markers import marker_on
from corpuslint.model.document import Document, DocumentId
from corpuslint.model.levels import Applicability

SECONDS = 2.0
"""Of a processor. What is linear takes a twentieth of it here, what is quadratic about as long, all else for ever."""

RUNS = (" ", "ا", "1", ".", "«", "\n", "\N{ZERO WIDTH NON-JOINER}", "a")
"""What is put into a rule's own example, thousands of times: the example leads the rule to its innermost pattern."""


class TooLong(BaseException):
    """Raised in the middle of what takes too long; no rule catches it."""


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    found = rules_for(Settings(select=("ALL",)))
    found.warm_up()
    for rule in found.rules:  # what is compiled and read at its first use is not timed
        for example in rule.spec.invalid:
            check_anatomy(Anatomy(Document(DocumentId("warm"), example.text)), (rule,), found)
    return found


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    def end(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, end)
    yield
    signal.signal(signal.SIGVTALRM, before)


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        work()
    except TooLong:
        return SECONDS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - started


def families() -> list[str]:
    return sorted({code[:3] for code in rules_for(Settings(select=("ALL",))).specs} - {"LNT"})


@pytest.mark.parametrize("family", families())
def test_a_rule_is_not_led_astray_by_a_run_in_its_own_example(rules: RuleSet, family: str) -> None:
    slow = []
    for rule in rules.rules:
        if not rule.spec.code.startswith(family):
            continue
        example = next((example for example in rule.spec.invalid if example.text.strip()), None)
        if example is None:
            continue
        text = example.text
        first = text.find(" ") + 1
        for run, at in product(RUNS, sorted({first, len(text)})):
            hostile = text[:at] + run * 3_000 + text[at:]
            anatomy = Anatomy(Document(DocumentId("d"), hostile, example.metadata))
            if seconds(lambda anatomy=anatomy, rule=rule: check_anatomy(anatomy, (rule,), rules)) >= SECONDS:
                slow.append((rule.spec.code, run, at))
    assert slow == []


def test_a_line_of_unseen_characters_is_no_riddle() -> None:
    """They stand between words and in them; forty of them once took a pattern of free words minutes."""
    between, inside = "\N{ZERO WIDTH NON-JOINER}" * 80, "a\N{ZERO WIDTH NON-JOINER}" * 80
    for text in (f"اقرأ أيضا{between} a b c d e f g", f"اقرأ أيضا {inside} b c d e f"):
        (line,) = lines_of(text)
        assert seconds(lambda line=line, text=text: marker_on(line, text)) < SECONDS


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_linted_in_time(rules: RuleSet, name: str) -> None:
    anatomy = Anatomy(Document(DocumentId("d"), TEXTS[name](30_000)))
    assert seconds(lambda: check_anatomy(anatomy, rules.rules, rules)) < SECONDS


@pytest.mark.parametrize(
    "name", ["yeh of another script", "mojibake", "straight quotes", "spaces", "commas", "tatweel"]
)
def test_a_hostile_text_is_mended_in_time(rules: RuleSet, name: str) -> None:
    document = Document(DocumentId("d"), TEXTS[name](20_000))
    assert seconds(lambda: fix_document(document, rules, Applicability.UNSAFE)) < SECONDS
