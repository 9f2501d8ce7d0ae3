"""What programs call: typed settings in, typed results out. Nothing here prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from corpuslint.config.options import Options
from corpuslint.config.settings import Settings, settle
from corpuslint.engine.rules import packs, rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.errors import ConfigError, SourceError
from corpuslint.formats import read
from corpuslint.formats.atomic import FileChange
from corpuslint.formats.files import Found, look, nothing_in
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.levels import Applicability
from corpuslint.model.rule import RuleSpec
from corpuslint.pipeline.comparison import Comparison, compared_with_revision, see
from corpuslint.pipeline.drive import EachShard, Execution
from corpuslint.pipeline.folders import by_configuration, grouped, joined, sessions
from corpuslint.pipeline.gate import Checkpoint
from corpuslint.pipeline.lint import lint_files
from corpuslint.pipeline.run import Outcome, Run
from corpuslint.pipeline.session import Session

if TYPE_CHECKING:
    from corpuslint.formats.rewriting import Undone
    from corpuslint.publishing.building import Built
    from corpuslint.publishing.records import RemovedText
    from corpuslint.publishing.splits import SplitPlan
    from corpuslint.publishing.version import Version
    from corpuslint.reporting.drift import Rates
    from corpuslint.reporting.report import Report
    from corpuslint.web.review import ReviewServer

__all__ = [
    "Execution",
    "Outcome",
    "build",
    "build_share",
    "check",
    "fix",
    "lint_text",
    "mine",
    "packs",
    "rates",
    "report_page",
    "review_server",
    "rules_for",
    "undo_paths",
]


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
    settings = settings or _settings_here()
    way = execution or Execution(jobs=settings.jobs)

    def lint(files: Sequence[str], here: Settings, rules: RuleSet, comparison: Comparison | None) -> Outcome:
        if comparison is None:
            return lint_files(files, here, rules, way, each)
        return comparison.narrowed(_lint(comparison, here, rules))

    found = _look(paths, settings, force_exclude=force_exclude)
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
            comparison = _comparison(files, here, rules_here, since, against)
            checkpoint = checkpoint.compared(comparison)
        outcomes.append(checkpoint.parked_in(here, rules_here, work(files, here, rules_here, comparison)))
    outcome = checkpoint.judge(joined(outcomes))
    summary = structs.replace(outcome.report.summary, passed_over=found.passed_over)
    some = partial or since or against or summary.documents or outcome.unreadable
    return structs.replace(
        outcome, report=structs.replace(outcome.report, summary=summary), empty=not (found.files and some)
    )


def _settings_here() -> Settings:
    return settle(Options())


def _look(paths: Sequence[str], settings: Settings, *, force_exclude: bool = False) -> Found:
    return look(
        paths,
        exclude=settings.exclude,
        force_exclude=force_exclude,
        gitignore=settings.respect_gitignore,
        packs=settings.packs,
    )


def files(paths: Sequence[str], settings: Settings, *, force_exclude: bool = False) -> list[str]:
    """The files that would be looked at. Raises SourceError where there is none."""
    found = _look(paths, settings, force_exclude=force_exclude)
    if not found.files:
        raise nothing_in(paths, found.passed_over)
    return list(found.files)


def _comparison(files: Sequence[str], settings: Settings, rules: RuleSet, since: str, against: str) -> Comparison:
    if not against:
        return compared_with_revision(files, settings, rules, since)
    if since:
        raise ConfigError("--since and --against ask different questions", remedy="give one of them")
    from corpuslint.pipeline.against import compared_with_version  # brings pyarrow, which linting never needs

    return compared_with_version(files, settings, rules, against)


def _lint(comparison: Comparison, settings: Settings, rules: RuleSet) -> Outcome:
    """The outcome for the files that changed, with the others shown to corpus rules."""
    run = Run(settings, rules)
    if rules.corpus_rules:
        see(run, comparison.others)
    for filename in comparison.files:
        run.file(filename, list(read(filename, settings.reading)))
    return run.outcome()


def lint_text(text: str, filename: str, settings: Settings, least: Applicability | None = None) -> tuple[str, Outcome]:
    """One text that is in no file (standard input), called `filename`: the text, with every fix made of at least this
    applicability where one is given, and what is left to report."""
    rules = rules_for(settings)
    run = Run(settings, rules)
    document = Document(DocumentId(filename), text, settings.reading.defaults_of(filename), Origin(filename))
    fixed = text
    if least is None:
        run.text(document)
    else:
        run.in_memory[document.id] = document
        fixed = run.fix(document, least).text
    if fixed != text:
        before, after = (part.encode("utf-8", "surrogateescape") for part in (text, fixed))
        run.changed.append(FileChange(filename, before, after))
    return fixed, Checkpoint.of(settings, rules, ()).judge(run.outcome())


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

    settings = settings or _settings_here()
    way = execution or Execution(jobs=settings.jobs)

    def mend(files: Sequence[str], here: Settings, rules: RuleSet, comparison: Comparison | None) -> Outcome:
        files = files if comparison is None else comparison.files
        return fix_files(files, here, rules, least, way, dry=dry, each=each)

    found = _look(paths, settings, force_exclude=force_exclude)
    if not dry:
        sweep(found.files)
        if recover(found.files):  # stories split off by runs that died are gone
            found = _look(paths, settings, force_exclude=force_exclude)
    return _by_folder(paths, found, settings, mend, since, against, partial=way.world_size > 1)


def build(
    paths: Sequence[str],
    settings: Settings | None = None,
    *,
    name: str,
    version: Version | str,
    out: Path | str = "dist",
    removed_text: RemovedText | None = None,
    plan: SplitPlan | None = None,
    shards: int = 0,
    execution: Execution | None = None,
    each: EachShard | None = None,
) -> Built:
    """Build a version of a dataset in `out/name` from files and folders, which are not touched.

    Where rules for personal data are on, no removed text is published, whatever `removed_text` says.

    The version does not depend on `execution`. With a work folder there, a build that ended early goes on where it was,
    on any executor; `build_share` says how ranks fill it.

    Raises SourceError for a path that is not there, PublishError when the version cannot be built, ConfigError for a
    way that is none.
    """
    from corpuslint.pipeline import dataset  # brings pyarrow, which linting never needs
    from corpuslint.publishing.building import Request
    from corpuslint.publishing.records import RemovedText as Removed
    from corpuslint.publishing.version import Version as Numbers

    settings = settings or _settings_here()
    if execution is not None and execution.world_size > 1:
        raise ConfigError("one rank of several builds no version", remedy="Call build_share for each, then build.")
    request = Request(
        name=name,
        version=Numbers.parse(version) if isinstance(version, str) else version,
        out=Path(out),
        plan=plan,
        shards=shards,
        facts=dataset.facts_of(settings),
    )
    return dataset.build(paths, settings, request, removed_text or Removed.FULL, execution, each)


def build_share(paths: Sequence[str], settings: Settings, execution: Execution) -> None:
    """Do the share of one rank of a build and keep it in the work folder; `build` with that folder then has less to do.

    Raises SourceError for a path that is not there, PublishError for files that cannot be cleaned, ConfigError for a
    way that is none.
    """
    from corpuslint.pipeline import dataset

    execution.refuse_nonsense()
    dataset.clean_share(paths, settings, execution)


def report_page(paths: Sequence[str], settings: Settings, *, title: str, each: EachShard | None = None) -> str:
    """One HTML page with every finding in place, what fixing would make of each document, and the counts.

    Raises SourceError for a path that is not there.
    """
    from corpuslint.pipeline.pages import documents_with_findings
    from corpuslint.web.report import report_page as page_of

    judging = sessions(files(paths, settings), settings)
    reported, documents = documents_with_findings(judging, each)
    return page_of(reported, _specs(session for session, _ in judging), title=title, documents=documents)


def _specs(sessions: Iterable[Session]) -> dict[str, RuleSpec]:
    return {str(code): spec for session in sessions for code, spec in session.rules.specs.items()}


def rates(
    paths: Sequence[str], settings: Settings, execution: Execution | None = None, each: EachShard | None = None
) -> Rates:
    """In how many documents of each outlet each rule reports: to be kept, and compared with later.

    Raises SourceError for a path that is not there.
    """
    from corpuslint.reporting.drift import Rates as Counted

    outcome = check(paths, settings, execution=execution, each=each)
    if outcome.empty:
        raise nothing_in(paths, outcome.report.summary.passed_over)
    return Counted.of(outcome.coverage.sites, outcome.report.findings)


def page_of(report: Report, settings: Settings) -> str:
    """The HTML page of findings that a run has made; files with findings are read once more."""
    from corpuslint.pipeline.pages import documents_in
    from corpuslint.web.report import report_page as page

    groups, _ = grouped(list(dict.fromkeys(finding.filename for finding in report.findings)), settings)
    judging = tuple((Session(here), files) for here, files in groups)
    specs = _specs(session for session, _ in judging) | {str(spec.code): spec for spec in report.rules}
    return page(documents_in(report, judging), specs, documents=report.summary.documents)


def review_server(paths: Sequence[str], settings: Settings, *, port: int, reviewer: str) -> ReviewServer:
    """A server of the review page, listening but not yet serving; decisions go beside the configuration.

    Raises SourceError for a path that is not there or a port that is taken, ConfigError for a broken decisions file.
    """
    from corpuslint.config.settings import DECISIONS
    from corpuslint.formats.reading import placed
    from corpuslint.pipeline.pages import documents_with_findings
    from corpuslint.pipeline.verdicts import decisions_in
    from corpuslint.web.report import review_page
    from corpuslint.web.review import ReviewServer

    named = files(paths, settings)
    judging = tuple((session.undecided(), group) for session, group in sessions(named, settings))
    decisions_in(settings)
    path = settings.root / DECISIONS
    names = {filename: placed(filename, settings.root) for filename in named}

    def render() -> str:
        now = structs.replace(settings, decisions=path if path.is_file() else None)
        reported, documents = documents_with_findings(judging)
        specs = _specs(session for session, _ in judging)
        return review_page(reported, specs, decisions_in(now), names, documents=documents)

    return ReviewServer(port, path, reviewer, render)


def mine(paths: Sequence[str], settings: Settings, output: Path) -> int:
    """Write a rule pack of what the documents of each outlet have in common into the folder `output`; how many rules.

    Raises SourceError for a path that is not there, ConfigError where `output` holds a pack that is not of this making.
    """
    from corpuslint.formats.atomic import replace_file
    from corpuslint.packs.loader import load_pack
    from corpuslint.pipeline.mining import mine as mined
    from corpuslint.pipeline.mining import pack_of

    strangers = sorted({path.name for path in output.glob("*")} - {"pack.toml", "learned.toml"})
    if strangers:
        raise ConfigError(
            f"{output.as_posix()} holds {strangers[0]}",
            remedy="Name a folder of its own for the proposed pack with -o.",
        )
    proposals = mined(by_configuration(files(paths, settings), settings))
    if not proposals:
        return 0
    output.mkdir(parents=True, exist_ok=True)
    for name, content in pack_of(proposals, output.name).items():
        replace_file(output / name, content.encode("utf-8"))
    return len(load_pack(output).all_rules)


def undo_paths(paths: Sequence[str], *, last_only: bool) -> Iterator[tuple[str, Undone | SourceError]]:
    """Take back the fixes of files, or of every fixed file below a folder, one file after another: the file, and what
    was taken back in it or why it cannot be. Files that were never fixed are passed over.

    Raises SourceError for a path that is not there, before anything is taken back.
    """
    from corpuslint.formats.rewriting import sweep, undo_file

    files = list(_perhaps_fixed(paths))
    sweep(files)
    for filename in files:
        if not Path(filename).exists():
            continue  # a file that was fixed and then deleted stays deleted
        try:
            undone = undo_file(filename, last_only=last_only)
        except SourceError as error:
            yield filename, error
            continue
        if undone.runs:
            yield filename, undone


def _perhaps_fixed(paths: Sequence[str]) -> Iterator[str]:
    """The files named, and in folders those that anything in `.corpuslint/` is named after: fixed, or begun to be."""
    for given in paths:
        path = Path(given)
        if path.is_dir():
            for kept in sorted(path.rglob(".corpuslint/*")):
                yield (kept.parent.parent / kept.name.removesuffix(".ledger.jsonl")).as_posix()
        elif path.exists():
            yield given
        else:
            raise SourceError("there is no such file or folder", origin=given)
