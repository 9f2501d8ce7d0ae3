"""Pages to look at documents on: each with its findings and with what every fix would make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from corpuslint.config.settings import DECISIONS, Settings, settings_in
from corpuslint.engine.fix import FixResult
from corpuslint.facts.anatomy import Anatomy
from corpuslint.formats import read
from corpuslint.formats.reading import placed
from corpuslint.formats.streams import size_or_none
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document
from corpuslint.model.levels import Applicability
from corpuslint.model.rule import RuleSpec
from corpuslint.packs.why import Reasons
from corpuslint.pipeline.drive import EachShard, Progress
from corpuslint.pipeline.folders import Sessions, files_in, grouped, sessions
from corpuslint.pipeline.session import Session
from corpuslint.pipeline.verdicts import decisions_in
from corpuslint.reporting.report import Finding, Report, findings_of
from corpuslint.web.report import Reported, review_page
from corpuslint.web.report import report_page as page_with

if TYPE_CHECKING:
    from corpuslint.web.review import ReviewServer


def report_page(
    paths: Sequence[str], settings: Settings, *, title: str, each: EachShard | None = None
) -> tuple[str, tuple[str, ...]]:
    """One HTML page with every finding in place, what fixing would make of each document, and the counts; and of each
    file that cannot be read which it is, and why.

    Raises SourceError for a path that is not there.
    """
    judging = sessions(files_in(paths, settings), settings)
    reported, documents, unreadable = documents_with_findings(judging, each)
    return page_with(reported, _specs(session for session, _ in judging), title=title, documents=documents), unreadable


def _specs(sessions: Iterable[Session]) -> dict[str, RuleSpec]:
    return {str(code): spec for session in sessions for code, spec in session.rules.specs.items()}


def page_of(report: Report, settings: Settings) -> str:
    """The HTML page of findings that a run has made; files with findings are read once more."""
    groups, _ = grouped(list(dict.fromkeys(finding.filename for finding in report.findings)), settings)
    judging = tuple((Session(here), files) for here, files in groups)
    specs = _specs(session for session, _ in judging) | {str(spec.code): spec for spec in report.rules}
    return page_with(documents_in(report, judging), specs, documents=report.summary.documents)


def review_server(paths: Sequence[str], settings: Settings, *, port: int, reviewer: str) -> ReviewServer:
    """A server of the review page, listening but not yet serving; decisions go beside the configuration.

    Raises SourceError for a path that is not there or a port that is taken, ConfigError for a broken decisions file.
    """
    from corpuslint.web.review import ReviewServer

    named = files_in(paths, settings)
    judging = tuple((session.undecided(), group) for session, group in sessions(named, settings))
    decisions_in(settings)
    path = settings.root / DECISIONS
    names = {filename: placed(filename, settings.root) for filename in named}

    def render() -> str:
        now = structs.replace(settings, decisions=path if path.is_file() else None)
        reported, documents, _ = documents_with_findings(judging)
        specs = _specs(session for session, _ in judging)
        return review_page(reported, specs, decisions_in(now), names, documents=documents)

    return ReviewServer(port, path, reviewer, render)


class Explainer:
    """Says why a finding was made, by its rule's table and its text, as `packs.why` does.

    Files are read once more, so findings are asked about in the order of a report. `given` is a document in no file.
    """

    def __init__(self, settings: Settings, given: Document | None = None) -> None:
        self._settings, self._given = settings, given
        self._reasons: dict[tuple[Path, ...], Reasons] = {}
        self._filename: str | None = None
        self._anatomy: Anatomy | None = None
        self._open(None, settings)

    def _open(self, filename: str | None, settings: Settings) -> None:
        self._filename, self._anatomy, self._here = filename, None, settings
        reading = (self._given,) if self._given is not None else read(filename, settings.reading) if filename else ()
        self._documents = (one for one in reading if isinstance(one, Document))

    def __call__(self, finding: Finding) -> Iterator[tuple[str, str]]:
        """What each reason is, and what it says."""
        if self._filename != finding.filename:
            self._open(finding.filename, settings_in(finding.filename, self._settings))
        while finding.span.end and (self._anatomy is None or self._anatomy.document.id != finding.document):
            document = next(self._documents, None)
            if document is None:
                break
            self._anatomy = Anatomy(document)
        is_here = self._anatomy is not None and self._anatomy.document.id == finding.document
        reasons = self._reasons.setdefault(self._here.packs, Reasons(self._here.packs))
        return reasons.of(finding, self._anatomy if is_here else None)


def documents_in(report: Report, sessions: Sessions) -> list[Reported]:
    """The documents that a report's findings are in, with these findings; their files are read once more.

    A document that is in no file (standard input) has no text to show and is left out.
    """
    found: dict[str, dict[str, list[Finding]]] = {}
    for finding in report.findings:
        found.setdefault(finding.filename, {}).setdefault(finding.document, []).append(finding)
    return [
        Reported(document, tuple(here), _fixed(document, here, session))
        for session, files in sessions
        for filename in files
        for document in read(filename, session.settings.reading)
        if isinstance(document, Document) and (here := found[filename].get(document.id))
    ]


def documents_with_findings(
    sessions: Sessions, each: EachShard | None = None
) -> tuple[list[Reported], int, tuple[str, ...]]:
    """The documents that have findings, how many documents there are in all, and the files that cannot be read, each
    with the reason; `each` is called after each document."""
    reported: list[Reported] = []
    unreadable: list[str] = []
    documents = done = 0
    sizes = {filename: size_or_none(filename) for _, files in sessions for filename in files}
    total = sum(sizes.values())
    for session, filename in ((session, filename) for session, files in sessions for filename in files):
        before = done
        for document in read(filename, session.settings.reading):
            if not isinstance(document, Document):
                unreadable += document.refusal
                continue
            documents += 1
            if found := session.check(document):
                after = _fixed(document, found, session)
                reported.append(Reported(document, findings_of(document, document.text, found), after))
            done = min(done + 2 * len(document.text), before + sizes[filename])  # letters of two bytes
            if each is not None:
                each(Progress(size=done, total=total, documents=documents, findings=len(reported)))
        done = before + sizes[filename]
    return reported, documents, tuple(unreadable)


def _fixed(document: Document, found: Iterable[Diagnostic], session: Session) -> FixResult | None:
    """What every fix would make of a document, without the way there; None where there is no fix."""
    if not any(diagnostic.fix is not None for diagnostic in found):
        return None
    result = session.fix(document, Applicability.UNSAFE)
    return structs.replace(result, applied=(), found=(), remaining=(), mended=())
