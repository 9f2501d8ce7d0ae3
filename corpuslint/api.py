"""What programs call: typed settings in, typed results out. Nothing here prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from corpuslint.config.settings import Settings, settings_of
from corpuslint.engine.rules import rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.formats.atomic import FileChange
from corpuslint.formats.files import Found, Paths, as_paths
from corpuslint.formats.reading import Trouble
from corpuslint.model.document import Document
from corpuslint.model.levels import Applicability
from corpuslint.pipeline.comparison import Comparison, compare
from corpuslint.pipeline.drive import EachShard, Execution
from corpuslint.pipeline.folders import by_configuration, joined, look_at
from corpuslint.pipeline.gate import Checkpoint
from corpuslint.pipeline.lint import lint_files
from corpuslint.pipeline.run import Outcome, Run, placed


def check(
    paths: Paths,
    settings: Settings | None = None,
    *,
    force_exclude: bool = False,
    since: str = "",
    against: str = "",
    execution: Execution | None = None,
    each: EachShard | None = None,
) -> Outcome:
    """Lint files and folders, by the configuration that holds where you are unless `settings` are given.

    With `since`, a revision of git, or `against`, a published version of the dataset, only what is new or changed is
    linted, and only news in it counts.

    `execution` says on which executor, and what to keep; `each` is called after every shard with how far the run is.
    Raises SourceError for a path that is not there, ConfigError where git cannot tell what changed, ExecutionError
    where the executor cannot run.
    """
    settings = settings_of(settings)
    way = execution or Execution(jobs=settings.jobs)

    paths = as_paths(paths)
    found = look_at(paths, settings, force_exclude=force_exclude)
    folders = _Folders(found, paths, settings, since, against)
    for here, rules, files, comparison in folders:
        done = comparison.lint(here, rules) if comparison else lint_files(files, here, rules, way, each)
        folders.take(here, rules, done)
    return folders.outcome(partial=way.world_size > 1)


class _Folders:
    """The folders of a run, each with the configuration and rules that hold there, its files, and what is compared."""

    def __init__(self, found: Found, paths: Sequence[str], settings: Settings, since: str, against: str) -> None:
        self._found = found
        self._settings, self._rules, self._since, self._against = settings, rules_for(settings), since, against
        self._checkpoint = Checkpoint.of(settings, self._rules, paths)
        self._outcomes: list[Outcome] = []

    def __iter__(self) -> Iterator[tuple[Settings, RuleSet, Sequence[str], Comparison | None]]:
        for here, files in by_configuration(tuple(self._found.files), self._settings):
            rules = self._rules if here is self._settings else rules_for(here)
            self._checkpoint = self._checkpoint.beside(rules)
            comparison = None
            if self._since or self._against:
                comparison = compare(files, here, rules, since=self._since, against=self._against)
                self._checkpoint = self._checkpoint.compared(comparison)
            yield here, rules, files, comparison

    def take(self, here: Settings, rules: RuleSet, outcome: Outcome) -> None:
        """Keep what one folder came to."""
        self._outcomes.append(self._checkpoint.parked_in(here, rules, outcome))

    def outcome(self, *, partial: bool) -> Outcome:
        """What all came to, and whether it lets the run through. A run that is `partial` may well see no document."""
        outcome = self._checkpoint.judge(joined(self._outcomes))
        summary = structs.replace(outcome.report.summary, passed_over=self._found.passed_over)
        some = partial or self._since or self._against or summary.documents or outcome.unreadable
        report = structs.replace(outcome.report, summary=summary)
        return structs.replace(outcome, report=report, empty=not (self._found.files and some))


def lint_contents(name: str, contents: Sequence[Document | Trouble], settings: Settings) -> Outcome:
    """What is left to report of documents that are in no file (standard input), called `name`."""
    run = _off_disk(settings)
    run.file(name, contents)
    return _concluded(run, contents)


def fix_text(document: Document, settings: Settings, least: Applicability) -> tuple[str, Outcome]:
    """The text of a document that is in no file, with every fix made of at least this applicability, and what is left
    to report."""
    run = _off_disk(settings)
    own, *_ = run.session.mended(document, least)
    run.keep((own,))
    fixed = own.document
    if fixed.text != document.text:
        before, after = (one.text.encode("utf-8", "surrogateescape") for one in (document, fixed))
        run.changed.append(FileChange(document.origin.filename, before, after))
    return fixed.text, _concluded(run, (fixed,))


def _off_disk(settings: Settings) -> Run:
    run = Run(settings, rules_for(settings))
    run.lies_on_disk = False
    return run


def _concluded(run: Run, contents: Sequence[Document | Trouble]) -> Outcome:
    run.findings.add(placed(contents, run.judge()))
    return Checkpoint.of(run.settings, run.rules, ()).judge(run.conclude())


def fix(
    paths: Paths,
    settings: Settings | None = None,
    least: Applicability = Applicability.SAFE,
    *,
    dry: bool = False,
    force_exclude: bool = False,
    since: str = "",
    against: str = "",
    execution: Execution | None = None,
    each: EachShard | None = None,
) -> Outcome:
    """Fix files in place, with every fix of at least this applicability; with `dry`, only say what would change.

    Each file is replaced in one step and its ledger kept beside it; texts before and after are only given with `dry`.
    The files come out the same whatever `execution` says; `each` is called after every shard. Raises SourceError for a
    path that is not there, ConfigError for a way that is none, ExecutionError where the executor cannot run.
    """
    from corpuslint.formats.rewriting import recover, sweep
    from corpuslint.pipeline.fixing import fix_files

    settings = settings_of(settings)
    least = least if isinstance(least, Applicability) else Applicability(least)
    way = execution or Execution(jobs=settings.jobs)

    paths = as_paths(paths)
    found = look_at(paths, settings, force_exclude=force_exclude)
    if not dry:
        sweep(found.files)
        if recover(found.files):
            found = look_at(paths, settings, force_exclude=force_exclude)
    folders = _Folders(found, paths, settings, since, against)
    for here, rules, files, comparison in folders:
        files = comparison.files if comparison else files
        folders.take(here, rules, fix_files(files, here, rules, least, way, dry=dry, each=each))
    return folders.outcome(partial=way.world_size > 1)
