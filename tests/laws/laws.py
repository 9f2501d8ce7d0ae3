"""What must hold for any rules on any text; each law raises AssertionError with what broke it."""

from __future__ import annotations

from itertools import pairwise

from corpuslint.engine.check import check_anatomy, check_document
from corpuslint.engine.fix import fix_document
from corpuslint.engine.ruleset import RuleSet
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.ledger import replay, undo
from corpuslint.model.levels import Applicability, Scope


def found_soundly(document: Document, rules: RuleSet) -> tuple[Diagnostic, ...]:
    """The findings, which are the same when every rule is run as when only those are that the scan wakes."""
    found = check_document(document, rules)
    assert found == check_anatomy(Anatomy(document), rules.rules, rules), "a rule slept when it would report"
    return found


def lies_in_the_text(found: tuple[Diagnostic, ...], text: str) -> None:
    """No rule crashed; every span and edit lies in the text; the edits of one fix do not overlap."""
    for finding in found:
        assert not finding.code.startswith("LNT"), finding.message
        if finding.field != "text":
            continue
        assert 0 <= finding.span.start <= finding.span.end <= len(text), finding
        assert finding.scope is Scope.SPAN or finding.span == (0, 0), finding
        if finding.fix is None:
            continue
        edits = sorted(finding.fix.edits)
        assert all(0 <= edit.span.start <= edit.span.end <= len(text) for edit in edits), finding
        assert all(left.span.end <= right.span.start for left, right in pairwise(edits)), finding
        for split in finding.fix.splits:
            assert 0 <= split.story.start < split.story.end <= len(text), finding


def mends_and_comes_back(document: Document, rules: RuleSet, least: Applicability) -> None:
    """Fixing ends, within every budget; its edits lead there and back; a second time there is nothing to do."""
    result = fix_document(document, rules, least)
    trouble = [finding.message for finding in result.remaining if finding.code.startswith("LNT")]
    assert not trouble, f"{trouble} on {result.text!r}"
    assert replay(document.text, result.applied) == result.text
    assert undo(result.text, result.applied) == document.text
    for story in result.stories:
        assert replay(document.text, story.edits) == story.text
    origin = Origin(document.origin.filename, encoding=result.encoding or document.origin.encoding)
    mended = Document(DocumentId("a.txt"), result.text, {**result.lifted, **document.metadata}, origin)
    again = fix_document(mended, rules, least)
    changed = [(edit.code, edit.before, edit.after) for edit in again.applied]
    assert not again.changed, f"fixing twice changes again: {changed} {dict(again.lifted)}"


def same_with_other_line_ends(document: Document, rules: RuleSet) -> None:
    """Line ends of Windows move the findings and change none."""
    lines = document.text.replace("\r\n", "\n").replace("\r", "\n")
    unix = Document(document.id, lines, document.metadata, document.origin)
    windows = Document(document.id, lines.replace("\n", "\r\n"), document.metadata, document.origin)
    assert _told(unix, rules) == _told(windows, rules)


def _told(document: Document, rules: RuleSet) -> list[tuple[str, str, int, str]]:
    text = document.text
    return sorted(
        (
            finding.code,
            finding.field,
            text.count("\n", 0, finding.span.start),
            text[finding.span.start : finding.span.end].replace("\r\n", "\n") if finding.field == "text" else "",
        )
        for finding in check_document(document, rules)
    )
