"""The gate: which of the findings of a run count, and whether they are too many.

Reads the files that hold people's words about findings (`corpuslint.suppress.toml`, the baseline), asks the pure
functions of `engine`, and reports what is wrong with those words as findings of family LNT.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.gates import Gate, gate_of, judge
from corpuslint.engine.lnt import (
    BROKEN_SUPPRESSION,
    EXPIRED_ENTRY,
    LNT_SPECS,
    UNUSED_BASELINE_ENTRY,
    UNUSED_SUPPRESSION,
)
from corpuslint.engine.parking import Look, Sorted, today
from corpuslint.engine.rules import known_specs, rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.errors import ConfigError
from corpuslint.formats.atomic import is_stream
from corpuslint.formats.endings import is_text, sidecar_name
from corpuslint.formats.reading import placed
from corpuslint.formats.streams import MOST_KEPT, text_of, text_or
from corpuslint.later import Later
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.levels import Severity
from corpuslint.model.rule import RuleSpec
from corpuslint.packs.selection import matching
from corpuslint.pipeline.comparison import Comparison
from corpuslint.pipeline.folders import warn_of_own_words
from corpuslint.pipeline.run import Coverage, Outcome
from corpuslint.reporting.report import OWN_WORD, Finding, Parked, Report, findings_of
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import WHOLE, Span

if TYPE_CHECKING:
    from corpuslint.engine import baseline as baselines
    from corpuslint.engine.suppressions import Suppression
else:
    baselines = Later("corpuslint.engine.baseline")

E = TypeVar("E")
_GLOB = compile_re(r"[*?\[]")


class Checkpoint(msgspec.Struct, frozen=True):
    """Everything that decides which findings count, read before the run so that a mistake in it costs no run.

    `paths` were given, the rules of `codes` (and names) ran. `before` are findings that were there in the state that
    the run is compared with, and `before_name` is its name.
    """

    settings: Settings
    paths: tuple[str, ...]
    codes: frozenset[str]
    severities: Mapping[str, Severity]
    suppressions: tuple[Suppression, ...]
    gate: Gate
    before: tuple[Finding, ...] = ()
    before_name: str = ""

    @classmethod
    def of(cls, settings: Settings, rules: RuleSet, paths: Sequence[str]) -> Checkpoint:
        """What the settings say.

        Raises ConfigError for suppressions, a baseline or a condition that are not as they must be.
        """
        known = known_specs(settings)
        general: tuple[Suppression, ...] = ()
        if settings.suppressions is not None or settings.decisions is not None:
            from corpuslint.pipeline.verdicts import suppressions_in  # only where there are words to read

            general = suppressions_in(settings)
        for suppression in general:
            try:
                matching((suppression.code,), known)
            except ConfigError as error:
                error.path, error.line = suppression.place, suppression.line
                raise
        with settings.saying("fail-on"):
            gate = gate_of(settings.fail_on)
            matching(gate.selectors(), known)
        if settings.baseline is not None:
            read_baseline(settings.baseline)
        return cls(settings, tuple(paths), _running(rules), rules.severities, general, gate)

    def compared(self, comparison: Comparison) -> Checkpoint:
        """The same for a run on what changed: nothing is said of entries about files that were left out."""
        before = (*self.before, *comparison.before)
        return structs.replace(self, paths=(), before=before, before_name=comparison.name)

    def beside(self, rules: RuleSet) -> Checkpoint:
        """The same for a run in which these rules ran, too."""
        return structs.replace(self, codes=self.codes | _running(rules))

    def parked(self, outcome: Outcome) -> Outcome:
        """The outcome with only the findings that count."""
        report, coverage = outcome.report, outcome.coverage
        findings, parked = self._suppressed(report.findings, coverage)
        if self.settings.baseline is not None:  # first: an entry whose finding was there before is not unused
            findings, old = self._in_baseline(findings, self.settings.baseline, coverage)
            parked += old
        if self.before_name:
            findings, old = _found_before(findings, self.before, self.before_name)
            parked += old
        left = Report.of(findings, parked=(*report.parked, *parked), rules=report.rules, summary=report.summary)
        return structs.replace(outcome, report=left, coverage=structs.replace(coverage, declaring=[]))

    def parked_in(self, settings: Settings, rules: RuleSet, outcome: Outcome) -> Outcome:
        """The outcome of a part of the run that has `settings` of its own, by what people said there."""
        if settings is self.settings:
            return outcome
        if settings.baseline == self.settings.baseline:  # it is compared with the run as a whole
            settings = structs.replace(settings, baseline=None)
        return Checkpoint.of(settings, rules, self.paths).parked(outcome)

    def judge(self, outcome: Outcome) -> Outcome:
        """The outcome with only the findings that count, and whether they let the run through."""
        outcome = self.parked(outcome)
        report, coverage = outcome.report, outcome.coverage
        failed, reasons = judge(self.gate, report.findings, coverage.documents, coverage.sites)
        summary = structs.replace(report.summary, gates=(*report.summary.gates, *reasons))
        return structs.replace(outcome, report=structs.replace(report, summary=summary), passed=not failed)

    def look(self, coverage: Coverage, root: Path) -> Look:
        """What was looked at, seen from the folder of an entry's file."""
        files = {placed(name, root) for name in coverage.files}
        folders = [placed(path, root) for path in self.paths if "://" not in path and Path(path).is_dir()]

        def covers(name: str) -> bool:
            if not name or _GLOB.search(name):
                return "." in folders or any(folder.startswith("..") for folder in folders)
            return name in files or any(folder == "." or name.startswith(f"{folder}/") for folder in folders)

        return Look(covers, self.codes, today())

    def _suppressed(self, findings: Sequence[Finding], coverage: Coverage) -> tuple[Sequence[Finding], list[Parked]]:
        """Findings that count and findings that are silenced; suppressions that are no use are among the former.

        Warns of documents that have suppressions of their own where nobody trusted their folder.
        """
        if not self.suppressions and not coverage.declaring:
            return findings, []
        from corpuslint.engine import suppressions as words

        own: list[Suppression] = []
        trouble: list[Finding] = []
        places: dict[str, Document] = {}
        foreign: list[str] = []
        for document in coverage.declaring:
            name = document.origin.filename
            if not self.settings.trusts(name):
                foreign.append(name)
                continue
            place = sidecar_name(name) if is_text(name) else document.id  # where it declares its metadata
            places[place] = document
            entries, complaint = words.parse_metadata(document.declared(words.METADATA_KEY), document.id, place)
            own += entries
            if complaint:
                trouble += self._told(BROKEN_SUPPRESSION, document, reason=complaint)
        warn_of_own_words(foreign, self.settings)
        everything = (*own, *self.suppressions)
        if not everything:
            return ([*findings, *trouble] if trouble else findings), []
        findings, home = tuple(findings), self.settings.home
        names = [placed(finding.filename, home) for finding in findings]
        documents = [finding.document for finding in findings]
        result = words.sort_out(everything, findings, documents, self.look(coverage, home), names)

        def place_of(entry: Suppression) -> tuple[Document, Span]:
            if entry.place in places:
                return places[entry.place], WHOLE
            text = text_of(Path(entry.place), MOST_KEPT)
            return Document(DocumentId(entry.place), text, origin=Origin(entry.place)), _line(text, entry.line)

        trouble += self._useless(result, UNUSED_SUPPRESSION, place_of)
        parked = [
            Parked(finding, OWN_WORD if entry.document else "suppression", _why(entry.reason, entry.owner))
            for finding, entry in result.parked
        ]
        return [*result.new, *trouble], parked

    def _in_baseline(
        self, findings: Sequence[Finding], path: Path, coverage: Coverage
    ) -> tuple[list[Finding], list[Parked]]:
        """Findings that are new and findings that the baseline knows; its useless entries are among the former."""
        findings = tuple(findings)
        baseline, text = read_baseline(path)
        names = [placed(finding.filename, path.parent) for finding in findings]
        result = baselines.sort_out(baseline, findings, self.look(coverage, path.parent), names)
        file = Document(DocumentId(path.as_posix()), text, origin=Origin(path.as_posix()))

        def place_of(entry: baselines.Entry) -> tuple[Document, Span]:
            return file, _line(text, text.count("\n", 0, text.find(entry.fingerprint)) + 1)

        parked = [Parked(finding, "baseline", _why(entry.reason, entry.owner)) for finding, entry in result.parked]
        return [*result.new, *self._useless(result, UNUSED_BASELINE_ENTRY, place_of)], parked

    def _useless(
        self, result: Sorted[Finding, E], unused: RuleSpec, place_of: Callable[[E], tuple[Document, Span]]
    ) -> Iterator[Finding]:
        """What is said of entries that park nothing, or whose day is over."""
        entries: Any
        for spec, entries in ((unused, result.unused), (EXPIRED_ENTRY, result.expired)):
            for entry in entries:
                day = entry.expires.isoformat() if entry.expires else ""
                said = {"code": entry.code, "reason": entry.reason, "file": entry.file, "day": day}
                yield from self._told(spec, *place_of(entry), **said)

    def _told(self, spec: RuleSpec, document: Document, span: Span = WHOLE, **named: str) -> tuple[Finding, ...]:
        """A finding about the run's own files, unless its rule is switched off."""
        if spec.code not in self.codes:
            return ()
        message = spec.message.format(**named)
        diagnostic = spec.report(document, span, severity=self.severities.get(spec.code), message=message)
        return findings_of(document, document.text, (diagnostic,))


def _running(rules: RuleSet) -> frozenset[str]:
    """The codes and names of the rules that run, those of the engine among them."""
    reported = [spec for spec in LNT_SPECS if spec.code in rules.reported]
    return frozenset(word for spec in (*rules.specs.values(), *reported) for word in (spec.code, spec.name))


def _found_before(
    findings: Sequence[Finding], before: Sequence[Finding], name: str
) -> tuple[list[Finding], list[Parked]]:
    """Findings that are new and findings that were there before, each old one standing for one of today's."""
    entries = tuple(baselines.Entry(finding.filename, finding.code, finding.fingerprint) for finding in before)
    look = Look(lambda file: False, frozenset(), datetime.date.min)
    names = [finding.filename for finding in findings]
    result = baselines.sort_out(baselines.Baseline(entries), findings, look, names)
    return list(result.new), [Parked(finding, f"found in {name}") for finding, _ in result.parked]


def _why(reason: str, owner: str) -> str:
    return f"{reason} ({owner})" if reason and owner else reason or owner


def _line(text: str, row: int) -> Span:
    """The span of a 1-based line, (0, 0) for line 0."""
    if row < 1:
        return WHOLE
    *before, line = text.split("\n", row)[:row]
    at = sum(len(each) + 1 for each in before)
    return Span(at, at + len(line))


def read_baseline(path: Path, *, must_exist: bool = True) -> tuple[baselines.Baseline, str]:
    """The baseline in `path` and its text; an empty one where there is no file and none must be.

    Raises ConfigError for a baseline that cannot be read or is broken.
    """
    if not path.exists():
        if must_exist:
            raise ConfigError(
                "there is no such baseline", path=str(path), remedy="write one with `corpuslint baseline`"
            )
        return baselines.Baseline(), ""
    text = text_or(path, partial(ConfigError, path=str(path)), MOST_KEPT)
    return baselines.parse(text, str(path)), text


def renewed_baseline(
    path: Path,
    outcome: Outcome,
    settings: Settings,
    paths: Sequence[str],
    *,
    prune: bool = False,
    owner: str = "",
    reason: str = "",
    expires: datetime.date | None = None,
) -> tuple[baselines.Baseline, baselines.Baseline]:
    """The baseline in `path` and the one that this outcome makes of it; with `prune` nothing is added.

    Nothing is written here. Findings about the run itself are no part of a baseline. Raises ConfigError for a
    baseline that is there and broken.
    """
    old, _ = (baselines.Baseline(), "") if is_stream(path) else read_baseline(path, must_exist=prune)
    checkpoint = Checkpoint.of(structs.replace(settings, baseline=None), rules_for(settings), paths)
    findings = [finding for finding in outcome.report.findings if finding.code[:3] != "LNT"]
    look = checkpoint.look(outcome.coverage, path.parent)
    names = [placed(finding.filename, path.parent) for finding in findings]
    if prune:
        return old, baselines.pruned(old, findings, look, names)
    return old, baselines.renewed(old, findings, look, names, owner=owner, reason=reason, expires=expires)
