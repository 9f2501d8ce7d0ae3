"""What programs call: typed settings in, typed results out. Nothing here prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpuslint.config.settings import Settings
from corpuslint.engine.rules import packs, rules_for
from corpuslint.errors import SourceError
from corpuslint.formats import read
from corpuslint.formats.files import discover
from corpuslint.model.document import Document, DocumentId
from corpuslint.model.levels import Applicability
from corpuslint.running.run import Changed, Outcome, Run, language_of

__all__ = [
    "Changed",
    "Outcome",
    "check",
    "check_text",
    "fix",
    "fix_text",
    "packs",
    "rules_for",
    "undo_paths",
]


def check(paths: Sequence[str], settings: Settings, *, force_exclude: bool = False) -> Outcome:
    """Lint files and folders.

    Raises SourceError for a path that is not there.
    """
    run = Run(settings, rules_for(settings))
    for filename in discover(paths, exclude=settings.exclude, force_exclude=force_exclude):
        run.file(filename, list(read(filename, settings.reading)))
    return run.outcome()


def check_text(text: str, filename: str, settings: Settings) -> Outcome:
    """Lint one text that is in no file (standard input, an editor); `filename` says what to call it."""
    run = Run(settings, rules_for(settings))
    run.text(Document(DocumentId(filename), text, language_of(settings)))
    return run.outcome()


def fix_text(text: str, filename: str, settings: Settings, least: Applicability) -> tuple[str, Outcome]:
    """Fix one text that is in no file: the text after, and what is left to report."""
    run = Run(settings, rules_for(settings), keep_changes=True)
    document = Document(DocumentId(filename), text, language_of(settings))
    run.in_memory[document.id] = document
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

    Each file is replaced in one step and its ledger kept beside it; texts before and after are only given with `dry`.
    Raises SourceError for a path that is not there.
    """
    run = Run(settings, rules_for(settings), keep_changes=dry)
    for filename in discover(paths, exclude=settings.exclude, force_exclude=force_exclude):
        run.fix_file(filename, least, dry=dry)
    return run.outcome(unsafe=least is Applicability.UNSAFE)


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
