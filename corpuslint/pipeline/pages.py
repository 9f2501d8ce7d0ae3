"""Gathering documents to be looked at: each with its findings and with what every fix would make of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import structs

from corpuslint.engine.fix import FixResult
from corpuslint.formats import read
from corpuslint.formats.streams import size_or_none
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document
from corpuslint.model.levels import Applicability
from corpuslint.pipeline.drive import EachShard, Progress
from corpuslint.pipeline.session import Session
from corpuslint.reporting.report import Finding, Report, findings_of
from corpuslint.web.report import Reported

Sessions = Sequence[tuple[Session, Sequence[str]]]
"""Files, in groups with one configuration each."""


def documents_in(report: Report, sessions: Sessions) -> list[Reported]:
    """The documents that a report's findings are in, with these findings; their files are read once more.

    A document that is in no file (standard input) has no text to show and is left out.
    """
    found: dict[str, dict[str, list[Finding]]] = {}
    for finding in report.findings:
        found.setdefault(finding.filename, {}).setdefault(finding.document, []).append(finding)
    return [
        Reported(document, tuple(here), _fixed(document, [finding.diagnostic for finding in here], session))
        for session, files in sessions
        for filename in files
        for document in read(filename, session.settings.reading)
        if isinstance(document, Document) and (here := found[filename].get(document.id))
    ]


def documents_with_findings(sessions: Sessions, each: EachShard | None = None) -> tuple[list[Reported], int]:
    """The documents that have findings, and how many documents there are in all; `each` is called after each."""
    reported: list[Reported] = []
    documents = done = 0
    sizes = {filename: size_or_none(filename) for _, files in sessions for filename in files}
    total = sum(sizes.values())
    for session, filename in ((session, filename) for session, files in sessions for filename in files):
        before = done
        for document in read(filename, session.settings.reading):
            if not isinstance(document, Document):
                continue
            documents += 1
            if found := session.check(document):
                after = _fixed(document, found, session)
                reported.append(Reported(document, findings_of(document, document.text, found), after))
            done = min(done + 2 * len(document.text), before + sizes[filename])  # letters of two bytes
            if each is not None:
                each(Progress(size=done, total=total, documents=documents, findings=len(reported)))
        done = before + sizes[filename]
    return reported, documents


def _fixed(document: Document, found: Iterable[Diagnostic], session: Session) -> FixResult | None:
    """What every fix would make of a document, without the way there; None where there is no fix."""
    if not any(diagnostic.fix is not None for diagnostic in found):
        return None
    result = session.fix(document, Applicability.UNSAFE)
    return structs.replace(result, applied=(), found=(), remaining=(), mended=())
