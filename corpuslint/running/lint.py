"""A whole run of `check`: find the files, cut them into shards, lint what is not known yet, gather, judge, report.

The report does not depend on how the work was done: not on executor, jobs, cache, resumption or the order in which
shards finish.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpuslint.config.settings import Settings
from corpuslint.engine.lnt import SHARD_FAILED
from corpuslint.engine.ruleset import RuleSet
from corpuslint.errors import ConfigError
from corpuslint.execution.choice import open_executor
from corpuslint.execution.environment import environment
from corpuslint.execution.executor import Executor, Task, TaskFunction
from corpuslint.execution.executor import Outcome as TaskOutcome
from corpuslint.formats.endings import is_text
from corpuslint.formats.parts import Part, Unit, cut, together
from corpuslint.formats.reading import Trouble, TroubleKind
from corpuslint.formats.streams import is_url
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.rule import CorpusRule, collectors
from corpuslint.reporting.report import Report, Summary, findings_of
from corpuslint.running.content import Looks, Signature
from corpuslint.running.run import Gathered, Outcome, Run
from corpuslint.running.shard import (
    Job,
    ShardResult,
    count_lines_of,
    keep_shard,
    lint_shard,
    place_findings,
    plan_fingerprint,
    shard_key,
)
from corpuslint.running.timing import Timings, added
from corpuslint.text.secrets import without_secrets

if TYPE_CHECKING:
    from corpuslint.running.known import Known
    from corpuslint.running.packing import Pack

PART_BYTES = 256 << 10
LARGE_PART_BYTES = 8 << 20
"""Files that can be cut are cut into parts of these sizes; the larger for files of more than `LARGE_BYTES`. The size of
the file alone decides, so that a part keeps its name, and its result, whatever lies beside it."""
LARGE_BYTES = 64 << 20
SHARD_BYTES = 4 << 20
"""Small files are put together until they make a shard of this size, or of `SHARD_FILES`."""
SHARD_FILES = 512

_WORTH_PROCESSES = 6 << 20  # bytes from which starting workers, each loading the rules, pays
_WORTH_CACHE = 16  # parts from which looking results up pays,
_WORTH_CACHE_BYTES = 1 << 20  # and bytes: one large file
_COUNTED_HERE = 1 << 30  # bytes whose lines are counted sooner than workers are started
_SECONDS_A_SHARD = 60.0
_BYTES_A_SECOND = 500_000
_DOCUMENT_SECONDS = 10.0


_RUNS = itertools.count()
"""Numbers runs without a plan: two runs of one process may differ in rules, and share nothing."""


@dataclass(frozen=True, slots=True)
class How:
    """How the work is to be done. `executor` "" is processes where that pays; `jobs` 0 is one a core.

    `work` names a work folder; with `world_size` more than 1, only every `world_size`-th shard is linted, beginning
    with number `rank`, and the report is left to a later run without rank.
    """

    executor: str = ""
    jobs: int = 0
    address: str = ""
    cache: bool = True
    work: str = ""
    rank: int = 0
    world_size: int = 1
    timing: bool = False

    def executor_for(self, size: int, worth: int) -> str:
        """The name of the executor for so many bytes; `worth` is from how many on starting workers pays."""
        return self.executor or ("processes" if size >= worth and self.jobs != 1 else "serial")

    def refuse_nonsense(self, *, needs_work: bool = True) -> None:
        """Raise ConfigError for a rank that there is not, or one that has nowhere to keep its share."""
        if needs_work and self.world_size > 1 and not self.work:
            raise ConfigError(
                "--world-size needs --work", remedy="Name a folder or URL that all ranks can write to with --work."
            )
        if not 0 <= self.rank < self.world_size:
            raise ConfigError(f"--rank must be 0 to {self.world_size - 1}, not {self.rank}")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    shards: int = 0
    size: int = 0
    total: int = 0
    documents: int = 0
    findings: int = 0


EachShard = Callable[[Progress], None]


def lint_files(
    filenames: Sequence[str], settings: Settings, rules: RuleSet, how: How, each: EachShard | None = None
) -> Outcome:
    """The outcome of linting files.

    Raises ConfigError for a way to do it that makes no sense, ExecutionError where the executor cannot run.
    """
    how.refuse_nonsense()
    return _Lint(settings, rules, how, each).outcome(filenames)


Shard = tuple[Part, ...]


class _Lint:
    """One run on its way."""

    def __init__(self, settings: Settings, rules: RuleSet, how: How, each: EachShard | None) -> None:
        self.settings, self.rules, self.how, self.each = settings, rules, how, each
        self.run = Run(settings, rules)
        self.sums = {name: Sum(rule) for name, rule in collectors(rules.corpus_rules).items()}
        self.timings: Timings = {}
        self.progress = Progress()
        self.chosen = how.executor
        self.executor: Executor | None = None
        self.failed = False

    def outcome(self, filenames: Sequence[str]) -> Outcome:
        """Do it all."""
        try:
            parts = [part for filename in filenames for part in cut(filename, _part_bytes)]
            size = sum(part.size for part in parts)
            self.chosen = self.how.executor_for(size, _WORTH_PROCESSES)
            self.progress = Progress(total=size)
            looks = _looks_at_cut(parts)
            parts = self._numbered(parts)
            alone = len(parts) == 1 and is_text(parts[0].filename)
            pays = len(parts) >= _WORTH_CACHE or size >= _WORTH_CACHE_BYTES
            cached = self.how.cache and not self.how.work and not self.how.timing and pays
            job = self._job(cached=cached, alone=alone)
            if self.how.work:
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
            return dataclasses.replace(self.run.conclude(), timings=self.timings)
        finally:
            if self.executor is not None:
                self.executor.close()

    def _job(self, *, cached: bool, alone: bool) -> Job:
        return Job(
            self.settings,
            plan_fingerprint(self.settings) if cached or self.how.work else f"{os.getpid()}-{next(_RUNS)}",
            environment() if self.chosen != "serial" else {},
            self._packs(),
            separate=cached,
            alone=alone,
            timing=self.how.timing,
            work=self.how.work,
            document_seconds=_DOCUMENT_SECONDS,
        )

    def _packs(self) -> tuple[Pack, ...]:
        """The user's rule packs whole, for workers elsewhere."""
        if self.chosen != "ray":
            return ()
        from corpuslint.running.packing import packed

        return packed(self.settings.packs)

    def _numbered(self, parts: Sequence[Part]) -> list[Part]:
        """The parts with the index of their first record: lines before a cut have to be counted."""
        uncounted = {part.filename for part in parts if part.first < 0}
        if not uncounted:
            return list(parts)
        tasks = [
            Task(f"{number}", {"part": part})
            for number, part in enumerate(parts)
            if part.unit is Unit.BYTES and part.filename in uncounted
        ]
        size = sum(task.args["part"].size for task in tasks)
        here = size < _COUNTED_HERE and not any(map(is_url, uncounted)) and self.chosen != "ray"
        run = open_executor("serial").run if here else self._run
        counts = {outcome.key: outcome.value for outcome in run(count_lines_of, tasks) if outcome.ok}
        numbered: list[Part] = []
        first: dict[str, int] = defaultdict(int)
        for number, part in enumerate(parts):
            if part.filename in uncounted:
                numbered.append(dataclasses.replace(part, first=first[part.filename]))
                first[part.filename] += counts.get(f"{number}", 0)
            else:
                numbered.append(part)
        return numbered

    def _through_cache(self, parts: Sequence[Part], job: Job) -> None:
        """Take what is known, do the rest, keep it."""
        from corpuslint.running.cache import Cache, cache_root
        from corpuslint.running.known import Known

        cache = Cache(cache_root(self.settings), job.plan)
        corpus_rules = bool(self.rules.corpus_rules)
        try:
            known = Known(cache, parts, corpus_rules=corpus_rules, size=SHARD_BYTES, files=SHARD_FILES)
            self._add(known.results())
            self._advance(sum(part.size for part in parts if part.name in known.unchanged))
            for shard, result in self._results(lint_shard, known.missing(), job, known):
                for gathered in known.take(shard, result):
                    self._add(gathered)
                self._advance(sum(part.size for part in shard if part.name not in known.unchanged))
            if corpus_rules:
                self._judge(parts, known)
        finally:
            cache.save()

    def _judge(self, parts: Sequence[Part], known: Known) -> None:
        """Let the corpus rules judge, unless it is known what they say."""
        verdict = known.verdict()
        if verdict is not None:
            self.run.findings += verdict
            return
        for states in known.states():
            self._sum(states)
        before = len(self.run.findings)
        self._place(parts)
        if not self.failed:
            known.keep_verdict(self.run.findings[before:])

    def _through_folder(self, parts: Sequence[Part], job: Job) -> bool:
        """Do the shards of this rank and keep them; gather them all unless this is one rank of several."""
        from corpuslint.running.vault import gathered_in
        from corpuslint.running.work import Plan, WorkFolder

        folder = WorkFolder(self.how.work)
        shards = {shard_key(shard): shard for shard in together(parts, SHARD_BYTES, SHARD_FILES)}
        folder.begin(Plan(dict.fromkeys(shards, job.plan), sum(part.size for part in parts)))
        own = dict(list(shards.items())[self.how.rank :: self.how.world_size])
        failed = set(own)
        for shard, result in self._results(keep_shard, own, job):
            failed.discard(shard_key(shard))
            self.timings = added(self.timings, result.timings)
            self._advance(sum(part.size for part in shard), result.documents, sum(result.counts.values()))
        if self.how.world_size > 1:
            self.progress = dataclasses.replace(self.progress, shards=len(own) - len(failed))
            return False
        for key in shards:
            marker = folder.marker(key) if key not in failed else None
            payload = folder.result(marker) if marker is not None else None
            if payload is not None:
                self._add(gathered_in(payload))
        return True

    def _outcome_of_rank(self) -> Outcome:
        note = f"rank {self.how.rank} of {self.how.world_size}: {self.progress.shards:,} shards are in {self.how.work}"
        summary = Summary(documents=self.progress.documents, notes=(note,))
        report = Report.of(self.run.findings, rules=self.rules.specs.values(), summary=summary)
        return Outcome(report, self.run.unreadable, timings=self.timings)

    def _results(
        self, function: TaskFunction, shards: Mapping[str, Shard], job: Job, known: Known | None = None
    ) -> Iterator[tuple[Shard, ShardResult]]:
        """The results of shards as they come. A shard that failed for good is reported and gives none."""
        digests = known.digests if known is not None else {}
        unchanged = known.unchanged if known is not None else frozenset()

        def args(shard: Shard) -> dict[str, Any]:
            own = {part.name: digests[part.name] for part in shard if part.name in digests}
            return {"job": job, "parts": shard, "known": own, "unchanged": unchanged & own.keys()}

        tasks = (Task(key, args(shard)) for key, shard in shards.items())
        largest = max((sum(part.size for part in shard) for shard in shards.values()), default=0)
        timeout = _SECONDS_A_SHARD + largest / _BYTES_A_SECOND
        for outcome in self._run(function, tasks, timeout=timeout):
            if outcome.ok:
                yield shards[outcome.key], outcome.value
            else:
                self._failed(shards[outcome.key], outcome.error)

    def _run(self, function: TaskFunction, tasks: Any, timeout: float | None = None) -> Iterator[TaskOutcome]:
        if self.executor is None:
            self.executor = open_executor(self.chosen, workers=self.how.jobs, address=self.how.address)
        return self.executor.run(function, tasks, retries=2, timeout=timeout)

    def _take(self, shard: Shard, result: ShardResult) -> None:
        for part in result.parts:
            if part.gathered is not None:
                self._add(part.gathered)
        self.timings = added(self.timings, result.timings)
        self._advance(sum(part.size for part in shard))

    def _add(self, gathered: Gathered) -> None:
        self.run.add(gathered)
        self._sum(gathered.states)

    def _sum(self, states: Mapping[str, Any]) -> None:
        for name, total in self.sums.items():
            if name in states:
                total.add(states[name])

    def _advance(self, size: int, documents: int = 0, findings: int = 0) -> None:
        before = self.progress
        self.progress = Progress(
            before.shards + 1,
            before.size + size,
            before.total,
            max(self.run.coverage.documents, before.documents + documents),
            max(len(self.run.findings), before.findings + findings),
        )
        if self.each is not None:
            self.each(self.progress)

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
        for name, total in self.sums.items():
            self.run.states[name] = total.result()
        by_file = self.run.judge()
        if not by_file:
            return
        tasks = (
            Task(f"{number}", {"parts": group, "settings": self.settings, "diagnostics": found})
            for number, (group, found) in enumerate(_groups(parts, by_file))
        )
        for outcome in self._run(place_findings, tasks):
            if outcome.ok:
                self.run.findings += outcome.value.findings
            else:
                self._failed(tuple(part for part in parts if part.filename in by_file), outcome.error)


class Sum:
    """The merge of many states, pairwise: merging one by one into a growing state would copy it every time."""

    def __init__(self, rule: CorpusRule) -> None:
        self._rule = rule
        self._levels: list[list[Any]] = []

    def add(self, state: Any) -> None:
        """Take in one more state."""
        for level in self._levels:
            if not level:
                level.append(state)
                return
            state = self._rule.merge(level.pop(), state)
        self._levels.append([state])

    def result(self) -> Any:
        """The merge of all."""
        total = self._rule.empty()
        for level in self._levels:
            for state in level:
                total = self._rule.merge(total, state)
        return total


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
