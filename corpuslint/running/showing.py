"""Gathering documents to be looked at: each with its findings and with what every fix would make of it."""

from __future__ import annotations

from collections.abc import Sequence

from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_document
from corpuslint.engine.fix import fix_document
from corpuslint.engine.rules import rules_in
from corpuslint.engine.ruleset import RuleSet
from corpuslint.formats import read
from corpuslint.model.document import Document
from corpuslint.model.levels import Applicability
from corpuslint.reporting.report import Finding, Report, findings_of
from corpuslint.web.report import Reported


def told(report: Report, settings: Settings, rules: RuleSet) -> list[Reported]:
    """The documents that a report's findings are in, with these findings; their files are read once more.

    A document that is in no file (standard input) has no text to show and is left out.
    """
    found: dict[str, dict[str, list[Finding]]] = {}
    for finding in report.findings:
        found.setdefault(finding.filename, {}).setdefault(finding.document, []).append(finding)
    reported: list[Reported] = []
    for filename, documents in found.items():
        here = rules_in(filename, settings, rules)
        for document in read(filename, settings.reading):
            if isinstance(document, Document) and document.id in documents:
                findings = tuple(documents[document.id])
                fixable = any(finding.diagnostic.fix is not None for finding in findings)
                fixed = fix_document(document, here, Applicability.UNSAFE) if fixable else None
                reported.append(Reported(document, findings, fixed))
    return reported


def shown(files: Sequence[str], settings: Settings, rules: RuleSet) -> tuple[list[Reported], int]:
    """The documents of `files` that have findings, and how many documents there are in all."""
    reported: list[Reported] = []
    documents = 0
    for filename in files:
        here = rules_in(filename, settings, rules)
        for document in read(filename, settings.reading):
            if not isinstance(document, Document):
                continue
            documents += 1
            diagnostics = check_document(document, here)
            if diagnostics:
                fixable = any(diagnostic.fix is not None for diagnostic in diagnostics)
                fixed = fix_document(document, here, Applicability.UNSAFE) if fixable else None
                reported.append(Reported(document, findings_of(document, document.text, diagnostics), fixed))
    return reported, documents
