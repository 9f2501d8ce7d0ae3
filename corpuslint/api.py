"""What programs call: typed settings in, typed results out. Nothing here prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import structs

from corpuslint.config.options import Options
from corpuslint.config.settings import Settings, settle
from corpuslint.engine.rules import rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.formats.atomic import FileChange
from corpuslint.formats.files import Found
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.levels import Applicability
from corpuslint.pipeline.comparison import Comparison, compare
from corpuslint.pipeline.drive import EachShard, Execution
from corpuslint.pipeline.folders import by_configuration, joined, look_at
from corpuslint.pipeline.gate import Checkpoint
from corpuslint.pipeline.lint import lint_files
from corpuslint.pipeline.run import Outcome, Run, placed


def check(
    paths: Sequence[str],
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
    settings = settings or settle(Options())
    way = execution or Execution(jobs=settings.jobs)

    def lint(files: Sequence[str], here: Settings, rules: RuleSet, comparison: Comparison | None) -> Outcome:
        if comparison is None:
            return lint_files(files, here, rules, way, each)
        return comparison.lint(here, rules)

    found = look_at(paths, settings, force_exclude=force_exclude)
    return _by_folder(paths, found, settings, lint, since, against, partial=way.world_size > 1)


def _by_folder(
    paths: Sequence[str],
    found: Found,
    settings: Settings,
    work: Callable[[Sequence[str], Settings, RuleSet, Comparison | None], Outcome],
    since: str,
    against: str,
    *,
    partial: bool,
) -> Outcome:
    """The outcome of `work` on the files found, in each folder by the configuration that holds there, and whether it
    lets the run through. A run that is `partial` may well see no document."""
    rules = rules_for(settings)
    checkpoint = Checkpoint.of(settings, rules, paths)
    outcomes = []
    for here, files in by_configuration(tuple(found.files), settings):
        rules_here = rules if here is settings else rules_for(here)
        checkpoint = checkpoint.beside(rules_here)
        comparison = None
        if since or against:
            comparison = compare(files, here, rules_here, since=since, against=against)
            checkpoint = checkpoint.compared(comparison)
        outcomes.append(checkpoint.parked_in(here, rules_here, work(files, here, rules_here, comparison)))
    outcome = checkpoint.judge(joined(outcomes))
    summary = structs.replace(outcome.report.summary, passed_over=found.passed_over)
    some = partial or since or against or summary.documents or outcome.unreadable
    return structs.replace(
        outcome, report=structs.replace(outcome.report, summary=summary), empty=not (found.files and some)
    )


def lint_text(text: str, filename: str, settings: Settings, least: Applicability | None = None) -> tuple[str, Outcome]:
    """One text that is in no file (standard input), called `filename`: the text, with every fix made of at least this
    applicability where one is given, and what is left to report."""
    rules = rules_for(settings)
    run = Run(settings, rules)
    run.lies_on_disk = False
    document = Document(DocumentId(filename), text, settings.reading.defaults_of(filename), Origin(filename))
    if least is None:
        run.file(filename, (document,))
    else:
        own = next(run.session.mended(document, least))
        run.keep(own)
        document = own.document
    if document.text != text:
        before, after = (part.encode("utf-8", "surrogateescape") for part in (text, document.text))
        run.changed.append(FileChange(filename, before, after))
    run.findings.add(placed((document,), (finding.diagnostic for finding in run.judge())))
    return document.text, Checkpoint.of(settings, rules, ()).judge(run.conclude())


def fix(
    paths: Sequence[str],
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

    settings = settings or settle(Options())
    way = execution or Execution(jobs=settings.jobs)

    def mend(files: Sequence[str], here: Settings, rules: RuleSet, comparison: Comparison | None) -> Outcome:
        files = files if comparison is None else comparison.files
        return fix_files(files, here, rules, least, way, dry=dry, each=each)

    found = look_at(paths, settings, force_exclude=force_exclude)
    if not dry:
        sweep(found.files)
        if recover(found.files):  # stories split off by runs that died are gone
            found = look_at(paths, settings, force_exclude=force_exclude)
    return _by_folder(paths, found, settings, mend, since, against, partial=way.world_size > 1)
