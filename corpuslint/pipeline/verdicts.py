"""Fixes kept away from findings that a person called none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from corpuslint.config.settings import Settings
from corpuslint.engine.decisions import Decision, decided, holding, parse_decisions, rejections
from corpuslint.engine.fix import Heed
from corpuslint.engine.parking import Look, today
from corpuslint.engine.suppressions import METADATA_KEY, Suppression, parse_file, parse_metadata, sort_out
from corpuslint.errors import ConfigError
from corpuslint.formats.reading import placed
from corpuslint.formats.streams import MOST_KEPT, text_or
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document
from corpuslint.reporting.report import findings_of


def suppressions_in(settings: Settings) -> tuple[Suppression, ...]:
    """The suppressions of the root; none where there is no file.

    Raises ConfigError for a file that is not as it must be.
    """
    rejected = rejections(decisions_in(settings))
    if settings.suppressions is None:
        return rejected
    text = text_or(settings.suppressions, partial(ConfigError, path=str(settings.suppressions)))
    return (*parse_file(text, settings.suppressions.as_posix()), *rejected)


def decisions_in(settings: Settings) -> dict[tuple[str, str], Decision]:
    """The decisions of reviewers that hold, from the file beside the configuration; none where there is no file.

    Raises ConfigError, with the line, for a file that is not as it must be.
    """
    if settings.decisions is None:
        return {}
    text = text_or(settings.decisions, partial(ConfigError, path=str(settings.decisions)), MOST_KEPT)
    return holding(parse_decisions(text, settings.decisions.as_posix()))


def heeding(settings: Settings) -> Heed:
    """A function that gives the findings in a document as people left them: without those that are suppressed, with
    the fixes that reviewers accepted or wrote."""
    general = suppressions_in(settings)
    held = decisions_in(settings)
    look = _look()
    above = heeding(settings.above) if settings.above is not None else None

    def heed(document: Document, text: str, found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
        if above is not None:
            found = above(document, text, found)
        place, own = document.origin.filename, _own(document, settings)
        if not (found and (general or own)) and not held:
            return found
        findings = findings_of(document, text, found)
        names = [placed(finding.filename, settings.home) for finding in findings]
        result = sort_out((*own, *general), findings, [document.id] * len(findings), look, names)
        if not held:
            return result.new
        left = [(finding, finding.fingerprint) for finding in result.new]
        return decided(document, text, left, held, placed(place, settings.home))

    return heed


def silenced_by_itself(
    document: Document, text: str, found: Sequence[Diagnostic], settings: Settings
) -> tuple[str, ...]:
    """The codes of findings in a document that its own metadata silences, one for each."""
    own = _own(document, settings)
    if not (own and found):
        return ()
    findings = findings_of(document, text, found)
    names = [placed(finding.filename, settings.home) for finding in findings]
    result = sort_out(own, findings, [document.id] * len(findings), _look(), names)
    return tuple(str(finding.code) for finding, _ in result.parked)


def _own(document: Document, settings: Settings) -> tuple[Suppression, ...]:
    """What a document says of its own findings, where its folder is trusted."""
    declared = document.declared(METADATA_KEY)
    if not (declared and settings.trusts(document.origin.filename)):
        return ()
    return parse_metadata(declared, document.id, document.id)[0]


def _look() -> Look:
    return Look(lambda name: False, frozenset(), today())
