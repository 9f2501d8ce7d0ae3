"""A run on what changed: the files to lint, the others (which corpus rules still see), and what was found before.

The state compared with is a revision of git, or a published version of the dataset; both come down to the content
that each changed file had then, linted under today's name by today's rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.ruleset import RuleSet
from corpuslint.formats import read
from corpuslint.formats.reading import ReadOptions, Trouble
from corpuslint.formats.text import sidecar_path
from corpuslint.model.document import Document, DocumentId
from corpuslint.pipeline.run import Outcome, Run
from corpuslint.reporting.report import Finding, Findings

if TYPE_CHECKING:
    from corpuslint.engine.changes import Before


class Comparison(msgspec.Struct, frozen=True):
    """`files` are new or changed and are linted; `others` are as they were; `before` was found in `files` then."""

    name: str
    files: tuple[str, ...]
    others: tuple[str, ...]
    before: tuple[Finding, ...]

    def narrowed(self, outcome: Outcome) -> Outcome:
        """The outcome without what rules about the corpus say of unchanged files."""
        wanted = frozenset(self.files)
        kept = Findings(finding for finding in outcome.report.findings if finding.filename in wanted)
        return structs.replace(outcome, report=structs.replace(outcome.report, findings=kept))


def compared_with_revision(files: Sequence[str], settings: Settings, rules: RuleSet, revision: str) -> Comparison:
    """What became of `files` since a revision of git.

    Raises ConfigError where git cannot tell.
    """
    from corpuslint.engine.changes import changes_since

    changes = changes_since(files, revision)
    return compared(files, changes.files, changes.before, settings, rules, revision)


def compared(
    files: Sequence[str],
    changed: Sequence[str],
    before: Mapping[str, Before],
    settings: Settings,
    rules: RuleSet,
    name: str,
) -> Comparison:
    """A comparison with the content that `changed` had before; files that `before` does not name are new."""
    import tempfile

    wanted = frozenset(changed)
    others = tuple(file for file in files if file not in wanted)
    then = Run(settings, rules)
    then.lies_on_disk = False
    if rules.corpus_rules and before:
        see(then, others)
    with tempfile.TemporaryDirectory(prefix="corpuslint-") as folder:
        for number, (file, old) in enumerate(sorted(before.items())):
            then.file(file, _renamed(_written(Path(folder), number, old, file), file, settings.reading))
    found = tuple(finding for finding in then.outcome().report.findings if finding.filename in wanted)
    return Comparison(name, tuple(changed), others, found)


def see(run: Run, files: Sequence[str]) -> None:
    """Show files to the corpus rules of a run, and to no other rule."""
    for file in files:
        for document in read(file, run.settings.reading):
            if isinstance(document, Document):
                run.see(document)


def _written(folder: Path, number: int, old: Before, name: str) -> Path:
    """The old content in a file that ends as the file of today does, so that it is read the same way."""
    path = folder / str(number) / Path(name).name
    path.parent.mkdir()
    path.write_bytes(old.content)
    if old.metadata is not None:
        sidecar_path(path).write_bytes(old.metadata)
    return path


def _renamed(path: Path, name: str, options: ReadOptions) -> Iterator[Document | Trouble]:
    """The documents of a file as if it were called `name`."""
    for document in read(str(path), options.as_in(name)):
        if isinstance(document, Trouble):
            continue
        own = str(document.id).removeprefix(str(path))
        origin = structs.replace(document.origin, filename=name)
        yield structs.replace(document, id=DocumentId(f"{name}{own}"), origin=origin)
