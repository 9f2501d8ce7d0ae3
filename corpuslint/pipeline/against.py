"""A run on what is news against a published version: scrapes that were never in git are compared with what was built.

A document is known when its raw text, or its text after fixing, is the one that a record (or a withheld one) of the
version was made of. A changed document is compared with the raw text that the version's ledger gives back.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from corpuslint.config.settings import Settings
from corpuslint.engine.ruleset import RuleSet
from corpuslint.formats import read
from corpuslint.formats.endings import is_text
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.pipeline.comparison import Comparison
from corpuslint.pipeline.run import Run
from corpuslint.publishing.fetching import opened
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.parquet import Plain
from corpuslint.publishing.records import text_sha256, undo_rows


def compared_with_version(files: Sequence[str], settings: Settings, rules: RuleSet, version: str) -> Comparison:
    """What is new or changed in `files` against a version: a folder, or `hf://datasets/ORG/NAME[@REVISION]`.

    Raises PublishError where there is no such version.
    """
    with opened(version) as folder:
        return _compared(files, settings, rules, version, folder)


def _compared(
    files: Sequence[str], settings: Settings, rules: RuleSet, version: str, folder: DatasetFolder
) -> Comparison:
    known, olds = _known(folder)
    then = Run(settings, rules)
    changed: list[str] = []
    others: list[str] = []
    for file in files:
        documents = [document for document in read(file, settings.reading) if isinstance(document, Document)]
        hashes = [text_sha256(document.text) for document in documents]
        before = [document for document, sha in zip(documents, hashes, strict=True) if sha in known]
        if documents and len(before) == len(documents):
            others.append(file)
            if rules.corpus_rules:
                for document in documents:
                    then.see(document)
            continue
        changed.append(file)
        gone = [
            row for row in olds.get(_tail(file), ()) if _ends(file, row["file"]) and row["raw_sha256"] not in hashes
        ]
        then.file(file, [*before, *_raws(folder, gone, file)])
    found = tuple(finding for finding in then.outcome().report.findings if finding.filename in set(changed))
    return Comparison(version, tuple(changed), tuple(others), found)


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
