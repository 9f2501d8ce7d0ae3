"""The rules of one run: selected, with their severities, ready to be woken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, structs

from corpuslint.engine.scan import Scanner
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.levels import MIN_CONFIDENCE, Applicability, Severity
from corpuslint.model.rule import CorpusRule, Rule, RuleSpec, judges_corpus, judges_documents, state_of
from corpuslint.text.wording import keeps_words


class RuleSet(Struct, frozen=True, eq=False, dict=True):
    """The document rules and corpus rules that a run applies."""

    rules: tuple[Rule, ...]
    corpus_rules: tuple[CorpusRule, ...] = ()
    severities: Mapping[str, Severity] = {}
    min_confidence: float = MIN_CONFIDENCE
    reported: frozenset[str] = frozenset()  # the codes of family LNT that are on; the engine reports them itself
    unfixable: frozenset[str] = frozenset()  # the codes whose fixes are only shown

    @cached_property
    def scanner(self) -> Scanner[Rule]:
        """The one-scan automaton of the document rules, compiled at its first use."""
        return Scanner(self.rules)

    def warm_up(self) -> None:
        """Compile the automaton, or load it, before the first document needs it."""
        _ = self.scanner

    @cached_property
    def specs(self) -> dict[str, RuleSpec]:
        """Every selected rule's description by its code."""
        specs = [*(rule.spec for rule in self.rules), *(rule.spec for rule in self.corpus_rules)]
        return {spec.code: spec for spec in specs}

    def for_one(self) -> RuleSet:
        """The same without the corpus rules that one document alone tells nothing (their `fewest` is 2 or more)."""
        kept = tuple(rule for rule in self.corpus_rules if getattr(rule, "fewest", 1) < 2)
        one = structs.replace(self, corpus_rules=kept)
        one.__dict__.update(scanner=self.scanner)
        return one

    def narrowed(self, keep: Callable[[RuleSpec], bool]) -> RuleSet:
        """The same with only the rules that `keep` says yes to."""
        return structs.replace(
            self,
            rules=tuple(rule for rule in self.rules if keep(rule.spec)),
            corpus_rules=tuple(rule for rule in self.corpus_rules if keep(rule.spec)),
        )


def dared(finding: Diagnostic, text: str | None, least: float) -> Diagnostic:
    """`finding` as a run takes it that is content with confidence `least`: below, a fix that removes or moves words is
    only shown. Without the `text` every unsafe fix is one.
    """
    fix = finding.fix
    if fix is None or finding.confidence >= least or fix.applicability is not Applicability.UNSAFE:
        return finding
    if text is not None and not fix.splits and all(keeps_words(text, span, content) for span, content in fix.edits):
        return finding
    return only_shown(finding)


def verdicts_of_corpus(rules: RuleSet, states: Mapping[str, Any], documents: int) -> Iterator[Diagnostic]:
    """What corpus rules say of what was collected of so many documents, each finding with the severity and the fix that
    the run gives it."""
    for rule in rules.corpus_rules:
        for diagnostic in rule.judge(states[state_of(rule)]) if documents >= getattr(rule, "fewest", 1) else ():
            severity = rules.severities.get(diagnostic.code, diagnostic.severity)
            told = dared(diagnostic, None, rules.min_confidence)
            yield structs.replace(only_shown(told) if told.code in rules.unfixable else told, severity=severity)


_MOST_LEARNED = 0.5


def doubted(found: Sequence[Diagnostic], size: int) -> Sequence[Diagnostic]:
    """Findings of corpus rules in one text of `size` code points; where their fixes would take more than half of it,
    they are only shown, and none is an error.

    What an outlet repeats is hardly ever most of an article: daily notes of rates and prices are all alike. A finding
    that names the document from which the text comes is another matter.
    """
    learned = [one for one in found if not one.related and one.fix is not None]
    fixes = [one.fix for one in learned if one.fix is not None and one.fix.applicability >= Applicability.UNSAFE]
    going = {at for fix in fixes for edit in fix.edits if not edit.content for at in range(*edit.span)}
    if len(going) <= _MOST_LEARNED * size:
        return found
    return [
        structs.replace(only_shown(one), severity=min(one.severity, Severity.WARNING)) if one in learned else one
        for one in found
    ]


def only_shown(finding: Diagnostic) -> Diagnostic:
    """A finding whose fix is shown, and made by nobody."""
    if finding.fix is None:
        return finding
    return structs.replace(finding, fix=structs.replace(finding.fix, applicability=Applicability.DISPLAY))


def ruleset(
    rules: Iterable[Rule | CorpusRule],
    severities: Mapping[str, Severity] | None = None,
    reported: Iterable[str] = (),
    min_confidence: float = MIN_CONFIDENCE,
    unfixable: Iterable[str] = (),
) -> RuleSet:
    """A set of these rules, sorted by code."""
    ordered = sorted(rules, key=lambda rule: rule.spec.code)
    return RuleSet(
        rules=tuple(rule for rule in ordered if judges_documents(rule)),
        corpus_rules=tuple(rule for rule in ordered if judges_corpus(rule)),
        severities=dict(severities or {}),
        min_confidence=min_confidence,
        reported=frozenset(reported),
        unfixable=frozenset(unfixable),
    )
