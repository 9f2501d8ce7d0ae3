"""Judging documents one of which may kill: in a child process with limits, a batch at a time, then one by one.

Only a shard that died or hung before comes here, so it may be slow. Every document is given its time; the one that
crashes the child, or does not end, is reported as not judged.
"""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from corpuslint.engine.lnt import DOCUMENT_UNJUDGED
from corpuslint.execution.executor import Outcome, Task
from corpuslint.execution.processes import Processes
from corpuslint.formats.reading import Trouble
from corpuslint.model.document import Document
from corpuslint.model.rule import collectors
from corpuslint.running.run import Gathered, Run
from corpuslint.running.shard import Job, prepared

_BATCH = 64
_SECONDS_TO_START = 300.0


def lint_guarded(filename: str, contents: Iterable[Document | Trouble], run: Run, job: Job) -> None:
    """Lint documents of one file into `run` and outlive every one of them."""
    # The child needs no packs of its own: they are unpacked on this machine.
    own = dataclasses.replace(job, settings=run.settings, packs=(), work="", separate=False)
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

    def __init__(self, pool: Processes, filename: str, job: Job) -> None:
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
