"""Fixing files on any executor: shards of whole files, each file rewritten in one step by whoever has it.

The files come out the same however the work was done: nothing that is written into one depends on another, but for the
stories split off a text, and those stay in one shard with it. A run that ended early is taken up by the same command:
a file that is fixed is fixed to itself.
"""

from __future__ import annotations

import itertools
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from corpuslint.config.settings import Settings
from corpuslint.engine.lnt import SHARD_FAILED
from corpuslint.engine.ruleset import RuleSet
from corpuslint.errors import ConfigError
from corpuslint.execution.choice import open_executor
from corpuslint.execution.environment import differences, environment
from corpuslint.execution.executor import ExecutionError, Executor, Task
from corpuslint.formats.endings import is_text, stem_of
from corpuslint.formats.streams import size_of
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.levels import Applicability
from corpuslint.model.rule import collectors
from corpuslint.reporting.report import findings_of
from corpuslint.running.lint import EachShard, How, Progress
from corpuslint.running.run import Gathered, Outcome, Run
from corpuslint.running.shard import Job, prepared

SHARD_BYTES = 2 << 20
SHARD_FILES = 128
_WORTH_PROCESSES = 4 << 20
"""Bytes from which starting workers, each loading the rules, pays."""
_SECONDS_A_SHARD = 120.0
_BYTES_A_SECOND = 200_000
_RUNS = itertools.count()

Shard = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What fixing a shard gave."""

    gathered: Gathered
    notes: tuple[str, ...] = ()


def fix_files(
    filenames: Sequence[str],
    settings: Settings,
    rules: RuleSet,
    least: Applicability,
    how: How,
    *,
    dry: bool = False,
    each: EachShard | None = None,
) -> Outcome:
    """The outcome of fixing files in place; with `dry`, of finding out what would change.

    As one rank of several only its own share of the files is fixed and reported, and corpus rules, which would have
    to see all of them, say nothing. Raises ConfigError for a way to do it that makes no sense, ExecutionError where the
    executor cannot run.
    """
    if how.work:
        raise ConfigError(
            "--work is not for --fix: fixes are kept in the files themselves",
            remedy="Leave it out. The same command takes up a run that ended early: what is fixed stays as it is.",
        )
    if how.timing:
        raise ConfigError("--timing is not for --fix", remedy="Time the rules with `corpuslint check --timing`.")
    if how.world_size > 1:
        how.refuse_nonsense(needs_work=False)
        filenames = [name for name in filenames if _share_of(name, how.world_size) == how.rank]
    return _Fixing(settings, rules, least, how, dry, each).outcome(filenames)


class _Fixing:
    """One run on its way."""

    def __init__(
        self, settings: Settings, rules: RuleSet, least: Applicability, how: How, dry: bool, each: EachShard | None
    ) -> None:
        self.settings, self.rules, self.least, self.how, self.dry, self.each = settings, rules, least, how, dry, each
        self.run = Run(settings, rules)
        self.progress = Progress()
        self.sizes: dict[str, int] = {}

    def outcome(self, filenames: Sequence[str]) -> Outcome:
        """Do it all."""
        self.sizes = {filename: _size(filename) for filename in filenames}
        total = sum(self.sizes.values())
        self.progress = Progress(total=total)
        chosen = self.how.executor_for(total, _WORTH_PROCESSES)
        if chosen == "serial":
            for filename in filenames:
                self.run.fix_file(filename, self.least, dry=self.dry)
                self._advance((filename,))
        else:
            self._through(chosen, filenames)
        unsafe = self.least is Applicability.UNSAFE
        if self.how.world_size == 1:
            return self.run.outcome(unsafe=unsafe)
        note = (
            f"rank {self.how.rank} of {self.how.world_size}: this is its share of the files, and no corpus rule judged"
        )
        self.run.notes[note] = None
        return self.run.conclude(unsafe=unsafe)

    def _through(self, chosen: str, filenames: Sequence[str]) -> None:
        """Fix on an executor; what shards give is added up in the order of the files."""
        from corpuslint.running.packing import packed

        job = Job(
            self.settings,
            f"fix-{os.getpid()}-{next(_RUNS)}",
            environment(),
            packed(self.settings.packs) if chosen == "ray" else (),
        )
        shards = list(_shards(filenames, self.sizes))
        given: dict[int, list[Fixed]] = {}
        executor = open_executor(chosen, workers=self.how.jobs, address=self.how.address)
        try:
            for number, fixed in self._fixed(executor, job, shards):
                given.setdefault(number, []).append(fixed)
                self._advance(shards[number], fixed.gathered)
        finally:
            executor.close()
        collecting = collectors(self.rules.corpus_rules)
        for number in sorted(given):
            for fixed in given[number]:
                self.run.add(fixed.gathered)
                self.run.notes |= dict.fromkeys(fixed.notes)
                for name, rule in collecting.items():
                    self.run.states[name] = rule.merge(self.run.states[name], fixed.gathered.states[name])

    def _fixed(self, executor: Executor, job: Job, shards: Sequence[Shard]) -> Iterator[tuple[int, Fixed]]:
        """What shards give, as they finish. One that failed for good is done once more file by file: the file that
        cannot be fixed is reported, the others are."""
        failed: dict[str, tuple[int, str]] = {}
        size = max((sum(self.sizes[name] for name in shard) for shard in shards), default=0)
        timeout = _SECONDS_A_SHARD + size / _BYTES_A_SECOND
        tasks = (self._task(f"{number}", job, shard) for number, shard in enumerate(shards))
        for outcome in executor.run(fix_shard, tasks, retries=1, timeout=timeout):
            number = int(outcome.key)
            if outcome.ok:
                yield number, outcome.value
            elif len(shards[number]) == 1:
                yield number, self._failed(shards[number][0], outcome.error)
            else:
                failed |= {f"{number}/{at}": (number, name) for at, name in enumerate(shards[number])}
        again = (self._task(key, job, (name,)) for key, (_, name) in failed.items())
        for outcome in executor.run(fix_shard, again, retries=0, timeout=timeout):
            number, name = failed[outcome.key]
            yield number, outcome.value if outcome.ok else self._failed(name, outcome.error)

    def _task(self, key: str, job: Job, shard: Shard) -> Task:
        return Task(key, {"job": job, "files": shard, "least": self.least.value, "dry": self.dry})

    def _failed(self, filename: str, error: str) -> Fixed:
        document = Document(DocumentId(filename), "", {}, Origin(filename))
        run = Run(self.settings, self.rules)
        run.unreadable = True
        run.findings += findings_of(document, "", (SHARD_FAILED.report(document, reason=error),))
        return Fixed(run.gathered())

    def _advance(self, shard: Shard, gathered: Gathered | None = None) -> None:
        before = self.progress
        self.progress = replace(
            before,
            shards=before.shards + 1,
            size=min(before.total, before.size + sum(self.sizes[name] for name in shard)),
            documents=before.documents + gathered.coverage.documents if gathered else self.run.coverage.documents,
            findings=before.findings + len(gathered.findings) if gathered else len(self.run.findings),
        )
        if self.each is not None:
            self.each(self.progress)


def fix_shard(task: Task) -> Fixed:
    """Fix the files of a task in place."""
    job: Job = task.args["job"]
    if differing := differences(environment(), job.environment):
        raise ExecutionError(f"the worker would not fix the same: {differing}")
    settings, rules = prepared(job)
    dry: bool = task.args["dry"]
    run = Run(settings, rules)
    for filename in task.args["files"]:
        run.fix_file(filename, Applicability(task.args["least"]), dry=dry)
    return Fixed(run.gathered(), tuple(run.notes))


def _shards(filenames: Sequence[str], sizes: Mapping[str, int]) -> Iterator[Shard]:
    """The files in shards, each text with its stories; in the order of the first of each."""
    families: dict[str, list[str]] = {}
    for filename in filenames:
        families.setdefault(_family_of(filename), []).append(filename)
    shard: list[str] = []
    held = 0
    for family in families.values():
        size = sum(sizes[filename] for filename in family)
        if shard and (held + size > SHARD_BYTES or len(shard) + len(family) > SHARD_FILES):
            yield tuple(shard)
            shard, held = [], 0
        shard += family
        held += size
    if shard:
        yield tuple(shard)


def _family_of(filename: str) -> str:
    """What a text and the stories split off it have in common.

    >>> _family_of("b/a.txt"), _family_of("b/a.story-2.txt")
    ('b/a', 'b/a')
    """
    if not is_text(filename):
        return filename
    stem = stem_of(filename)
    before, mark, number = stem.rpartition(".story-")
    return _family_of(f"{before}.txt") if mark and number.isdigit() else stem


def _share_of(filename: str, ranks: int) -> int:
    """The rank a file falls to: by its name, because stories split off while ranks begin move every position."""
    return zlib.crc32(_family_of(os.path.normpath(filename)).encode("utf-8", "surrogatepass")) % ranks


def _size(filename: str) -> int:
    with suppress(OSError):
        return size_of(filename)
    return 0
