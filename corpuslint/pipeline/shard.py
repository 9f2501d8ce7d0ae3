"""One shard of a corpus, linted: the function that every executor runs.

The result depends on the content of the shard, the settings and the versions only: not on the executor, the order of
shards, or the attempt. At a second attempt the shard is suspected of holding a document that kills: documents are then
judged in a child process, and exactly the one that crashes it, or takes too long, is reported instead of judged.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.lnt import DOCUMENT_UNJUDGED
from corpuslint.execution.executor import Executor, Outcome, Task
from corpuslint.formats.parts import Part, read_part
from corpuslint.formats.reading import Trouble
from corpuslint.model.document import Document
from corpuslint.pipeline.content import digest_of_all
from corpuslint.pipeline.drive import session_of
from corpuslint.pipeline.plan import Job, prepared
from corpuslint.pipeline.run import Gathered, Run, placed
from corpuslint.pipeline.timing import Timings, timed
from corpuslint.reporting.report import packed


def lint_shard(task: Task) -> Gathered:
    """What is found in the parts in `task.args["parts"]`.

    Where the job keeps results it is given with the digest of what was read, and where that is the one in `known`, the
    digest is all that is given.
    """
    job: Job = task.args["job"]
    parts: tuple[Part, ...] = task.args["parts"]
    started = time.perf_counter()
    digest = digest_of_all(parts) if job.keeps else ""
    if digest and digest == task.args.get("known"):
        return Gathered(digest=digest)
    session = session_of(job)
    rules = session.rules.for_one() if job.alone else session.rules
    timings: Timings = {}
    run = Run(session.settings, timed(rules, timings) if job.timing else rules)
    if task.attempt > 1:
        for part in parts:
            lint_guarded(part.filename, _contents(part, run), run, job)
    else:
        run.contents(chain.from_iterable(_contents(part, run) for part in parts))
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


def _contents(part: Part, run: Run) -> Iterator[Document | Trouble]:
    if part.first == 0:
        run.coverage.files.append(part.filename)
    return read_part(part, run.settings.reading)


_BATCH = 64
_SECONDS_TO_START = 300.0


def lint_guarded(filename: str, contents: Iterable[Document | Trouble], run: Run, job: Job) -> None:
    """Lint documents of one file into `run` and outlive every one of them."""
    from corpuslint.execution.processes import Processes  # only where a shard died

    # The child needs no packs of its own: they are unpacked on this machine.
    own = structs.replace(job, settings=run.settings, packs=(), keeps=False)
    with Processes(1, memory=job.document_memory) as pool:
        child = _Child(pool, filename, own)
        for batch in _batches(contents):
            if not child.judge(batch, run):
                continue
            for document in batch:
                reason = child.judge((document,), run)
                if reason and isinstance(document, Document):
                    run.report(document, (DOCUMENT_UNJUDGED.report(document, reason=reason),))


def judge_documents(task: Task) -> Gathered:
    """What the documents of a task give; run in the child."""
    settings, rules = prepared(task.args["job"])
    rules.warm_up()  # a child that is warm has its automaton
    run = Run(settings, rules)
    run.contents(task.args["documents"])
    return run.gathered()


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
        run.add(outcome.value)
        return ""

    def _outcome(self, documents: Sequence[Document | Trouble], seconds: float) -> Outcome:
        args = {"job": self._job, "documents": tuple(documents)}
        (outcome,) = self._pool.run(judge_documents, [Task(self._filename, args)], retries=0, timeout=seconds)
        return outcome


def _batches(contents: Iterable[Document | Trouble]) -> Iterator[tuple[Document | Trouble, ...]]:
    remaining = iter(contents)
    while batch := tuple(islice(remaining, _BATCH)):
        yield batch
