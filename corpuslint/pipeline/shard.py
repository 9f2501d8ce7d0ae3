"""One shard of a corpus, linted: the function that every executor runs.

The result depends on the content of the shard, the settings and the versions only: not on the executor, the order of
shards, or the attempt. At a second attempt the shard is suspected of holding a document that kills: documents are then
judged in a child process, and exactly the one that crashes it, or takes too long, is reported instead of judged.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.lnt import DOCUMENT_UNJUDGED
from corpuslint.execution.executor import Executor, Outcome, Task
from corpuslint.formats.parts import Part, read_part
from corpuslint.formats.reading import Trouble
from corpuslint.model.document import Document
from corpuslint.model.rule import collectors
from corpuslint.pipeline.content import digest_of
from corpuslint.pipeline.coverage import Coverage
from corpuslint.pipeline.drive import session_of
from corpuslint.pipeline.plan import Job, prepared
from corpuslint.pipeline.run import Gathered, Run, placed
from corpuslint.pipeline.timing import Timings, timed


class PartResult(msgspec.Struct, frozen=True):
    """What a part, or a whole shard, gave: as it is, or as a pickled `payload` for a work folder.

    Neither is there where the content of the part is `known`.
    """

    name: str
    digest: str
    payload: bytes = b""
    gathered: Gathered | None = None


class ShardResult(msgspec.Struct, frozen=True):
    """What a task hands back."""

    parts: tuple[PartResult, ...]
    documents: int
    size: int
    seconds: float
    counts: Mapping[str, int] = {}
    timings: Timings = {}
    states: Mapping[str, Any] = {}


def lint_shard(task: Task) -> ShardResult:
    """Lint the parts in `task.args["parts"]`; one result for all, or one a part where the job wants them `separate`.

    `known` maps the name of a part to the digest of a result that the driver has: a part whose content still has it is
    not linted again, only shown to the corpus rules; in `unchanged` are parts whose content is known to have it.
    """
    started = time.perf_counter()
    job: Job = task.args["job"]
    parts: tuple[Part, ...] = task.args["parts"]
    session = session_of(job)
    rules = session.rules
    if job.alone:
        rules = rules.for_one()
    timings: Timings = {}
    if job.timing:
        rules = timed(rules, timings)
    run = Run(session.settings, rules)
    counts: dict[str, int] = {}
    if job.separate:
        return _separately(task, run, counts, started)
    for part in parts:
        _lint_part(part, run, job, guarded=task.attempt > 1)
    gathered = _counted(run, counts)
    result = (
        PartResult(task.key, "", payload=pickle.dumps(gathered, protocol=pickle.HIGHEST_PROTOCOL))
        if job.work
        else PartResult(task.key, "", gathered=gathered)
    )
    size = sum(part.size for part in parts)
    documents = run.coverage.documents
    return ShardResult((result,), documents, size, time.perf_counter() - started, counts, timings)


def _separately(task: Task, run: Run, counts: dict[str, int], started: float) -> ShardResult:
    """A result a part; what corpus rules collected is one for all."""
    job: Job = task.args["job"]
    parts: tuple[Part, ...] = task.args["parts"]
    known: Mapping[str, str] = task.args.get("known", {})
    unchanged: frozenset[str] = task.args.get("unchanged", frozenset())
    results: list[PartResult] = []
    documents = 0
    for part in parts:
        digest = known[part.name] if part.name in unchanged else digest_of(part)
        is_known = bool(digest) and known.get(part.name) == digest
        if is_known and task.attempt == 1:
            if run.rules.corpus_rules:
                _show_part(part, run)
            results.append(PartResult(part.name, digest))
            continue
        run.coverage, run.findings, run.unreadable = Coverage(), [], False
        _lint_part(part, run, job, guarded=task.attempt > 1)
        if is_known:
            results.append(PartResult(part.name, digest))
            continue
        for finding in run.findings:
            counts[finding.code] = counts.get(finding.code, 0) + 1
        gathered = Gathered(run.coverage, tuple(run.findings), unreadable=run.unreadable)
        results.append(PartResult(part.name, digest, gathered=gathered))
        documents += run.coverage.documents
    run.collect_waiting()
    size = sum(part.size for part in parts)
    seconds = time.perf_counter() - started
    return ShardResult(tuple(results), documents, size, seconds, counts, states=run.states)


def keep_shard(task: Task) -> ShardResult:
    """The result of `lint_shard`, kept in the job's work folder; nothing is linted where it is there already."""
    job: Job = task.args["job"]
    from corpuslint.pipeline.work import WorkFolder  # only for runs with a work folder

    folder = WorkFolder(job.work)
    contents = {part.name: digest_of(part) for part in task.args["parts"]}
    before = folder.lasting(task.key, job.plan, contents)
    if before is not None:
        return ShardResult((), before.documents, before.size, before.seconds, before.counts)
    result = lint_shard(task)
    folder.finish(
        result.parts[0].payload,
        key=task.key,
        plan=job.plan,
        contents=contents,
        documents=result.documents,
        size=result.size,
        seconds=round(result.seconds, 3),
        counts=result.counts,
    )
    return structs.replace(result, parts=())


def place_findings(task: Task) -> Gathered:
    """The findings that diagnostics of corpus rules are in the parts they lie in."""
    settings: Settings = task.args["settings"]
    contents = (entry for part in task.args["parts"] for entry in read_part(part, settings.reading))
    return Gathered(findings=tuple(placed(contents, task.args["diagnostics"])))


def _lint_part(part: Part, run: Run, job: Job, *, guarded: bool) -> None:
    if part.first == 0:
        run.coverage.files.append(part.filename)
    contents: Iterable[Document | Trouble] = read_part(part, run.settings.reading)
    if guarded:
        lint_guarded(part.filename, contents, run, job)
    else:
        run.contents(part.filename, contents)


def _show_part(part: Part, run: Run) -> None:
    for document in read_part(part, run.settings.reading):
        if isinstance(document, Document):
            run.see(document)


def _counted(run: Run, counts: dict[str, int]) -> Gathered:
    for finding in run.findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    return run.gathered()


_BATCH = 64
_SECONDS_TO_START = 300.0


def lint_guarded(filename: str, contents: Iterable[Document | Trouble], run: Run, job: Job) -> None:
    """Lint documents of one file into `run` and outlive every one of them."""
    from corpuslint.execution.processes import Processes  # only where a shard died

    # The child needs no packs of its own: they are unpacked on this machine.
    own = structs.replace(job, settings=run.settings, packs=(), work="", separate=False)
    with Processes(1, memory=job.document_memory) as pool:
        child = _Child(pool, filename, own)
        for batch in _batches(contents):
            if not child.judge(batch, run):
                continue
            for document in batch:
                reason = child.judge((document,), run)
                if reason and isinstance(document, Document):
                    run.report(document, (DOCUMENT_UNJUDGED.report(document, reason=reason),))


def judge_documents(task: Task) -> bytes:
    """What the documents of a task give, pickled; run in the child."""
    job: Job = task.args["job"]
    settings, rules = prepared(job)
    rules.warm_up()  # a child that is warm has its automaton
    run = Run(settings, rules)
    run.contents(task.args["filename"], task.args["documents"])
    return pickle.dumps(run.gathered(), protocol=pickle.HIGHEST_PROTOCOL)


class _Child:
    """The process that judges, warm before any document's time begins to run."""

    def __init__(self, pool: Executor, filename: str, job: Job) -> None:
        self._pool, self._filename, self._job = pool, filename, job
        self._warm = False

    def judge(self, documents: Sequence[Document | Trouble], run: Run) -> str:
        """Judge documents into `run`; "" when that went well, else what happened."""
        if not self._warm:
            self._warm = self._outcome((), _SECONDS_TO_START).ok
        outcome = self._outcome(documents, self._job.document_seconds)
        if not outcome.ok:
            self._warm = outcome.error.startswith("exception")
            return outcome.error
        gathered: Gathered = pickle.loads(outcome.value)
        run.add(gathered)
        for name, rule in collectors(run.rules.corpus_rules).items():
            run.states[name] = rule.merge(run.states[name], gathered.states[name])
        return ""

    def _outcome(self, documents: Sequence[Document | Trouble], seconds: float) -> Outcome:
        args = {"job": self._job, "filename": self._filename, "documents": tuple(documents)}
        (outcome,) = self._pool.run(judge_documents, [Task(self._filename, args)], retries=0, timeout=seconds)
        return outcome


def _batches(contents: Iterable[Document | Trouble]) -> Iterator[tuple[Document | Trouble, ...]]:
    remaining = iter(contents)
    while batch := tuple(islice(remaining, _BATCH)):
        yield batch
