"""Fixing leads somewhere, stays within what rules declare, and can always be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Document,
    DocumentId,
    Edit,
    EditBudget,
    FieldChange,
    Fix,
    Span,
    Split,
    fix_text,
)
from corpuslint.engine.fix import FixResult, fix_document
from corpuslint.engine.ruleset import ruleset
from corpuslint.model.ledger import replay, undo
from tests.specs import spec

Propose = Callable[[str], Iterator[tuple[Span, Fix]]]


class Proposing:
    """A rule that proposes what a function says."""

    def __init__(self, code: str, propose: Propose, *, budget: EditBudget | None = None, before: tuple[str, ...] = ()):
        self.spec = spec(code, budget=budget or EditBudget(), before=before)
        self._propose = propose

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        for span, fix in self._propose(anatomy.text):
            yield self.spec.report(anatomy.document, span, fix=fix)


def replacing(old: str, new: str, applicability: Applicability = Applicability.UNSAFE) -> Propose:
    def propose(text: str) -> Iterator[tuple[Span, Fix]]:
        at = text.find(old)
        while at >= 0:
            span = Span(at, at + len(old))
            yield span, Fix.replace("Replace it", span, new, applicability)
            at = text.find(old, at + 1)

    return propose


def fixed(text: str, *rules: Proposing, least: Applicability = Applicability.UNSAFE) -> FixResult:
    return fix_document(Document(DocumentId("d"), text), ruleset(rules), least)


def test_edits_of_many_rounds_replay_and_undo() -> None:
    result = fixed("aab", Proposing("AAA001", replacing("aa", "b")), Proposing("AAA002", replacing("bb", "c")))
    assert (result.text, result.rounds) == ("c", 2)
    assert replay("aab", result.applied) == "c"
    assert undo("c", result.applied) == "aab"


@pytest.mark.parametrize(
    ("least", "expected"),
    [(Applicability.SAFE, "- u d"), (Applicability.UNSAFE, "- y d")],
    ids=["safe", "unsafe"],
)
def test_only_fixes_that_are_sure_enough_are_applied(least: Applicability, expected: str) -> None:
    rules = (
        Proposing("AAA001", replacing("–", "-", Applicability.SAFE)),
        Proposing("AAA002", replacing("u", "y", Applicability.UNSAFE)),
        Proposing("AAA003", replacing("d", "z", Applicability.DISPLAY)),
    )
    assert fixed("– u d", *rules, least=least).text == expected


def test_rules_that_undo_each_other_leave_the_text_as_it_was() -> None:
    result = fixed("a", Proposing("AAA001", replacing("a", "b")), Proposing("AAA002", replacing("b", "a")))
    assert (result.text, result.applied) == ("a", ())
    assert [finding.code for finding in result.remaining] == ["AAA001", "LNT004"]


def test_a_rule_that_grows_its_text_for_ever_is_stopped() -> None:
    result = fixed("a", Proposing("AAA001", replacing("a", "aa")))
    assert (result.text, result.remaining[-1].code) == ("a", "LNT004")


def test_overlapping_edits_wait_for_the_next_round() -> None:
    first, second = Proposing("AAA001", replacing("abc", "x")), Proposing("AAA002", replacing("cd", "y"))
    assert fixed("abcd", first, second).text == "xd"


def test_the_rule_that_goes_before_goes_first() -> None:
    def lift(text: str) -> Iterator[tuple[Span, Fix]]:
        if text.startswith("source: x\n"):
            span = Span(0, 10)
            yield span, Fix("Lift it", Applicability.UNSAFE, (Edit(span, ""),), (FieldChange("source", "x"),))

    harvest = Proposing("SRC001", lift, before=("ART",))
    cut = Proposing("ART001", replacing("source: ", ""))
    result = fixed("source: x\ntext", harvest, cut)
    assert (result.text, dict(result.lifted)) == ("text", {"source": "x"})


def test_fields_lifted_do_not_replace_what_is_declared() -> None:
    def lift(text: str) -> Iterator[tuple[Span, Fix]]:
        if text[:1] == "s":
            yield (
                Span(0, 1),
                Fix("Lift it", Applicability.UNSAFE, (Edit(Span(0, 1), ""),), (FieldChange("source", "found"),)),
            )

    document = Document(DocumentId("d"), "s", {"source": "declared"})
    result = fix_document(document, ruleset([Proposing("AAA001", lift)]), Applicability.UNSAFE)
    assert (result.text, dict(result.lifted)) == ("", {})


@pytest.mark.parametrize(
    ("budget", "old", "new", "reason"),
    [
        (EditBudget(characters="aB"), "a", "b", "U+0062"),
        (EditBudget(whole_lines=True), "a", "", "part of a line"),
        (EditBudget(share=0.5), "a long", "", "more than 50%"),
    ],
    ids=["characters", "lines", "share"],
)
def test_a_fix_outside_its_budget_is_refused_and_reported(budget: EditBudget, old: str, new: str, reason: str) -> None:
    result = fixed("a long b", Proposing("AAA001", replacing(old, new), budget=budget))
    assert result.text == "a long b"
    assert [finding.code for finding in result.remaining] == ["AAA001", "LNT005"]
    assert reason in result.remaining[1].message


def test_whole_lines_within_budget_are_deleted() -> None:
    rule = Proposing("AAA001", replacing("  a \n", ""), budget=EditBudget(whole_lines=True))
    assert fixed("b\n  a \nc", rule).text == "b\nc"


def test_a_split_story_follows_from_the_original_text() -> None:
    def split(text: str) -> Iterator[tuple[Span, Fix]]:
        at = text.find("SECOND")
        if at > 0:
            whole = Span(at, len(text))
            yield whole, Fix("Split", Applicability.UNSAFE, (Edit(whole, ""),), splits=(Split(Span(at, len(text))),))

    original = "aab SECOND story"
    result = fixed(
        original,
        Proposing("AAA001", replacing("aa", "c")),
        Proposing("MIX001", split),
        least=Applicability.UNSAFE,
    )
    assert result.text == "cb "
    (story,) = result.stories
    assert story.text == "SECOND story"
    assert undo(story.text, story.edits) == original
    assert undo(result.text, result.applied) == original


def test_a_rule_that_raises_costs_that_rule_only() -> None:
    def explode(text: str) -> Iterator[tuple[Span, Fix]]:
        raise ValueError("no")
        yield

    result = fixed("a", Proposing("AAA001", explode), Proposing("AAA002", replacing("a", "b")))
    assert (result.text, [f.code for f in result.remaining]) == ("b", ["LNT003"])
    assert "AAA001 failed here: ValueError: no" in result.remaining[0].message


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("قال نعم", "قال ", "", "قال نعم"),
        ("رقم 31", " 31", "", "رقم 31"),
        ("قالت [BBC] نعم", "[BBC] ", "", "قالت [BBC] نعم"),
        ("كتب", "ب", "ت", "كتب"),
        ("<b>نعم</b>", "<b>نعم</b>", "", "<b>نعم</b>"),
        ("كوریا", "ی", "ي", "كوريا"),
        ("[ad_1] نعم", "[ad_1] ", "", "نعم"),
        ("قال&nbsp;نعم", "&nbsp;", " ", "قال نعم"),
        ("ط§ظ„ط¹ط±ط§ظ‚", "ط§ظ„ط¹ط±ط§ظ‚", "العراق", "العراق"),
    ],
    ids=["word", "number", "latin-word", "other-letter", "word-in-tags", "yeh", "shortcode", "entity", "mojibake"],
)
def test_a_fix_called_safe_removes_no_word(text: str, old: str, new: str, expected: str) -> None:
    result = fixed(text, Proposing("AAA001", replacing(old, new, Applicability.SAFE)), least=Applicability.SAFE)
    assert result.text == expected
    refused = [finding.code for finding in result.remaining if finding.code == "LNT005"]
    assert refused == (["LNT005"] if expected == text else [])


def test_a_fix_called_safe_is_refused_where_unsafe_ones_are_made_too() -> None:
    result = fixed("قال نعم", Proposing("AAA001", replacing("قال ", "", Applicability.SAFE)))
    assert result.text == "قال نعم"
    assert "takes a word out of the text: قال" in result.remaining[-1].message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>يضع الوسم &lt;select&gt; قائمة.</p>", "يضع الوسم &lt;select&gt; قائمة."),
        ("<p>&amp;lt;/title&amp;gt;&nbsp;وسم.</p>", "&amp;lt;/title&amp;gt; وسم."),
        ("&lt;p&gt;افتتحت &lt;b&gt;الحديقة&lt;/b&gt; أمس.&lt;/p&gt;", "افتتحت الحديقة أمس."),
        ("&lt;!-- قال نعم --&gt; ثم", "<!-- قال نعم --> ثم"),
    ],
    ids=["tag-named", "tag-named-twice-escaped", "page-escaped-whole", "words-in-a-comment"],
)
def test_a_chain_of_safe_fixes_removes_no_word(text: str, expected: str) -> None:
    assert fix_text(text) == expected
    assert fix_text(expected) == expected
