"""What programs call: typed settings in, typed results out. Nothing here prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_anatomy
from corpuslint.engine.fix import FixResult, fix_document
from corpuslint.engine.lnt import BROKEN_RECORD, FILE_SKIPPED, FILE_UNREADABLE, LNT_SPECS
from corpuslint.engine.record_schema import RecordFitsSchema
from corpuslint.engine.ruleset import RuleSet, ruleset
from corpuslint.errors import SourceError
from corpuslint.facts.anatomy import Anatomy
from corpuslint.formats import read
from corpuslint.formats.files import discover
from corpuslint.formats.reading import Trouble, TroubleKind
from corpuslint.formats.rewriting import NewStory, Rewrite, rewrite_lines, rewrite_text
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document, DocumentId
from corpuslint.model.levels import Applicability
from corpuslint.packs.loader import load_packs
from corpuslint.packs.pack import RulePack
from corpuslint.packs.selection import matching, select
from corpuslint.reporting.report import Finding, Report, Summary, findings_of
from corpuslint.resources import rules_folder
from corpuslint.version import DOCUMENTATION

if TYPE_CHECKING:
    from corpuslint.publishing.building import Built
    from corpuslint.publishing.records import RemovedText
    from corpuslint.publishing.splits import SplitPlan
    from corpuslint.publishing.version import Version

FileText = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Changed:
    """A document that fixing changed, or would change: its name, before and after, and the stories it split into."""

    filename: str
    before: str
    after: str
    stories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gave: the report, whether an input could not be read, and what was (or would be) changed."""

    report: Report
    unreadable: bool = False
    changed: tuple[Changed, ...] = ()


def packs(settings: Settings) -> tuple[RulePack, ...]:
    """The shipped packs and those that the settings name."""
    shipped = sorted(path.parent for path in rules_folder().glob("*/pack.toml"))
    return load_packs([*shipped, *settings.packs])


def record_schema_of(settings: Settings) -> Path | None:
    """The schema that every record of this corpus must fit, if it has one.

    The schema of published datasets, which `corpuslint` ships under the same name, is not meant: input is not there
    yet.
    """
    if settings.record_schema is not None:
        return settings.record_schema
    path = settings.root / "schemas" / "record.schema.json"
    if settings.origins and path.is_file() and DOCUMENTATION not in path.read_text("utf-8", "replace"):
        return path
    return None


def rules_for(settings: Settings) -> RuleSet:
    """The rules that the settings select, with their severities.

    Raises ConfigError for a selector that matches nothing, PackError for a pack that does not load.
    """
    rules = [rule for pack in packs(settings) for rule in pack.all_rules]
    schema = record_schema_of(settings)
    if schema is not None:
        rules.append(RecordFitsSchema(schema))
    specs = [rule.spec for rule in rules]
    origin = settings.origins.get("select", "")
    known = [*specs, *LNT_SPECS]
    chosen = select(
        known,
        select=settings.select,
        ignore=settings.ignore,
        extend_select=settings.extend_select,
        origin=origin if origin != "command line" else "",
    )
    severities = {
        code: level
        for selector, level in sorted(settings.severity.items(), key=lambda entry: len(entry[0]))
        for code in matching((selector,), known, origin=settings.origins.get("severity", ""))
    }
    for selectors in settings.per_file_ignores.values():
        matching(selectors, known, origin=settings.origins.get("per-file-ignores", ""))
    return ruleset([rule for rule in rules if rule.spec.code in chosen], severities)


def check(paths: Sequence[str], settings: Settings, *, force_exclude: bool = False) -> Outcome:
    """Lint files and folders.

    Raises SourceError for a path that is not there.
    """
    run = _Run(settings, rules_for(settings))
    for filename in discover(paths, exclude=settings.exclude, force_exclude=force_exclude):
        run.file(filename, list(read(filename, settings.reading)))
    return run.outcome()


def check_text(text: str, filename: str, settings: Settings) -> Outcome:
    """Lint one text that is in no file (standard input, an editor); `filename` says what to call it."""
    run = _Run(settings, rules_for(settings))
    run.file(filename, [Document(DocumentId(filename), text, _language(settings))])
    return run.outcome()


def fix_text(text: str, filename: str, settings: Settings, least: Applicability) -> tuple[str, Outcome]:
    """Fix one text that is in no file: the text after, and what is left to report."""
    run = _Run(settings, rules_for(settings))
    document = Document(DocumentId(filename), text, _language(settings))
    result = run.fix(document, least)
    return result.text, run.outcome()


def fix(
    paths: Sequence[str],
    settings: Settings,
    least: Applicability,
    *,
    dry: bool = False,
    force_exclude: bool = False,
) -> Outcome:
    """Fix files in place, with every fix of at least this applicability; with `dry`, only say what would change.

    Each file is replaced in one step and its ledger kept beside it. Raises SourceError for a path that is not there.
    """
    run = _Run(settings, rules_for(settings))
    for filename in discover(paths, exclude=settings.exclude, force_exclude=force_exclude):
        run.fix_file(filename, least, dry=dry)
    return run.outcome(unsafe=least is Applicability.UNSAFE)


def build(
    paths: Sequence[str],
    settings: Settings,
    *,
    name: str,
    version: Version,
    out: Path,
    removed_text: RemovedText | None = None,
    plan: SplitPlan | None = None,
    shards: int = 0,
) -> Built:
    """Build a version of a dataset in `out/name` from files and folders, which are not touched.

    Raises SourceError for a path that is not there, PublishError when the version cannot be built.
    """
    from corpuslint import dataset  # brings pyarrow, which linting never needs
    from corpuslint.publishing.records import RemovedText as Removed

    wanted = dataset.Wanted(
        name=name,
        version=version,
        out=out,
        removed_text=removed_text or Removed.FULL,
        plan=plan,
        shards=shards,
        facts=dataset.facts_of(settings),
    )
    return dataset.build(paths, settings, wanted, rules_for(settings), packs(settings))


class _Run:
    """What one run has gathered so far."""

    def __init__(self, settings: Settings, rules: RuleSet) -> None:
        self.settings, self.rules = settings, rules
        self.findings: list[Finding] = []
        self.changed: list[Changed] = []
        self.fixed: dict[str, int] = {}
        self.documents = self.files = 0
        self.unreadable = False
        self.states: dict[str, Any] = {rule.spec.code: rule.empty() for rule in rules.corpus_rules}
        self.known: dict[str, Document] = {}

    def rules_in(self, filename: str) -> RuleSet:
        """The rules that hold for one file."""
        ignored = self.settings.ignored_in(filename)
        if not ignored:
            return self.rules
        off = matching(ignored, [*self.rules.specs.values(), *LNT_SPECS])
        return self.rules.narrowed(lambda spec: spec.code not in off)

    def file(self, filename: str, contents: Iterable[Document | Trouble]) -> None:
        """Lint what one file holds."""
        self.files += 1
        rules = self.rules_in(filename)
        for document in contents:
            if isinstance(document, Trouble):
                self.trouble(document)
                continue
            awake = rules.scanner.awake(document.text)
            if not awake and not rules.corpus_rules:
                self.documents += 1
                continue
            anatomy = Anatomy(document)
            self.report(document, check_anatomy(anatomy, awake, rules))
            self.collect(anatomy, rules)

    def collect(self, anatomy: Anatomy, rules: RuleSet) -> None:
        """Let the corpus rules see one document."""
        for rule in rules.corpus_rules:
            code = rule.spec.code
            self.states[code] = rule.collect(self.states[code], anatomy)
        if rules.corpus_rules:
            self.known[anatomy.document.id] = anatomy.document

    def report(self, document: Document, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the findings of one document."""
        self.documents += 1
        self.findings += findings_of(document, document.text, diagnostics)

    def trouble(self, trouble: Trouble) -> None:
        """Keep a file or record that gave no document, as a finding."""
        spec = _TROUBLE[trouble.kind]
        self.unreadable = self.unreadable or trouble.kind is TroubleKind.UNREADABLE
        name = trouble.origin.filename
        document = Document(DocumentId(name), "", {}, trouble.origin)
        diagnostic = spec.report(document, reason=trouble.reason)
        self.findings += findings_of(document, "", (diagnostic,))

    def fix(self, document: Document, least: Applicability) -> FixResult:
        """Fix one document in memory and keep what is left to report."""
        rules = self.rules_in(document.origin.filename)
        result = fix_document(document, rules, least)
        if result.changed:
            for edit in result.applied:
                self.fixed[edit.code] = self.fixed.get(edit.code, 0) + 1
            stories = tuple(story.text for story in result.stories)
            self.changed.append(Changed(document.origin.filename, document.text, result.text, stories))
        after = Document(document.id, result.text, {**result.lifted, **document.metadata}, document.origin)
        self.report(after, result.remaining)
        if rules.corpus_rules:
            self.collect(Anatomy(after), rules)
        return result

    def fix_file(self, filename: str, least: Applicability, *, dry: bool) -> None:
        """Fix one file in place."""
        self.files += 1
        try:
            before = Path(filename).read_bytes() if "://" not in filename else b""
        except OSError:
            before = b""
        rewrites: list[Rewrite] = []
        for document in list(read(filename, self.settings.reading)):
            if isinstance(document, Trouble):
                self.trouble(document)
                continue
            result = self.fix(document, least)
            if result.changed and not dry:
                rewrites.append(self.rewrite(document, result, least))
        if not rewrites:
            return
        if filename.endswith(".txt"):
            rewrite_text(filename, before, rewrites[0])
        elif filename.endswith(".jsonl"):
            rewrite_lines(filename, before, rewrites, self.settings.fields.get("text", "text"))
        else:
            raise SourceError(
                "fixes cannot be written into this format", origin=filename, remedy="build a dataset from it instead"
            )

    def rewrite(self, document: Document, result: FixResult, least: Applicability) -> Rewrite:
        """What to write for one fixed document; its split stories are fixed too, so that nothing is left to do."""
        stories = []
        for number, story in enumerate(result.stories, start=2):
            own = Document(
                DocumentId(f"{document.id}.story-{number}"), story.text, _language(self.settings), document.origin
            )
            fixed = fix_document(own, self.rules_in(document.origin.filename), least)
            stories.append(NewStory(fixed.text, fixed.lifted))
        return Rewrite(
            result.text, result.applied, result.lifted, tuple(stories), result.encoding, document.origin.index
        )

    def outcome(self, *, unsafe: bool = False) -> Outcome:
        """The report of the whole run."""
        for rule in self.rules.corpus_rules:
            for diagnostic in rule.judge(self.states[rule.spec.code]):
                document = self.known[diagnostic.document]
                self.findings += findings_of(document, document.text, (diagnostic,))
        summary = Summary(documents=self.documents, files=self.files, fixed=self.fixed, unsafe_fixes=unsafe)
        report = Report.of(self.findings, rules=self.rules.specs.values(), summary=summary)
        return Outcome(report, self.unreadable, tuple(self.changed))


_TROUBLE = {
    TroubleKind.UNREADABLE: FILE_UNREADABLE,
    TroubleKind.SKIPPED: FILE_SKIPPED,
    TroubleKind.BROKEN: BROKEN_RECORD,
}


def _language(settings: Settings) -> dict[str, str | tuple[str, ...]]:
    return {"language": settings.language} if settings.language else {}


def undo_paths(paths: Sequence[str], *, last_only: bool, each: Callable[[str, int], None]) -> int:
    """Take back the fixes of files, or of every fixed file below a folder; how many files were restored.

    `each` is called with every file restored and how many runs were taken back.
    """
    from corpuslint.formats.rewriting import undo_file

    restored = 0
    for filename in _fixed_files(paths):
        taken = undo_file(filename, last_only=last_only)
        if taken:
            restored += 1
            each(filename, taken)
    return restored


def _fixed_files(paths: Sequence[str]) -> Iterator[str]:
    for given in paths:
        path = Path(given)
        if path.is_dir():
            for ledger in sorted(path.rglob(".corpuslint/*.ledger.jsonl")):
                yield (ledger.parent.parent / ledger.name.removesuffix(".ledger.jsonl")).as_posix()
        elif path.exists():
            yield given
        else:
            raise SourceError("there is no such file or folder", origin=given)
