"""A whole run of `check`: find the files, cut them into shards, lint what is not known yet, gather, judge, report.

The report does not depend on how the work was done: not on executor, jobs, cache, resumption or the order in which
shards finish.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

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
from corpuslint.pipeline.content import Looks, Signature
from corpuslint.pipeline.drive import Driver, EachShard, Execution, States
from corpuslint.pipeline.plan import Job, plan_fingerprint, shard_key
from corpuslint.pipeline.run import Gathered, Outcome, Run
from corpuslint.pipeline.shard import ShardResult, keep_shard, lint_shard, place_findings
from corpuslint.pipeline.timing import Timings, added
from corpuslint.reporting.report import Report, Summary, findings_of
from corpuslint.text.secrets import without_secrets

if TYPE_CHECKING:
    from corpuslint.pipeline.reuse import Reuse

PART_BYTES = 256 << 10
LARGE_PART_BYTES = 8 << 20
"""Files that can be cut are cut into parts of these sizes; the larger for files of more than `LARGE_BYTES`. The size of
the file alone decides, so that a part keeps its name, and its result, whatever lies beside it."""
LARGE_BYTES = 64 << 20
SHARD_BYTES = 1 << 20
"""Parts are put together until they make a shard of this size, or of `SHARD_FILES`: half a second, after which a person
is told how far it is."""
SHARD_FILES = 512

_WORTH_PROCESSES = 6 << 20  # bytes from which starting workers, each loading the rules, pays
_WORTH_CACHE = 16  # parts from which looking results up pays,
_WORTH_CACHE_BYTES = 1 << 20  # and bytes: one large file
_SECONDS_A_SHARD = 60.0
_BYTES_A_SECOND = 500_000
_DOCUMENT_SECONDS = 10.0


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
        self.states = States(rules.corpus_rules)
        self.timings: Timings = {}
        self.failed = False

    def outcome(self, parts: Sequence[Part]) -> Outcome:
        """The outcome of linting these parts of files."""
        looks = _looks_at_cut(parts)
        parts = self.driver.numbered(parts)
        alone = len(parts) == 1 and is_text(parts[0].filename)
        pays = len(parts) >= _WORTH_CACHE or self.driver.progress.total >= _WORTH_CACHE_BYTES
        cached = self.execution.cache and not self.execution.work and not self.execution.timing and pays
        plan = plan_fingerprint(self.settings) if cached or self.execution.work else ""
        job = self.driver.job(self.settings, plan, separate=cached, alone=alone, document_seconds=_DOCUMENT_SECONDS)
        if self.execution.work:
            if not self._through_folder(parts, job):
                return self._outcome_of_rank()
        elif cached:
            self._through_cache(parts, job)
        else:
            shards = {shard_key(shard): shard for shard in together(parts, SHARD_BYTES, SHARD_FILES)}
            for shard, result in self._results(lint_shard, shards, job):
                self._take(shard, result)
        if not cached:
            self._place(parts)
        self._tell_changed(looks)
        return structs.replace(self.run.conclude(), timings=self.timings)

    def _through_cache(self, parts: Sequence[Part], job: Job) -> None:
        """Take what is known, do the rest, keep it."""
        from corpuslint.pipeline.reuse import Reuse
        from corpuslint.pipeline.store import Store, cache_root

        store = Store(cache_root(self.settings), job.plan)
        corpus_rules = bool(self.rules.corpus_rules)
        try:
            reuse = Reuse(store, parts, corpus_rules=corpus_rules, size=SHARD_BYTES, files=SHARD_FILES)
            self._add(reuse.results())
            self._advance(sum(part.size for part in parts if part.name in reuse.unchanged))
            for shard, result in self._results(lint_shard, reuse.missing(), job, reuse):
                for gathered in reuse.take(shard, result):
                    self._add(gathered)
                self._advance(sum(part.size for part in shard if part.name not in reuse.unchanged))
            if corpus_rules:
                self._judge(parts, reuse)
        finally:
            store.save()

    def _judge(self, parts: Sequence[Part], reuse: Reuse) -> None:
        """Let the corpus rules judge, unless it is known what they say."""
        verdict = reuse.verdict()
        if verdict is not None:
            self.run.findings += verdict
            return
        for states in reuse.states():
            self.states.add(states)
        before = len(self.run.findings)
        self._place(parts)
        if not self.failed:
            reuse.keep_verdict(self.run.findings[before:])

    def _through_folder(self, parts: Sequence[Part], job: Job) -> bool:
        """Do the shards of this rank and keep them; gather them all unless this is one rank of several."""
        from corpuslint.pipeline.pickles import gathered_in
        from corpuslint.pipeline.work import Plan, WorkFolder

        folder = WorkFolder(self.execution.work)
        shards = {shard_key(shard): shard for shard in together(parts, SHARD_BYTES, SHARD_FILES)}
        folder.begin(Plan(dict.fromkeys(shards, job.plan), sum(part.size for part in parts)))
        own = self.driver.own(shards)
        failed = set(own)
        for shard, result in self._results(keep_shard, own, job):
            failed.discard(shard_key(shard))
            self.timings = added(self.timings, result.timings)
            self._advance(sum(part.size for part in shard), result.documents, sum(result.counts.values()))
        if self.execution.world_size > 1:
            self.driver.progress = structs.replace(self.driver.progress, shards=len(own) - len(failed))
            return False
        for key in shards:
            marker = folder.marker(key) if key not in failed else None
            payload = folder.result(marker) if marker is not None else None
            if payload is not None:
                self._add(gathered_in(payload))
        return True

    def _outcome_of_rank(self) -> Outcome:
        here, progress = self.execution, self.driver.progress
        note = f"rank {here.rank} of {here.world_size}: {progress.shards:,} shards are in {here.work}"
        summary = Summary(documents=progress.documents, notes=(note,))
        report = Report.of(self.run.findings, rules=self.rules.specs.values(), summary=summary)
        return Outcome(report, self.run.unreadable, timings=self.timings)

    def _results(
        self, function: TaskFunction, shards: Mapping[str, Shard], job: Job, reuse: Reuse | None = None
    ) -> Iterator[tuple[Shard, ShardResult]]:
        """The results of shards as they come. A shard that failed for good is reported and gives none."""
        digests = reuse.digests if reuse is not None else {}
        unchanged = reuse.unchanged if reuse is not None else frozenset()

        def args(shard: Shard) -> dict[str, Any]:
            own = {part.name: digests[part.name] for part in shard if part.name in digests}
            return {"job": job, "parts": shard, "known": own, "unchanged": unchanged & own.keys()}

        tasks = (Task(key, args(shard)) for key, shard in shards.items())
        largest = max((sum(part.size for part in shard) for shard in shards.values()), default=0)
        timeout = _SECONDS_A_SHARD + largest / _BYTES_A_SECOND
        for outcome in self.driver.run(function, tasks, timeout=timeout):
            if outcome.ok:
                yield shards[outcome.key], outcome.value
            else:
                self._failed(shards[outcome.key], outcome.error)

    def _take(self, shard: Shard, result: ShardResult) -> None:
        for part in result.parts:
            if part.gathered is not None:
                self._add(part.gathered)
        self.timings = added(self.timings, result.timings)
        self._advance(sum(part.size for part in shard))

    def _add(self, gathered: Gathered) -> None:
        self.run.add(gathered)
        self.states.add(gathered.states)

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
            self.run.findings += findings_of(
                document, "", (SHARD_FAILED.report(document, reason=without_secrets(error)),)
            )

    def _tell_changed(self, looks: Mapping[str, Signature]) -> None:
        """Report files that were not at rest while their parts were read: no part knows of the others."""
        for filename in sorted(looks):
            if Looks(()).signature_of(filename) != looks[filename]:
                self.run.trouble(Trouble(TroubleKind.UNREADABLE, "it was changed while it was read", Origin(filename)))

    def _place(self, parts: Sequence[Part]) -> None:
        """Let the corpus rules judge, and read what they found something in once more to say where."""
        self.run.states |= self.states.total()
        by_file = self.run.judge()
        if not by_file:
            return
        tasks = (
            Task(f"{number}", {"parts": group, "settings": self.settings, "diagnostics": found})
            for number, (group, found) in enumerate(_groups(parts, by_file))
        )
        for outcome in self.driver.run(place_findings, tasks):
            if outcome.ok:
                self.run.findings += outcome.value.findings
            else:
                self._failed(tuple(part for part in parts if part.filename in by_file), outcome.error)


def _looks_at_cut(parts: Sequence[Part]) -> dict[str, Signature]:
    """The look of every local file that was cut into parts."""
    cut_up = {part.filename for part in parts if part.unit is not Unit.WHOLE}
    return {filename: Looks(()).signature_of(filename) for filename in cut_up}


def _part_bytes(size: int) -> int:
    return PART_BYTES if size < LARGE_BYTES else LARGE_PART_BYTES


def _groups(
    parts: Sequence[Part], by_file: Mapping[str, Sequence[Diagnostic]]
) -> Iterator[tuple[Shard, tuple[Diagnostic, ...]]]:
    """The parts in which corpus rules found something, a shard at a time, with what they found there."""
    cut_up: dict[str, list[Part]] = {}
    for part in parts:
        if part.filename in by_file:
            cut_up.setdefault(part.filename, []).append(part)
    found: dict[str, list[Diagnostic]] = {}
    for filename, own in cut_up.items():
        firsts = [part.first for part in own]
        for diagnostic in by_file[filename]:
            at = 0 if len(own) == 1 else bisect_right(firsts, _index_of(diagnostic)) - 1
            found.setdefault(own[at].name, []).append(diagnostic)
    concerned = [part for own in cut_up.values() for part in own if part.name in found]
    for shard in together(concerned, SHARD_BYTES, SHARD_FILES):
        yield shard, tuple(diagnostic for part in shard for diagnostic in found[part.name])


def _index_of(diagnostic: Diagnostic) -> int:
    return int(diagnostic.document.rpartition("#")[2])
