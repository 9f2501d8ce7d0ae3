"""Fixing files on any executor: shards of whole files, each file rewritten in one step by whoever has it.

The files come out the same however the work was done: nothing that is written into one depends on another, but for the
stories split off a text, and those stay in one shard with it. A run that ended early is taken up by the same command:
a file that is fixed is fixed to itself.
"""

from __future__ import annotations

import os
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.ruleset import RuleSet
from corpuslint.errors import ConfigError
from corpuslint.execution.executor import Task
from corpuslint.formats.atomic import FileChange
from corpuslint.formats.endings import is_text, stem_of
from corpuslint.formats.parts import Part, together
from corpuslint.formats.streams import size_or_none
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import DocumentId
from corpuslint.model.levels import Applicability
from corpuslint.pipeline.drive import Driver, EachShard, Execution, session_of
from corpuslint.pipeline.plan import Job
from corpuslint.pipeline.run import Gathered, Outcome, Run, Said
from corpuslint.pipeline.states import Pile
from corpuslint.reporting.report import Findings

SHARD_BYTES = 1 << 20
SHARD_FILES = 128
_WORTH_PROCESSES = 4 << 20
"""Bytes from which starting workers, each loading the rules, pays."""
_SECONDS_A_SHARD = 120.0
_BYTES_A_SECOND = 200_000
Shard = tuple[str, ...]


def fix_files(
    filenames: Sequence[str],
    settings: Settings,
    rules: RuleSet,
    least: Applicability,
    execution: Execution,
    *,
    dry: bool = False,
    each: EachShard | None = None,
) -> Outcome:
    """The outcome of fixing files in place; with `dry`, of finding out what would change.

    As one rank of several only its own share of the files is fixed and reported, and corpus rules, which would have
    to see all of them, say nothing. Raises ConfigError for a way to do it that makes no sense, ExecutionError where the
    executor cannot run.
    """
    if execution.work:
        raise ConfigError(
            "--work is not for --fix: fixes are kept in the files themselves",
            remedy="Leave it out. The same command takes up a run that ended early: what is fixed stays as it is.",
        )
    if execution.timing:
        raise ConfigError("--timing is not for --fix", remedy="Time the rules with `corpuslint check --timing`.")
    ranks, rank = execution.world_size, execution.rank
    if ranks > 1:
        execution.refuse_nonsense(needs_work=False)
        # By its name: stories split off while ranks begin move every position.
        families = {name: _family_of(os.path.normpath(name)).encode("utf-8", "surrogatepass") for name in filenames}
        filenames = [name for name in filenames if zlib.crc32(families[name]) % ranks == rank]
    sizes = {filename: size_or_none(filename) for filename in filenames}
    unsafe = least is Applicability.UNSAFE
    with Driver(execution, sum(sizes.values()), _WORTH_PROCESSES, each) as driver:
        run = Run(settings, rules)
        _fix(run, sizes, driver, wanted := _Wanted(least, dry))
        if ranks > 1:
            run.notes[f"rank {rank} of {ranks}: this is its share of the files, and no corpus rule judged"] = None
            return run.conclude(unsafe=unsafe)
        judged = run.judge()
        if wanted.hear(judged):
            made = set(run.coverage.files) - sizes.keys()  # of stories split off
            sizes |= {name: size_or_none(name) for name in sorted(made)}
            fixed = Counter({} if dry else run.fixed)  # what is not written is mended again from the start
            run = Run(settings, rules)
            _fix(run, sizes, driver, wanted)
            run.fixed = dict(fixed + Counter(run.fixed))
            judged = Findings() if dry else run.judge()
    return run.outcome(judged=judged, unsafe=unsafe)


class _Wanted:
    """What is wanted of every file; what corpus rules say of it lies on disk where it is much."""

    def __init__(self, least: Applicability, dry: bool) -> None:
        self.least, self.dry = least, dry
        self._said = Pile()

    def hear(self, judged: Findings) -> bool:
        """Keep what corpus rules say of documents in which one of their fixes may be made: whether there are any."""
        heard = False
        for filename, findings in groupby(judged, attrgetter("filename")):
            said: dict[DocumentId, tuple[Diagnostic, ...]] = {}
            for _, about in groupby(findings, attrgetter("document")):
                own = tuple(about)
                if any(one.fix is not None and one.fix.applicability >= self.least for one in own):
                    said[own[0].document] = own
            if said:
                self._said.add([(filename, said)])
                heard = True
        return heard

    def about(self, files: Iterable[str]) -> Said:
        """What corpus rules say of some files."""
        return {document: own for name in files for said in self._said.about(name) for document, own in said.items()}


def _fix(run: Run, sizes: Mapping[str, int], driver: Driver, wanted: _Wanted) -> None:
    """Fix every file once. What would change is given in the order of the files.

    A shard that failed for good is done once more file by file: the file that cannot be fixed is reported, the others
    are.
    """
    shards = {f"{number:09}": shard for number, shard in enumerate(_shards(sizes))}
    alone: dict[str, Shard] = {}
    how = {"job": driver.job(run.settings), "least": wanted.least.value, "dry": wanted.dry}
    largest = max((sum(sizes[name] for name in shard) for shard in shards.values()), default=0)
    timeout = _SECONDS_A_SHARD + largest / _BYTES_A_SECOND
    changed: dict[str, tuple[FileChange, ...]] = {}
    for left, retries in ((shards, 1), (alone, 0)):
        tasks = (Task(key, {**how, "files": files, "said": wanted.about(files)}) for key, files in left.items())
        for outcome in driver.run(fix_shard, tasks, retries=retries, timeout=timeout):
            files = left[outcome.key]
            if outcome.ok:
                changed[outcome.key] = outcome.value.changed
                run.add(structs.replace(outcome.value, changed=()))
            elif len(files) > 1:
                alone |= {f"{outcome.key}/{at:09}": (name,) for at, name in enumerate(files)}
                continue
            else:
                run.lost(files, outcome.error)
            driver.advance(sum(sizes[name] for name in files), run.coverage.documents, len(run.findings))
    run.changed = [change for _, own in sorted(changed.items()) for change in own]


def fix_shard(task: Task) -> Gathered:
    """Fix the files of a task in place."""
    job: Job = task.args["job"]
    session = session_of(job)
    run = Run(session.settings, session.rules)
    least, dry, said = Applicability(task.args["least"]), task.args["dry"], task.args["said"]
    for filename in task.args["files"]:
        run.fix_file(filename, least, dry=dry, said=said)
    return run.gathered()


def _shards(sizes: Mapping[str, int]) -> Iterator[Shard]:
    """The files in shards, each text with its stories; in the order of the first of each."""
    families: dict[str, list[str]] = {}
    for filename in sizes:
        families.setdefault(_family_of(filename), []).append(filename)
    parts = (Part(stem, size=sum(sizes[name] for name in family)) for stem, family in families.items())
    for shard in together(parts, SHARD_BYTES, SHARD_FILES):
        yield tuple(name for part in shard for name in families[part.filename])


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
