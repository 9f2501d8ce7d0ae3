"""The gate: which of the findings of a run count, and whether they are too many.

Reads the files that hold people's words about findings (`corpuslint.suppress.toml`, the baseline), asks the pure
functions of `engine`, and reports what is wrong with those words as findings of family LNT.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpuslint.config.settings import Settings
from corpuslint.engine import baseline as baselines
from corpuslint.engine import suppressions as words
from corpuslint.engine.fix import Spare
from corpuslint.engine.gates import Verdict, gate_of, judge
from corpuslint.engine.lnt import BROKEN_SUPPRESSION, EXPIRED_ENTRY, UNUSED_BASELINE_ENTRY, UNUSED_SUPPRESSION
from corpuslint.engine.parking import Look
from corpuslint.engine.suppressions import Suppression
from corpuslint.errors import ConfigError
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.levels import Severity
from corpuslint.model.rule import RuleSpec
from corpuslint.reporting.report import Finding, Parked, Report, findings_of
from corpuslint.text.positions import WHOLE, Span

BASELINE_NAME = "corpuslint.baseline.json"
_GLOB = re.compile(r"[*?\[]")


@dataclass(slots=True)
class Coverage:
    """What a run has looked at. `own` holds the suppressions that documents declare, as (document, JSON)."""

    files: list[str] = field(default_factory=list)
    documents: int = 0
    sites: dict[str, int] = field(default_factory=dict)
    own: list[tuple[Document, str]] = field(default_factory=list)

    def add(self, document: Document) -> None:
        """Count one document."""
        self.documents += 1
        site = document.site
        self.sites[site] = self.sites.get(site, 0) + 1
        if words.METADATA_KEY in document.metadata:
            self.own.append((document, document.declared(words.METADATA_KEY)))

    def merge(self, other: Coverage) -> None:
        """Add what another part of the run has looked at."""
        self.files += other.files
        self.documents += other.documents
        for site, count in other.sites.items():
            self.sites[site] = self.sites.get(site, 0) + count
        self.own += other.own


@dataclass(frozen=True, slots=True)
class Context:
    """What a run was asked: the paths given, the codes and names of rules that ran, and the day."""

    paths: tuple[str, ...]
    codes: frozenset[str]
    severities: Mapping[str, Severity]
    today: datetime.date

    def look(self, coverage: Coverage, root: Path) -> Look:
        """What was looked at, seen from the folder of an entry's file."""
        files = {placed(name, root) for name in coverage.files}
        folders = [placed(path, root) for path in self.paths if "://" not in path and Path(path).is_dir()]

        def covers(name: str) -> bool:
            if not name or _GLOB.search(name):
                return "." in folders or any(folder.startswith("..") for folder in folders)
            return name in files or any(folder == "." or name.startswith(f"{folder}/") for folder in folders)

        return Look(covers, self.codes, self.today)


def placed(name: str, root: Path) -> str:
    """A file name as seen from `root`: the same whatever folder the run was started in."""
    if "://" in name:
        return name
    here, home = Path(os.path.abspath(name)), Path(os.path.abspath(root))  # noqa: PTH100 - links stay as named
    return Path(os.path.relpath(here, home)).as_posix()


def today(environment: Mapping[str, str]) -> datetime.date:
    """The day that expiry is counted from; `SOURCE_DATE_EPOCH` fixes it for runs that must be repeatable."""
    fixed = environment.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdigit():
        return datetime.datetime.fromtimestamp(int(fixed), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()


def suppressions_in(settings: Settings) -> tuple[Suppression, ...]:
    """The suppressions of the root, with file patterns as seen from there.

    Raises ConfigError for a file that is not as it must be.
    """
    if settings.suppressions is None:
        return ()
    try:
        text = settings.suppressions.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", path=str(settings.suppressions)) from None
    return words.parse_file(text, settings.suppressions.as_posix())


def spared(settings: Settings, general: Sequence[Suppression], day: datetime.date) -> Spare:
    """A function that keeps fixes away from findings that a person called none."""

    def spare(document: Document, text: str, found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
        declared = document.declared(words.METADATA_KEY)
        own = words.parse_metadata(declared, document.id, document.id)[0] if declared else ()
        if not found or not (general or own):
            return found
        findings = findings_of(document, text, found)
        names = [placed(finding.filename, settings.root) for finding in findings]
        look = Look(lambda name: False, frozenset(), day)
        return [
            finding.diagnostic
            for finding in words.sort_out((*own, *general), findings, [document.id] * len(findings), look, names).new
        ]

    return spare


def suppressed(
    findings: Sequence[Finding], general: Sequence[Suppression], coverage: Coverage, context: Context, root: Path
) -> tuple[list[Finding], list[Parked]]:
    """Findings that count and findings that are silenced; suppressions that are no use are among the former."""
    own: list[Suppression] = []
    trouble: list[Finding] = []
    places: dict[str, Document] = {}
    for document, declared in coverage.own:
        place = _sidecar(document)
        places[place] = document
        entries, complaint = words.parse_metadata(declared, document.id, place)
        own += entries
        if complaint:
            trouble += _told(BROKEN_SUPPRESSION, document, "", WHOLE, context, reason=complaint)
    everything = (*own, *general)
    if not everything:
        return [*findings, *trouble], []
    names = [placed(finding.filename, root) for finding in findings]
    look = context.look(coverage, root)
    result = words.sort_out(everything, findings, [finding.document for finding in findings], look, names)
    for suppression in result.unused:
        trouble += _about(
            suppression, UNUSED_SUPPRESSION, context, places, code=suppression.code, reason=suppression.reason
        )
    for suppression in result.expired:
        day = suppression.expires.isoformat() if suppression.expires else ""
        trouble += _about(suppression, EXPIRED_ENTRY, context, places, code=suppression.code, day=day)
    parked = [Parked(finding, "suppression", _why(entry.reason, entry.owner)) for finding, entry in result.parked]
    return [*result.new, *trouble], parked


def _why(reason: str, owner: str) -> str:
    return f"{reason} ({owner})" if reason and owner else reason or owner


def _sidecar(document: Document) -> str:
    """Where a document declares its metadata: beside a text file, or in the record itself."""
    name = document.origin.filename
    return name.removesuffix(".txt") + ".meta.json" if name.endswith(".txt") else document.id


def _about(
    suppression: Suppression, spec: RuleSpec, context: Context, places: Mapping[str, Document], **named: str
) -> tuple[Finding, ...]:
    document = places.get(suppression.place)
    if document is not None:
        return _told(spec, document, "", WHOLE, context, **named)
    text = Path(suppression.place).read_text("utf-8")
    file = Document(DocumentId(suppression.place), text, origin=Origin(suppression.place))
    return _told(spec, file, text, _line(text, suppression.line), context, **named)


def _line(text: str, row: int) -> Span:
    """The span of a 1-based line, (0, 0) for line 0."""
    if row < 1:
        return WHOLE
    at = 0
    for _ in range(row - 1):
        at = text.index("\n", at) + 1
    end = text.find("\n", at)
    return Span(at, end if end >= 0 else len(text))


def _told(
    spec: RuleSpec, document: Document, text: str, span: Span, context: Context, **named: str
) -> tuple[Finding, ...]:
    """A finding about the run's own files, unless its rule is switched off."""
    if spec.code not in context.codes:
        return ()
    message = spec.message.format(**named)
    diagnostic = spec.report(document, span, severity=context.severities.get(spec.code), message=message)
    return findings_of(document, text, (diagnostic,))


def read_baseline(path: Path, *, must_exist: bool = True) -> tuple[baselines.Baseline, str]:
    """The baseline in `path` and its text; an empty one where there is no file and none must be.

    Raises ConfigError for a baseline that cannot be read or is broken.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        if must_exist:
            raise ConfigError(
                "there is no such baseline", path=str(path), remedy="write one with `corpuslint baseline`"
            ) from None
        return baselines.Baseline(), ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", path=str(path)) from None
    return baselines.parse(text, str(path)), text


def parked_by_baseline(
    findings: Sequence[Finding], path: Path, coverage: Coverage, context: Context
) -> tuple[list[Finding], list[Parked]]:
    """Findings that are new and findings that the baseline knows; its useless entries are among the former."""
    baseline, text = read_baseline(path)
    names = [placed(finding.filename, path.parent) for finding in findings]
    result = baselines.sort_out(baseline, findings, context.look(coverage, path.parent), names)
    file = Document(DocumentId(path.as_posix()), text, origin=Origin(path.as_posix()))
    told: list[Finding] = []

    def tell(entry: baselines.Entry, spec: RuleSpec, **named: str) -> None:
        at = text.find(entry.fingerprint)
        span = _line(text, text.count("\n", 0, at) + 1)
        told.extend(_told(spec, file, text, span, context, code=entry.code, **named))

    for entry in result.unused:
        tell(entry, UNUSED_BASELINE_ENTRY, file=entry.file)
    for entry in result.expired:
        tell(entry, EXPIRED_ENTRY, day=entry.expires.isoformat() if entry.expires else "")
    parked = [Parked(finding, "baseline", _why(entry.reason, entry.owner)) for finding, entry in result.parked]
    return [*result.new, *told], parked


def renew_baseline(
    path: Path,
    findings: Sequence[Finding],
    coverage: Coverage,
    context: Context,
    *,
    prune: bool = False,
    owner: str = "",
    reason: str = "",
    expires: datetime.date | None = None,
) -> tuple[baselines.Baseline, baselines.Baseline]:
    """The baseline before and after: made of these findings, or with `prune` only freed of what is gone.

    Nothing is written here. Raises ConfigError for a baseline that is there and broken.
    """
    old, _ = read_baseline(path, must_exist=prune)
    look = context.look(coverage, path.parent)
    names = [placed(finding.filename, path.parent) for finding in findings]
    if prune:
        return old, baselines.pruned(old, findings, look, names)
    return old, baselines.renewed(old, findings, look, names, owner=owner, reason=reason, expires=expires)


def verdict(report: Report, settings: Settings, sites: Mapping[str, int], conditions: str = "") -> Verdict:
    """What `fail-on` says of the findings that count.

    Raises ConfigError for a condition that is none.
    """
    gate = gate_of(conditions or settings.fail_on, path=settings.origins.get("fail-on", ""))
    return judge(gate, report.findings, report.summary.documents, sites)
