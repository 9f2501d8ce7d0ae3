"""Judging one document: wake the rules its bytes can trigger, run them, keep what they report.

Pure: no file is read here, nothing is printed. A rule that raises costs that rule on that document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path

from msgspec import structs

from corpuslint.engine.lnt import RULE_CRASHED
from corpuslint.engine.ruleset import RuleSet, dared, only_shown
from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.protected import merged, touches
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document
from corpuslint.model.levels import Scope, Severity
from corpuslint.model.rule import Rule, RuleSpec
from corpuslint.text.positions import Span


def check_document(document: Document, rules: RuleSet) -> tuple[Diagnostic, ...]:
    """The findings of `rules` in `document`, sorted by place and code."""
    anatomy = Anatomy(document)
    return check_anatomy(anatomy, rules.scanner.awake(anatomy), rules)


def check_anatomy(anatomy: Anatomy, awake: Sequence[Rule], rules: RuleSet) -> tuple[Diagnostic, ...]:
    """The findings of the rules `awake` in a document whose facts are shared, sorted by place and code."""
    found: list[Diagnostic] = []
    for rule in awake:
        _judge(rule, ((anatomy, found),))
    return _settled(found, anatomy, rules)


def check_anatomies(anatomies: Sequence[Anatomy], rules: RuleSet) -> Iterator[tuple[Diagnostic, ...]]:
    """What `check_document` finds in each of some documents.

    Each rule judges all of them before the next does: what one rule needs (its code, patterns, tables) is more than the
    processor keeps at hand of all rules, and fetching it anew for every document takes a quarter of the time. What was
    found in a document is settled when it is asked for, so that who reports it has it at hand.
    """
    judged: list[Judged] = [(anatomy, []) for anatomy in anatomies]
    woken: dict[int, list[Judged]] = {id(rule): [] for rule in rules.rules}
    for one in judged:
        for rule in rules.scanner.awake(one[0]):
            woken[id(rule)].append(one)
    for rule in rules.rules:
        _judge(rule, woken[id(rule)])
    yield from (_settled(found, anatomy, rules) for anatomy, found in judged)


Judged = tuple[Anatomy, list[Diagnostic]]
"""A document with what rules found in it."""


def _judge(rule: Rule, documents: Iterable[Judged]) -> None:
    """Add what a rule finds in documents to what others found."""
    spec = rule.spec
    languages = spec.languages
    for anatomy, found in documents:
        if languages and anatomy.language not in languages:
            continue
        known = len(found)
        try:
            for finding in rule.check(anatomy):  # `found +=` makes room for some, and most rules find nothing
                found.append(finding)
        except Exception as error:
            del found[known:]  # how far a rule came before it failed says nothing
            reason = f"{type(error).__name__}: {error}"[:200]
            if isinstance(error, TimeoutError):
                reason = "its pattern takes longer than it may"
            else:
                reason += _where(error)
            found.append(RULE_CRASHED.report(anatomy.document, rule=spec.code, reason=reason))


def _settled(found: list[Diagnostic], anatomy: Anatomy, rules: RuleSet) -> tuple[Diagnostic, ...]:
    """What all rules found in a document as the run tells it: what another finding makes superfluous is left out."""
    if not found:
        return ()
    specs = [rules.specs[code] for code in {finding.code for finding in found} & rules.specs.keys()]
    befores = [spec for spec in specs if spec.before]
    if befores:
        found = _settled_first(found, befores)
    found = _without_superfluous(found, {spec.code: spec.yields for spec in specs if spec.yields})
    least = rules.min_confidence
    found = [finding if finding.confidence >= least else dared(finding, anatomy.text, least) for finding in found]
    if rules.unfixable:
        found = [only_shown(finding) if finding.code in rules.unfixable else finding for finding in found]
    if rules.severities:
        found = [
            structs.replace(finding, severity=rules.severities[finding.code])
            if finding.code in rules.severities
            else finding
            for finding in found
        ]
    found.sort(key=_place)
    return tuple(found)


def _where(error: Exception) -> str:
    """The line of the rule's own file that the error came out of, in brackets; "" for a rule without one."""
    from traceback import extract_tb

    frames = ((Path(frame.filename), frame.lineno) for frame in extract_tb(error.__traceback__))
    return "".join([f" ({file.name}:{line})" for file, line in frames if _OURS not in file.parents][-1:])


_OURS = Path(__file__).parents[1]


def _settled_first(found: list[Diagnostic], first: Sequence[RuleSpec]) -> list[Diagnostic]:
    """The findings without those that speak of a place which a rule of `first` has to settle before."""
    spans: dict[tuple[str, ...], list[Span]] = {}
    for spec in first:
        spans.setdefault(spec.before, []).extend(
            finding.span for finding in found if finding.code == spec.code and finding.scope is Scope.SPAN
        )
    for before, named in spans.items():
        places = merged(named)
        found = [
            finding
            for finding in found
            if not finding.code.startswith(before) or not any(touches(places, *span) for span in _touched(finding))
        ]
    return found


def _without_superfluous(found: list[Diagnostic], yields: Mapping[str, tuple[str, ...]]) -> list[Diagnostic]:
    """The findings but those of rules that yield to others, where one of the others has something to say."""
    for code in {finding.code for finding in found} & yields.keys():
        told = [
            finding.span
            for finding in found
            if finding.code != code
            and finding.code.startswith(yields[code])
            and finding.scope is Scope.SPAN
            and finding.severity is not Severity.INFO
        ]
        places = merged(told)
        found = [finding for finding in found if finding.code != code or not touches(places, *finding.span)]
    return found


def _touched(finding: Diagnostic) -> list[Span]:
    """The places that a finding would change, or speaks of where it changes nothing."""
    edits = finding.fix.edits if finding.fix else ()
    return [edit.span for edit in edits] or [finding.span]


_place = attrgetter("span", "code")
