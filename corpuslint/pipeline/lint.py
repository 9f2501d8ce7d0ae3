"""A whole run of `check`: find the files, cut them into shards, lint what is not known yet, gather, judge, report.

The report does not depend on how the work was done: not on executor, jobs, cache, resumption or the order in which
shards finish.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.lnt import DOCUMENT_UNJUDGED, SHARD_FAILED
from corpuslint.engine.ruleset import RuleSet
from corpuslint.execution.executor import Task
from corpuslint.formats.endings import is_text
from corpuslint.formats.parts import Part, cut, read_part, together
from corpuslint.formats.reading import Trouble, TroubleKind
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Origin
from corpuslint.pipeline.content import digest_of_all, signature_of
from corpuslint.pipeline.drive import Driver, EachShard, Execution, session_of
from corpuslint.pipeline.plan import Job, plan_fingerprint, shard_key
from corpuslint.pipeline.run import Gathered, Outcome, Run, placed
from corpuslint.pipeline.timing import Timings, added, timed
from corpuslint.reporting.report import Finding, Report, Summary, packed, unpacked

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


Shard = tuple[Part, ...]


def lint_files(
    filenames: Sequence[str], settings: Settings, rules: RuleSet, execution: Execution, each: EachShard | None = None
) -> Outcome:
    """The outcome of linting files. One rank of several only keeps what its shards give.

    Raises ConfigError for a way to do it that makes no sense, ExecutionError where the executor cannot run.
    """
    execution.refuse_nonsense()
    parts = [
        part
        for filename in filenames
        for part in cut(filename, lambda size: PART_BYTES if size < LARGE_BYTES else LARGE_PART_BYTES)
    ]
    cut_up = sorted({part.filename for part in parts if part.stop})
    looks = {filename: signature_of(filename) for filename in cut_up}
    run, is_rank = Run(settings, rules), execution.world_size > 1
    timings: Timings = {}
    with Driver(execution, sum(part.size for part in parts), _WORTH_PROCESSES, each) as driver:
        parts = driver.numbered(parts)
        alone = len(parts) == 1 and is_text(parts[0].filename)
        enough = len(parts) >= _WORTH_CACHE or driver.progress.total >= _WORTH_CACHE_BYTES
        keeps = bool(execution.work) or (enough and execution.cache and not execution.timing)
        plan = plan_fingerprint(settings) if keeps else ""
        job = driver.job(settings, plan, keeps=keeps, alone=alone, document_seconds=_DOCUMENT_SECONDS)
        shards = {shard_key(shard): shard for shard in together(parts, SHARD_BYTES, SHARD_FILES, by_name=True)}
        own = driver.own(shards)
        kept = _kept(own, shards, driver, job) if keeps else None
        verdict = kept.verdict() if kept and all(map(kept.is_unchanged, own)) else None
        wanted = {key: {"job": job, "parts": shard} for key, shard in own.items()}
        largest = max((sum(part.size for part in shard) for shard in own.values()), default=0)
        timeout = _SECONDS_A_SHARD + largest / _BYTES_A_SECOND
        for key, given in driver.gathered(lint_shard, wanted, run.lost, kept, states=verdict is None, timeout=timeout):
            timings = added(timings, given.timings)
            if not is_rank:
                run.add(given)
            size, before, found = sum(part.size for part in own[key]), driver.progress, sum(given.counts.values())
            driver.advance(size, before.documents + given.coverage.documents, before.findings + found)
        if is_rank:
            return _outcome_of_rank(run, driver, timings)
        verdict = kept.verdict() if kept and verdict is None else verdict
        if verdict is None:
            judged = _judged(run, parts, driver)
            if kept:
                judged = kept.keep_verdict(judged, lambda: SHARD_FAILED.code not in run.findings.by_code())
            for findings in judged:
                run.findings.add(findings)
        else:
            run.findings.add(verdict)
    for filename, look in looks.items():  # no part knows of the others
        if signature_of(filename) != look:
            run.trouble(Trouble(TroubleKind.UNREADABLE, "it was changed while it was read", Origin(filename)))
    return structs.replace(run.conclude(), timings=timings)


def lint_shard(task: Task) -> Gathered:
    """What is found in the parts in `task.args["parts"]`.

    The result depends on their content, the settings and the versions only: not on the executor, the order of shards,
    or the attempt. At a second attempt the shard is suspected of holding a document that kills: each is then judged in
    a child process. Where the job keeps results it is given with the digest of what was read, and where that is the one
    in `known`, the digest is all that is given.
    """
    job: Job = task.args["job"]
    parts: Shard = task.args["parts"]
    started = time.perf_counter()
    digest = digest_of_all(parts) if job.keeps else ""
    if digest and digest == task.args.get("known"):
        return Gathered(digest=digest)
    session = session_of(job)
    rules = session.rules.for_one() if job.alone else session.rules
    timings: Timings = {}
    run = Run(session.settings, timed(rules, timings) if job.timing else rules)
    run.coverage.files += [part.filename for part in parts if part.first == 0]
    contents = chain.from_iterable(read_part(part, run.settings.reading) for part in parts)
    if task.attempt > 1:
        from corpuslint.pipeline.guarded import lint_guarded  # only where a shard died

        lint_guarded(task.key, contents, run, job)
    else:
        run.contents(contents)
    counts = run.findings.by_code()
    if DOCUMENT_UNJUDGED.code in counts:
        digest = ""  # the next run tries again
    seconds = round(time.perf_counter() - started, 3)
    return structs.replace(run.gathered(), timings=timings, digest=digest, counts=counts, seconds=seconds)


def place_findings(task: Task) -> bytes:
    """The findings, packed, that diagnostics of corpus rules are in the parts they lie in."""
    settings: Settings = task.args["settings"]
    contents = (entry for part in task.args["parts"] for entry in read_part(part, settings.reading))
    return packed(placed(contents, task.args["diagnostics"]))


def _kept(own: Mapping[str, Shard], every: Iterable[str], driver: Driver, job: Job) -> Kept:
    from corpuslint.pipeline.kept import Folder, Kept, Plan, cache_of  # few runs keep anything

    work = driver.execution.work
    folder = Folder(work) if work else cache_of(job.settings, job.plan)
    return Kept(folder, own, Plan(dict.fromkeys(every, job.plan), driver.progress.total))


def _outcome_of_rank(run: Run, driver: Driver, timings: Timings) -> Outcome:
    here, progress = driver.execution, driver.progress
    note = f"rank {here.rank} of {here.world_size}: {progress.shards:,} shards are in {here.work}"
    summary = Summary(documents=progress.documents, notes=(note,))
    report = Report.of(run.findings, rules=run.rules.specs.values(), summary=summary)
    return Outcome(report, run.unreadable, timings=timings)


def _judged(run: Run, parts: Sequence[Part], driver: Driver) -> Iterator[tuple[Finding, ...]]:
    """What the corpus rules find; what they find something in is read once more to say where."""
    found = run.judge()
    shards: dict[str, Shard] = {}

    def tasks() -> Iterator[Task]:
        for number, (shard, diagnostics) in enumerate(_groups(parts, found)):
            shards[f"{number}"] = shard
            yield Task(f"{number}", {"parts": shard, "settings": run.settings, "diagnostics": diagnostics})

    for outcome in driver.run(place_findings, tasks()) if len(found) else ():
        shard = shards.pop(outcome.key)
        if outcome.ok:
            yield unpacked(outcome.value)
        else:
            run.lost((part.filename for part in shard), outcome.error)


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
            waiting[part.name] = tuple(findings)
            yield part

    for shard in together(concerned(), SHARD_BYTES, SHARD_FILES):
        yield shard, tuple(diagnostic for part in shard for diagnostic in waiting.pop(part.name))


_first = attrgetter("first")
