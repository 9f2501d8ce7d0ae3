"""LNT: what the run reports about itself. These rules have no code of their own; the engine raises them."""

from __future__ import annotations

from corpuslint.model.levels import Scope, Severity
from corpuslint.model.rule import Docs, Example, RuleCode, RuleSpec


def _spec(code: str, name: str, message: str, severity: Severity, finds: str, why: str) -> RuleSpec:
    return RuleSpec(
        code=RuleCode(code),
        name=name,
        summary=finds.split(". ")[0].rstrip("."),
        message=message,
        severity=severity,
        docs=Docs(finds=finds, why=why),
        invalid=(Example("", why="reported by the engine"),),
        valid=(Example("", why="reported by the engine"),),
        scope=Scope.DOCUMENT,
    )


FILE_UNREADABLE = _spec(
    "LNT001",
    "file-unreadable",
    "the file cannot be read: {reason}",
    Severity.ERROR,
    "A file that was asked for and could not be read.",
    "A file that is skipped in silence looks like a clean one.",
)
FILE_SKIPPED = _spec(
    "LNT002",
    "file-skipped",
    "the file was not linted: {reason}",
    Severity.WARNING,
    "A file that is no text corpus: a binary file, or one too large for the limit set.",
    "A gate must say what it did not look at.",
)
RULE_CRASHED = _spec(
    "LNT003",
    "rule-crashed",
    "the rule {rule} failed here: {reason}",
    Severity.ERROR,
    "A rule that raised an error on this document; every other rule ran.",
    "The document was not judged by that rule, so it cannot be called clean.",
)
FIX_DID_NOT_CONVERGE = _spec(
    "LNT004",
    "fix-did-not-converge",
    "the fixes of {rules} undo each other; the text was left as it was",
    Severity.ERROR,
    "Fixes that create each other's findings, so that fixing would never end.",
    "A text that changes at every run cannot be published. This is a mistake in a rule: please report it.",
)
FIX_OUTSIDE_BUDGET = _spec(
    "LNT005",
    "fix-outside-budget",
    "a fix of {rule} was refused: {reason}",
    Severity.ERROR,
    "A fix that would have changed more than its rule declares it ever changes.",
    "The budget is the promise that a rule cannot damage text it was not written for.",
)
BROKEN_RECORD = _spec(
    "LNT006",
    "broken-record",
    "the record cannot be read: {reason}",
    Severity.ERROR,
    "One record of a file that is not valid JSON, has no text, or is not an object. The rest of the file is linted.",
    "A record that a loader drops is lost without a trace.",
)

LNT_SPECS: tuple[RuleSpec, ...] = (
    FILE_UNREADABLE,
    FILE_SKIPPED,
    RULE_CRASHED,
    FIX_DID_NOT_CONVERGE,
    FIX_OUTSIDE_BUDGET,
    BROKEN_RECORD,
)
