"""Documents of a shard that died, judged so that exactly the one that kills is reported instead.

They are judged in a child process, first many at a time, and one by one where that crashes or takes too long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from msgspec import structs

from corpuslint.engine.lnt import DOCUMENT_UNJUDGED
from corpuslint.execution.executor import Outcome, Task
from corpuslint.execution.processes import Processes
from corpuslint.formats.reading import Trouble
from corpuslint.model.document import Document
from corpuslint.pipeline.plan import Job, prepared
from corpuslint.pipeline.run import Gathered, Run

_BATCH = 64
_SECONDS_TO_START = 300.0


def lint_guarded(key: str, contents: Iterable[Document | Trouble], run: Run, job: Job) -> None:
    """Lint documents of the shard `key` into `run` and outlive every one of them."""
    # The child needs no packs of its own: they are unpacked on this machine.
    own = structs.replace(job, settings=run.settings, packs=(), keeps=False)
    with Processes(1, memory=job.document_memory) as pool:
        child = _Child(pool, key, own)
        remaining = iter(contents)
        while batch := tuple(islice(remaining, _BATCH)):
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

    def __init__(self, pool: Processes, key: str, job: Job) -> None:
        self._pool, self._key, self._job = pool, key, job
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
        (outcome,) = self._pool.run(judge_documents, [Task(self._key, args)], retries=0, timeout=seconds)
        return outcome
