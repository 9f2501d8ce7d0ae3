"""A whole run of `check`: find the files, cut them into shards, lint what is not known yet, gather, judge, report.

The report does not depend on how the work was done: not on executor, jobs, cache, resumption or the order in which
shards finish.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.lnt import SHARD_FAILED
from corpuslint.engine.ruleset import RuleSet
from corpuslint.execution.executor import Task, TaskFunction
from corpuslint.formats.endings import is_text
from corpuslint.formats.parts import Part, Unit, cut, together
from corpuslint.formats.reading import Trouble, TroubleKind
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.pipeline.content import Looks
from corpuslint.pipeline.drive import Driver, EachShard, Execution
from corpuslint.pipeline.plan import Job, plan_fingerprint, shard_key
from corpuslint.pipeline.run import Gathered, Outcome, Run
from corpuslint.pipeline.shard import keep_shard, lint_shard, place_findings
from corpuslint.pipeline.timing import Timings, added
from corpuslint.reporting.report import Finding, Report, Summary, findings_of, unpacked
from corpuslint.text.secrets import without_secrets

PART_BYTES = 256 << 10
LARGE_PART_BYTES = 8 << 20
"""Files that can be cut are cut into parts of these sizes; the larger for files of more than `LARGE_BYTES`. The size of
the file alone decides, so that a part keeps its name, and its result, whatever lies beside it."""
LARGE_BYTES = 64 << 20
SHARD_BYTES = 1 << 20
"""Parts are put together until they make a shard of this size, or of `SHARD_FILES`: half a second, after which a person
is told how far it is."""
SHARD_FILES = 64
"""Files of a shard, on average: where one has changed, its neighbours are linted again."""

_WORTH_PROCESSES = 6 << 20  # bytes from which starting workers, each loading the rules, pays
_WORTH_CACHE = 16  # parts from which looking results up pays,
_WORTH_CACHE_BYTES = 1 << 20  # and bytes: one large file
_SECONDS_A_SHARD = 60.0
_BYTES_A_SECOND = 500_000
_DOCUMENT_SECONDS = 10.0
_NOTHING: Mapping[str, str] = {}


def lint_files(
    filenames: Sequence[str], settings: Settings, rules: RuleSet, execution: Execution, each: EachShard | None = None
) -> Outcome:
    """The outcome of linting files.

    Raises ConfigError for a way to do it that makes no sense, ExecutionError where the executor cannot run.
    """
    execution.refuse_nonsense()
    parts = [part for filename in filenames for part in cut(filename, _part_bytes)]
    with Driver(execution, sum(part.size for part in parts), _WORTH_PROCESSES, each) as driver:
        return _Lint(settings, rules, driver).outcome(parts)


Shard = tuple[Part, ...]


class _Lint:
    """One run on its way."""

    def __init__(self, settings: Settings, rules: RuleSet, driver: Driver) -> None:
        self.settings, self.rules, self.driver, self.execution = settings, rules, driver, driver.execution
        self.run = Run(settings, rules)
        self.timings: Timings = {}
        self.failed = False

    def outcome(self, parts: Sequence[Part]) -> Outcome:
        """The outcome of linting these parts of files."""
        cut_up = sorted({part.filename for part in parts if part.unit is not Unit.WHOLE})
        looks = {filename: Looks(()).signature_of(filename) for filename in cut_up}
        parts = self.driver.numbered(parts)
        alone = len(parts) == 1 and is_text(parts[0].filename)
        pays = len(parts) >= _WORTH_CACHE or self.driver.progress.total >= _WORTH_CACHE_BYTES
        cached = self.execution.cache and not self.execution.work and not self.execution.timing and pays
        plan = plan_fingerprint(self.settings) if cached or self.execution.work else ""
        job = self.driver.job(self.settings, plan, keeps=cached, alone=alone, document_seconds=_DOCUMENT_SECONDS)
        shards = {shard_key(shard): shard for shard in together(parts, SHARD_BYTES, SHARD_FILES, by_name=True)}
        if self.execution.work:
            if not self._through_folder(shards, job):
                return self._outcome_of_rank()
        elif cached:
            self._through_cache(parts, shards, job)
        else:
            for key, result in self._results(lint_shard, shards, job):
                self._take(shards[key], result)
        if not cached:
            for findings in self._judged(parts):
                self.run.findings.add(findings)
        for filename, look in looks.items():  # no part knows of the others
            if Looks(()).signature_of(filename) != look:
                self.run.trouble(Trouble(TroubleKind.UNREADABLE, "it was changed while it was read", Origin(filename)))
        return structs.replace(self.run.conclude(), timings=self.timings)

    def _through_cache(self, parts: Sequence[Part], shards: Mapping[str, Shard], job: Job) -> None:
        """Take what is known, do the rest, keep it."""
        from corpuslint.pipeline.reuse import Reuse
        from corpuslint.pipeline.store import Store, cache_root

        store = Store(cache_root(self.settings), job.plan)
        try:
            reuse = Reuse(store, shards, corpus_rules=bool(self.rules.corpus_rules))
            verdict = reuse.verdict() if reuse.is_unchanged else None
            missing: dict[str, Shard] = {}
            for key, shard in shards.items():
                known = reuse.known(key, states=verdict is None)
                if known is None:
                    missing[key] = shard
                else:
                    self._take(shard, known)
            while missing:  # twice for what turns out to be damaged
                again: dict[str, Shard] = {}
                for key, result in self._results(lint_shard, missing, job, reuse.digests):
                    given = reuse.take(key, result)
                    if given is None:
                        again[key] = missing[key]
                    else:
                        self._take(missing[key], given)
                missing = again
            if verdict is None and (verdict := reuse.verdict()) is None:
                verdict = reuse.keep_verdict(self._judged(parts), lambda: not self.failed)
            for findings in verdict:
                self.run.findings.add(findings)
        finally:
            store.save()

    def _through_folder(self, shards: Mapping[str, Shard], job: Job) -> bool:
        """Do the shards of this rank and keep them; gather them all unless this is one rank of several."""
        from corpuslint.pipeline.pickles import gathered_in
        from corpuslint.pipeline.work import Plan, WorkFolder

        folder = WorkFolder(self.execution.work)
        folder.begin(Plan(dict.fromkeys(shards, job.plan), self.driver.progress.total))
        own = self.driver.own(shards)
        failed = set(own)
        for key, (marker, timings) in self._results(keep_shard, own, job):
            failed.discard(key)
            self.timings = added(self.timings, timings)
            self._advance(marker.size, marker.documents, sum(marker.counts.values()))
        if self.execution.world_size > 1:
            self.driver.progress = structs.replace(self.driver.progress, shards=len(own) - len(failed))
            return False
        for key in shards.keys() - failed:
            if (payload := folder.payload(key, job.plan)) is not None:
                self.run.add(gathered_in(payload))
        return True

    def _outcome_of_rank(self) -> Outcome:
        here, progress = self.execution, self.driver.progress
        note = f"rank {here.rank} of {here.world_size}: {progress.shards:,} shards are in {here.work}"
        summary = Summary(documents=progress.documents, notes=(note,))
        report = Report.of(self.run.findings, rules=self.rules.specs.values(), summary=summary)
        return Outcome(report, self.run.unreadable, timings=self.timings)

    def _results(
        self, function: TaskFunction, shards: Mapping[str, Shard], job: Job, known: Mapping[str, str] = _NOTHING
    ) -> Iterator[tuple[str, Any]]:
        """The results of shards as they come. A shard that failed for good is reported and gives none."""
        tasks = (Task(key, {"job": job, "parts": shard, "known": known.get(key)}) for key, shard in shards.items())
        largest = max((sum(part.size for part in shard) for shard in shards.values()), default=0)
        timeout = _SECONDS_A_SHARD + largest / _BYTES_A_SECOND
        for outcome in self.driver.run(function, tasks, timeout=timeout):
            if outcome.ok:
                yield outcome.key, outcome.value
            else:
                self._failed(shards[outcome.key], outcome.error)

    def _take(self, shard: Shard, gathered: Gathered) -> None:
        self.run.add(gathered)
        self.timings = added(self.timings, gathered.timings)
        self._advance(sum(part.size for part in shard))

    def _advance(self, size: int, documents: int = 0, findings: int = 0) -> None:
        before = self.driver.progress
        self.driver.advance(
            size,
            max(self.run.coverage.documents, before.documents + documents),
            max(len(self.run.findings), before.findings + findings),
        )

    def _failed(self, shard: Shard, error: str) -> None:
        self.run.unreadable = self.failed = True
        for filename in sorted({part.filename for part in shard}):
            document = Document(DocumentId(filename), "", {}, Origin(filename))
            found = (SHARD_FAILED.report(document, reason=without_secrets(error)),)
            self.run.findings.add(findings_of(document, "", found))

    def _judged(self, parts: Sequence[Part]) -> Iterator[tuple[Finding, ...]]:
        """What the corpus rules find; what they find something in is read once more to say where."""
        found = self.run.judge()
        shards: dict[str, Shard] = {}

        def tasks() -> Iterator[Task]:
            for number, (shard, diagnostics) in enumerate(_groups(parts, found)):
                shards[f"{number}"] = shard
                yield Task(f"{number}", {"parts": shard, "settings": self.settings, "diagnostics": diagnostics})

        for outcome in self.driver.run(place_findings, tasks()) if len(found) else ():
            shard = shards.pop(outcome.key)
            if outcome.ok:
                yield unpacked(outcome.value)
            else:
                self._failed(shard, outcome.error)


def _part_bytes(size: int) -> int:
    return PART_BYTES if size < LARGE_BYTES else LARGE_PART_BYTES


def _groups(parts: Sequence[Part], found: Iterable[Finding]) -> Iterator[tuple[Shard, tuple[Diagnostic, ...]]]:
    """The parts in which corpus rules found something, a shard at a time, with what they found there."""
    of_file: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        of_file[part.filename].append(part)
    waiting: dict[str, tuple[Diagnostic, ...]] = {}

    def part_of(finding: Finding) -> Part:
        own = of_file[finding.filename]
        return own[0] if finding.record is None else own[bisect_right(own, finding.record.index, key=_first) - 1]

    def concerned() -> Iterator[Part]:
        for part, findings in groupby(found, part_of):
            waiting[part.name] = tuple(finding.diagnostic for finding in findings)
            yield part

    for shard in together(concerned(), SHARD_BYTES, SHARD_FILES):
        yield shard, tuple(diagnostic for part in shard for diagnostic in waiting.pop(part.name))


_first = attrgetter("first")
