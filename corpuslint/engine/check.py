"""Judging one document: wake the rules its bytes can trigger, run them, keep what they report.

Pure: no file is read here, nothing is printed. A rule that raises costs that rule on that document.
"""

from __future__ import annotations

import dataclasses

from corpuslint.engine.lnt import RULE_CRASHED
from corpuslint.engine.ruleset import RuleSet
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document
from corpuslint.model.rule import Rule


def check_document(document: Document, rules: RuleSet) -> tuple[Diagnostic, ...]:
    """The findings of `rules` in `document`, sorted by place and code."""
    anatomy = Anatomy(document)
    awake = rules.scanner.awake(anatomy)
    return check_anatomy(anatomy, awake, rules) if awake else ()


def check_anatomy(anatomy: Anatomy, awake: tuple[Rule, ...], rules: RuleSet) -> tuple[Diagnostic, ...]:
    """The findings of the rules `awake` in a document whose facts are shared, sorted by place and code."""
    found: list[Diagnostic] = []
    for rule in awake:
        languages = rule.spec.languages
        if languages and anatomy.language not in languages:
            continue
        known = len(found)
        try:
            found += rule.check(anatomy)
        except Exception as error:
            del found[known:]  # how far a rule came before it failed says nothing
            reason = f"{type(error).__name__}: {error}"[:200]
            if isinstance(error, TimeoutError):
                reason = "its pattern takes longer than it may"
            found.append(RULE_CRASHED.report(anatomy.document, rule=rule.spec.code, reason=reason))
    if rules.severities:
        found = [
            dataclasses.replace(finding, severity=rules.severities[finding.code])
            if finding.code in rules.severities
            else finding
            for finding in found
        ]
    found.sort(key=_place)
    return tuple(found)


def _place(finding: Diagnostic) -> tuple[int, int, str]:
    return finding.span.start, finding.span.end, finding.code
