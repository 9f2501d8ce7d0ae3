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
from typing import TYPE_CHECKING

from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.ruleset import RuleSet
from corpuslint.execution.executor import Task
from corpuslint.formats.endings import is_text
from corpuslint.formats.parts import Part, Unit, cut, together
from corpuslint.formats.reading import Trouble, TroubleKind
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Origin
from corpuslint.pipeline.content import Looks
from corpuslint.pipeline.drive import Driver, EachShard, Execution
from corpuslint.pipeline.plan import Job, plan_fingerprint, shard_key
from corpuslint.pipeline.run import Outcome, Run
from corpuslint.pipeline.shard import lint_shard, place_findings
from corpuslint.pipeline.timing import Timings, added
from corpuslint.reporting.report import Finding, Report, Summary, unpacked

if TYPE_CHECKING:
    from corpuslint.pipeline.kept import Kept

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
        keeps = bool(self.execution.work) or self._pays_to_keep(parts)
        plan = plan_fingerprint(self.settings) if keeps else ""
        job = self.driver.job(self.settings, plan, keeps=keeps, alone=alone, document_seconds=_DOCUMENT_SECONDS)
        shards = {shard_key(shard): shard for shard in together(parts, SHARD_BYTES, SHARD_FILES, by_name=True)}
        own = self.driver.own(shards)
        kept = self._kept(own, shards, plan) if keeps else None
        verdict = kept.verdict() if kept and all(map(kept.is_unchanged, own)) else None
        self._lint(own, job, kept, states=verdict is None)
        if self.execution.world_size > 1:
            return self._outcome_of_rank()
        if verdict is None and kept:
            verdict = kept.verdict()
        if verdict is not None:
            self.run.findings.add(verdict)
        else:
            judged = self._judged(parts)
            for findings in kept.keep_verdict(judged, lambda: not self.failed) if kept else judged:
                self.run.findings.add(findings)
        for filename, look in looks.items():  # no part knows of the others
            if Looks(()).signature_of(filename) != look:
                self.run.trouble(Trouble(TroubleKind.UNREADABLE, "it was changed while it was read", Origin(filename)))
        return structs.replace(self.run.conclude(), timings=self.timings)

    def _pays_to_keep(self, parts: Sequence[Part]) -> bool:
        """Whether there is so much to do that looking results up, and keeping them, pays."""
        here = self.execution
        enough = len(parts) >= _WORTH_CACHE or self.driver.progress.total >= _WORTH_CACHE_BYTES
        return here.cache and not here.timing and enough

    def _kept(self, own: Mapping[str, Shard], every: Iterable[str], plan: str) -> Kept:
        from corpuslint.pipeline.kept import Folder, Kept, Plan, cache_of  # few runs keep anything

        folder = Folder(self.execution.work) if self.execution.work else cache_of(self.settings, plan)
        return Kept(folder, own, Plan(dict.fromkeys(every, plan), self.driver.progress.total))

    def _lint(self, shards: Mapping[str, Shard], job: Job, kept: Kept | None, *, states: bool) -> None:
        """Gather what the shards give. One rank of several only keeps it."""
        largest = max((sum(part.size for part in shard) for shard in shards.values()), default=0)
        wanted = {key: {"job": job, "parts": shard} for key, shard in shards.items()}
        timeout = _SECONDS_A_SHARD + largest / _BYTES_A_SECOND

        def failed(key: str, error: str) -> None:
            self.failed = True
            self.run.lost((part.filename for part in shards[key]), error)

        for key, gathered in self.driver.gathered(lint_shard, wanted, failed, kept, states=states, timeout=timeout):
            self.timings = added(self.timings, gathered.timings)
            before, found = self.driver.progress, sum(gathered.counts.values())
            if self.execution.world_size == 1:
                self.run.add(gathered)
            self.driver.advance(
                sum(part.size for part in shards[key]),
                before.documents + gathered.coverage.documents,
                before.findings + found,
            )

    def _outcome_of_rank(self) -> Outcome:
        here, progress = self.execution, self.driver.progress
        note = f"rank {here.rank} of {here.world_size}: {progress.shards:,} shards are in {here.work}"
        summary = Summary(documents=progress.documents, notes=(note,))
        report = Report.of(self.run.findings, rules=self.rules.specs.values(), summary=summary)
        return Outcome(report, self.run.unreadable, timings=self.timings)

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
                self.failed = True
                self.run.lost((part.filename for part in shard), outcome.error)


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
