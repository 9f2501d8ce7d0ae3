"""What the examples of a rule promise, and what the rule makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from corpuslint.engine.check import check_anatomy
from corpuslint.engine.fix import fix_document
from corpuslint.engine.ruleset import RuleSet, ruleset
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.ledger import replay, undo
from corpuslint.model.levels import Applicability, Scope
from corpuslint.model.rule import CorpusRule, Example, Rule


def complaints_about(rule: Rule | CorpusRule, begin: Callable[[str], object] = str) -> Iterator[str]:
    """What the examples of `rule` promise and the rule does not keep; nothing for a corpus rule.

    A corpus rule is judged by whole corpora, which its own tests hold. `begin` is called with the name of each example
    before it runs.
    """
    if not isinstance(rule, Rule):
        return
    rules = ruleset([rule], min_confidence=0.0)  # how sure an example is depends on what it is an example of
    for number, example in enumerate(rule.spec.invalid, start=1):
        begin(name := f"{rule.spec.code} invalid {number}")
        for complaint in _invalid(rule, rules, example):
            yield f"{name}: {complaint}"
    for number, example in enumerate(rule.spec.valid, start=1):
        begin(name := f"{rule.spec.code} valid {number}")
        findings = check_anatomy(Anatomy(_document(example)), (rule,), rules)
        if findings:
            yield f"{name}: reported {_texts(example.text, findings)} ({example.why})"


def fixes_of(rule: Rule | CorpusRule) -> tuple[Applicability, ...]:
    """Who may apply the fixes that the examples of `rule` bring about, the safest first; none for a corpus rule."""
    if not isinstance(rule, Rule):
        return ()
    rules = ruleset([rule], min_confidence=0.0)
    found = {
        finding.fix.applicability
        for example in rule.spec.invalid
        for finding in check_anatomy(Anatomy(_document(example)), (rule,), rules)
        if finding.code == rule.spec.code and finding.fix is not None
    }
    return tuple(level for level in Applicability if level in found)


def _document(example: Example) -> Document:
    return Document(
        DocumentId("example"), example.text, dict(example.metadata), Origin("example", encoding=example.encoding)
    )


def _texts(text: str, findings: tuple[Diagnostic, ...]) -> list[str]:
    return [
        f"{f.code} {text[f.span.start : f.span.end]!r}" if any(f.span) else f"{f.code} {f.message}" for f in findings
    ]


def _invalid(rule: Rule, rules: RuleSet, example: Example) -> Iterator[str]:
    document = _document(example)
    everywhere = check_anatomy(Anatomy(document), (rule,), rules)
    own = tuple(finding for finding in everywhere if finding.code == rule.spec.code)
    if not own:
        yield f"not reported (but {_texts(example.text, everywhere)})" if everywhere else "not reported"
        return
    if rule not in rules.scanner.awake(Anatomy(document)):
        yield "its triggers do not wake it"
    if len(own) != len(everywhere):
        yield f"also reported {_texts(example.text, tuple(f for f in everywhere if f not in own))}"
    for finding in own:
        if not 0 <= finding.span.start <= finding.span.end <= len(example.text):
            yield f"the span {finding.span} lies outside the text"
        if (finding.scope is Scope.SPAN) == (finding.span.end == 0 and bool(example.text)):
            yield f"scope {finding.scope.value} does not go with the span {tuple(finding.span)}"
    if example.spans:
        spans = tuple(example.text[finding.span.start : finding.span.end] for finding in own)
        if spans != example.spans:
            yield f"reported {list(spans)}, not {list(example.spans)}"
    result = fix_document(document, rules, Applicability.UNSAFE)
    if example.fixed is not None and result.text != example.fixed:
        yield f"fixed to {result.text!r}, not {example.fixed!r}"
    if example.fields and dict(result.lifted) != dict(example.fields):
        yield f"lifted {dict(result.lifted)}, not {dict(example.fields)}"
    if replay(example.text, result.applied) != result.text or undo(result.text, result.applied) != example.text:
        yield "its edits do not lead there and back"
    again = fix_document(
        Document(document.id, result.text, {**document.metadata, **result.lifted}), rules, Applicability.UNSAFE
    )
    if again.applied:
        yield f"fixing twice changes it again, to {again.text!r}"
