"""A run on what changed: the files to lint, the others (which corpus rules still see), and what was found before.

The state compared with is a revision of git, or a published version of the dataset; both come down to the content
that each changed file had then, linted under today's name by today's rules.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from corpuslint.config.settings import Settings
from corpuslint.engine.ruleset import RuleSet
from corpuslint.errors import ConfigError
from corpuslint.formats import read, read_as
from corpuslint.formats.endings import is_text, sidecar_name
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.pipeline.run import Outcome, Run
from corpuslint.reporting.report import Finding, Findings

if TYPE_CHECKING:
    from corpuslint.engine.changes import Before
    from corpuslint.publishing.folder import DatasetFolder
    from corpuslint.publishing.parquet import Plain


class Comparison(msgspec.Struct, frozen=True):
    """`files` are new or changed and are linted; `others` are as they were; `before` was found in `files` then."""

    name: str
    files: tuple[str, ...]
    others: tuple[str, ...]
    before: tuple[Finding, ...]

    def lint(self, settings: Settings, rules: RuleSet) -> Outcome:
        """The outcome for the files that changed, with the others shown to corpus rules; not what those say of them."""
        run = Run(settings, rules)
        if rules.corpus_rules:
            see(run, self.others)
        for filename in self.files:
            run.file(filename, list(read(filename, settings.reading)))
        outcome, wanted = run.outcome(), frozenset(self.files)
        kept = Findings(finding for finding in outcome.report.findings if finding.filename in wanted)
        return structs.replace(outcome, report=structs.replace(outcome.report, findings=kept))


def compare(files: Sequence[str], settings: Settings, rules: RuleSet, *, since: str, against: str) -> Comparison:
    """What is new or changed in `files` since a revision of git, or against a published version: a folder, or
    `hf://datasets/ORG/NAME[@REVISION]`.

    Raises ConfigError where git cannot tell or both are given, PublishError where there is no such version.
    """
    if since and against:
        raise ConfigError("--since and --against ask different questions", remedy="give one of them")
    then = Run(settings, rules)
    then.lies_on_disk = False
    changed = _changed_since(files, since, then) if since else _changed_against(files, against, then)
    wanted = frozenset(changed)
    found = tuple(finding for finding in then.outcome().report.findings if finding.filename in wanted)
    return Comparison(since or against, tuple(changed), tuple(file for file in files if file not in wanted), found)


def _changed_since(files: Sequence[str], revision: str, then: Run) -> Sequence[str]:
    """The files that changed since a revision; `then` is shown what they held in it."""
    import tempfile

    from corpuslint.engine.changes import changes_since

    changes = changes_since(files, revision)
    if then.rules.corpus_rules and changes.before:
        wanted = frozenset(changes.files)
        see(then, [file for file in files if file not in wanted])
    with tempfile.TemporaryDirectory(prefix="corpuslint-") as folder:
        for number, (file, old) in enumerate(sorted(changes.before.items())):
            path = _written(Path(folder), number, old, file)
            read_then = read_as(path, file, then.settings.reading)
            then.file(file, [one for one in read_then if isinstance(one, Document)])
    return changes.files


def _changed_against(files: Sequence[str], version: str, then: Run) -> Sequence[str]:
    """The files that hold what a version does not; `then` is shown what it was made of.

    A document is known when its raw text, or its text after fixing, is the one that a record (or a withheld one) of the
    version was made of. A changed document is compared with the raw text that the version's ledger gives back.
    """
    from corpuslint.publishing.fetching import opened  # brings pyarrow, which linting never needs
    from corpuslint.publishing.records import text_sha256

    changed: list[str] = []
    with opened(version) as folder:
        known, olds = _known(folder)
        for file in files:
            documents = [one for one in read(file, then.settings.reading) if isinstance(one, Document)]
            hashes = [text_sha256(document.text) for document in documents]
            before = [document for document, sha in zip(documents, hashes, strict=True) if sha in known]
            if documents and len(before) == len(documents):
                if then.rules.corpus_rules:
                    for document in documents:
                        then.see(document)
                continue
            changed.append(file)
            gone = [
                row for row in olds.get(_tail(file), ()) if _ends(file, row["file"]) and row["raw_sha256"] not in hashes
            ]
            then.file(file, [*before, *_raws(folder, gone, file)])
    return changed


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
        Path(sidecar_name(str(path))).write_bytes(old.metadata)
    return path


def _known(folder: DatasetFolder) -> tuple[frozenset[str], dict[str, list[Plain]]]:
    """Hashes of every text the version knows, and its first stories by the name of their file."""
    hashes: set[str] = set()
    olds: dict[str, list[Plain]] = {}
    for config in ("default", "quarantine"):
        for row in folder.rows(config):
            hashes |= {row["raw_sha256"], row["text_sha256"]}
            if row["story_index"] == 0 and row["text"] is not None:
                olds.setdefault(_tail(row["file"]), []).append(row)
    return frozenset(hashes), olds


def _tail(name: str) -> str:
    return unicodedata.normalize("NFC", name).rpartition("/")[2]


def _ends(file: str, recorded: str) -> bool:
    """Whether a path of today can be the file that a version recorded relative to its corpus."""
    own = unicodedata.normalize("NFC", file)
    return own == recorded or own.endswith(f"/{recorded}") or recorded.endswith(f"/{own}")


def _raws(folder: DatasetFolder, rows: Sequence[Plain], file: str) -> Iterator[Document]:
    """The documents that rows were made of, as far as the ledger gives them back."""
    from corpuslint.publishing.records import undo_rows

    edits = folder.edits({row["id"] for row in rows})
    for number, row in enumerate(rows):
        try:
            raw = undo_rows(row["text"], edits[row["id"]])
        except ValueError:
            # The version does not publish what was removed: its clean text is the best that is known of it.
            raw = row["text"]
        metadata = {key: row[key] for key in ("title", "source", "url", "language") if row.get(key)}
        if not is_text(file):
            # An id that the version made up itself says nothing of the record.
            declared = "" if row["id"].startswith(f"{row['file']}#") else row["id"]
            yield Document(DocumentId(f"{file}#before-{number}"), raw, metadata, Origin(file, number, declared))
        else:
            yield Document(DocumentId(file), raw, metadata, Origin(file))
