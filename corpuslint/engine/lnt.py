"""LNT: what the run reports about itself. These rules have no code of their own; the engine raises them."""

from __future__ import annotations

from corpuslint.model.levels import Scope, Severity
from corpuslint.model.rule import Docs, Example, RuleCode, RuleSpec


def _spec(
    code: str, name: str, message: str, severity: Severity, finds: str, why: str, scope: Scope = Scope.DOCUMENT
) -> RuleSpec:
    return RuleSpec(
        code=RuleCode(code),
        name=name,
        summary=finds.split(". ")[0].rstrip("."),
        message=message,
        severity=severity,
        docs=Docs(finds=finds, why=why),
        invalid=(Example("", why="reported by the engine"),),
        valid=(Example("", why="reported by the engine"),),
        scope=scope,
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
    "A rule that raised an error on this document, or whose pattern took longer than it may; every other rule ran.",
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

DOCUMENT_UNJUDGED = _spec(
    "LNT007",
    "document-unjudged",
    "the document could not be judged: {reason}",
    Severity.ERROR,
    "A document that crashes the process that lints it, or takes longer than it may. Every other document is linted.",
    "One document in a million must not end a run of a week, and must not be called clean either.",
)
SHARD_FAILED = _spec(
    "LNT008",
    "shard-failed",
    "this part of the corpus could not be linted: {reason}",
    Severity.ERROR,
    "A file, or a part of one, whose processing failed at every attempt.",
    "What was not looked at cannot be called clean.",
)
FIXES_NOT_WRITTEN = _spec(
    "LNT009",
    "fixes-not-written",
    "the fixes of this file were not written: {reason}",
    Severity.ERROR,
    "A file that `check --fix` could not rewrite: its encoding lacks a letter of the fixed text, its ledger or the "
    "metadata beside it is damaged, the disk is full, or somebody else changed it meanwhile. The file is as it was.",
    "A run that says nothing of it would be taken for a run that fixed everything.",
)
UNUSED_SUPPRESSION = _spec(
    "LNT010",
    "unused-suppression",
    "the suppression of {code} silences nothing: {reason}",
    Severity.WARNING,
    "A suppression for which there is no finding any more, in `a.meta.json` or `corpuslint.suppress.toml`.",
    "It would silence the next real finding without anybody having looked at it.",
    Scope.SPAN,
)
UNUSED_BASELINE_ENTRY = _spec(
    "LNT011",
    "unused-baseline-entry",
    "{code} in {file} is not found any more",
    Severity.WARNING,
    "An entry of the baseline whose finding is gone. `corpuslint baseline --prune` takes it out.",
    "It would let the same defect back in unseen.",
    Scope.SPAN,
)
EXPIRED_ENTRY = _spec(
    "LNT012",
    "expired-entry",
    "the entry for {code} expired on {day}, and its finding is still there",
    Severity.WARNING,
    "An entry of the baseline, or a suppression, whose last day is over. Its finding counts again.",
    "A promise to mend something by a day is worth what happens on the day after.",
    Scope.SPAN,
)
BROKEN_SUPPRESSION = _spec(
    "LNT013",
    "broken-suppression",
    "the suppressions of this document cannot be read: {reason}",
    Severity.ERROR,
    "A `corpuslint` entry in the metadata of a document that is not as it must be; nothing is suppressed by it.",
    "Whoever wrote it believes that it holds.",
)

LNT_SPECS: tuple[RuleSpec, ...] = (
    FILE_UNREADABLE,
    FILE_SKIPPED,
    RULE_CRASHED,
    FIX_DID_NOT_CONVERGE,
    FIX_OUTSIDE_BUDGET,
    BROKEN_RECORD,
    DOCUMENT_UNJUDGED,
    SHARD_FAILED,
    FIXES_NOT_WRITTEN,
    UNUSED_SUPPRESSION,
    UNUSED_BASELINE_ENTRY,
    EXPIRED_ENTRY,
    BROKEN_SUPPRESSION,
)
