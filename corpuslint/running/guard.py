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
from corpuslint.execution.executor import Task
from corpuslint.execution.processes import Processes
from corpuslint.formats.reading import Trouble
from corpuslint.model.document import Document
from corpuslint.running.run import Run
from corpuslint.running.shard import Job, prepared, unpickle

_BATCH = 64


def lint_guarded(filename: str, contents: Iterable[Document | Trouble], run: Run, job: Job) -> None:
    """Lint documents of one file into `run` and outlive every one of them."""
    with Processes(1, memory=job.document_memory) as child:
        for batch in _batches(contents):
            if _attempt(child, filename, batch, run, job):
                continue
            for document in batch:
                reason = _attempt_one(child, filename, document, run, job)
                if reason and isinstance(document, Document):
                    run.report(document, (DOCUMENT_UNJUDGED.report(document, reason=reason),))


def judge_documents(task: Task) -> bytes:
    """What the documents of a task give, pickled; run in the child."""
    job: Job = task.args["job"]
    settings, rules = prepared(job)
    run = Run(settings, rules)
    run.contents(task.args["filename"], task.args["documents"])
    return pickle.dumps(run.gathered(), protocol=pickle.HIGHEST_PROTOCOL)


def _attempt(child: Processes, filename: str, documents: Sequence[Document | Trouble], run: Run, job: Job) -> bool:
    return not _run(child, filename, documents, run, job)


def _attempt_one(child: Processes, filename: str, document: Document | Trouble, run: Run, job: Job) -> str:
    return _run(child, filename, (document,), run, job)


def _run(child: Processes, filename: str, documents: Sequence[Document | Trouble], run: Run, job: Job) -> str:
    """Judge documents in the child; "" when that went well, else what happened."""
    # The child needs no packs of its own: they are unpacked on this machine.
    args = {"job": dataclasses.replace(job, settings=run.settings, packs=()), "filename": filename}
    task = Task(filename, {**args, "documents": tuple(documents)})
    (outcome,) = child.run(judge_documents, [task], retries=0, timeout=job.document_seconds)
    if not outcome.ok:
        return outcome.error
    gathered = unpickle(outcome.value)
    run.add(gathered)
    for rule in run.rules.corpus_rules:
        code = rule.spec.code
        run.states[code] = rule.merge(run.states[code], gathered.states[code])
    return ""


def _batches(contents: Iterable[Document | Trouble]) -> Iterator[tuple[Document | Trouble, ...]]:
    remaining = iter(contents)
    while batch := tuple(islice(remaining, _BATCH)):
        yield batch
