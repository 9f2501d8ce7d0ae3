"""Linting from Python: a text, documents, or a table that is in memory. Nothing is read from disk but rules.

>>> from corpuslint import check_text, fix_text
>>> [finding.code for finding in check_text("قال الوزير إن كوریا وقعت الاتفاق.", select=("LET",))]
['LET001']
>>> fix_text("قال الوزير إن كوریا وقعت الاتفاق.", select=("LET",))
'قال الوزير إن كوريا وقعت الاتفاق.'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpuslint.config.load import known_language
from corpuslint.config.options import Options
from corpuslint.config.settings import Settings, settings_of, settle
from corpuslint.engine.lnt import BROKEN_RECORD
from corpuslint.engine.rules import rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.formats.text import metadata_of
from corpuslint.model.document import Document, DocumentId, MetadataValue, Origin
from corpuslint.model.levels import Applicability
from corpuslint.pipeline.session import Session
from corpuslint.reporting.report import Finding, findings_of
from corpuslint.version import __version__

if TYPE_CHECKING:
    import datasets
    import pandas
    import pyarrow

    from corpuslint.engine.fix import FixResult

_BATCH = 1_000  # rows


class Findings(tuple[Finding, ...]):
    """Findings in the order of their documents, which can be had as a table."""

    __slots__ = ()

    def to_arrow(self) -> pyarrow.Table:
        """One row a finding: `record` (the row it is in, from 0), `id`, `code`, `name`, `severity`, `message`, `field`,
        `offset` and `end_offset` in code points, `line` and `column` from 1, `confidence`, `fix` (safe, unsafe, display
        or null) and `fingerprint`."""
        import pyarrow

        schema = pyarrow.schema([(name, kind) for name, (kind, _) in _COLUMNS.items()])
        return pyarrow.Table.from_pylist([_row(finding) for finding in self], schema=schema)

    def to_pandas(self) -> pandas.DataFrame:
        """The table of `to_arrow` as a data frame."""
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame


_COLUMNS: dict[str, tuple[str, Callable[[Finding], Any]]] = {
    "record": ("int64", lambda finding: finding.record.index if finding.record else 0),
    "id": ("string", attrgetter("record_id")),
    "code": ("string", attrgetter("code")),
    "name": ("string", attrgetter("name")),
    "severity": ("string", attrgetter("severity.value")),
    "message": ("string", attrgetter("message")),
    "field": ("string", attrgetter("field")),
    "offset": ("int64", attrgetter("offset")),
    "end_offset": ("int64", attrgetter("end_offset")),
    "line": ("int64", attrgetter("start.row")),
    "column": ("int64", attrgetter("start.column")),
    "confidence": ("float64", attrgetter("confidence")),
    "fix": ("string", lambda finding: finding.applicability and finding.applicability.value),
    "fingerprint": ("string", attrgetter("fingerprint")),
}
"""Column of the table -> its Arrow type, and its value for a finding."""


def _row(finding: Finding) -> dict[str, Any]:
    return {name: value(finding) for name, (_, value) in _COLUMNS.items()}


class Linter:
    """The rules of one selection, loaded once, for as many texts and tables as you like.

    Without `config` no configuration file is read: the shipped rules run, and `select`, `ignore` and `extend_select`
    choose among them as the options of `corpuslint check` do. With it, its packs, suppressions and decisions hold.
    `language` is that of documents that declare none. Texts end where they end: no final newline is missed in memory.

    A linter can be pickled; a worker loads the rules anew. Rules that compare documents (duplicates, learned
    boilerplate) need a whole corpus, and run in `corpuslint.check` only.

    Raises ConfigError for a selector that matches nothing and a language that there is not, PackError for a pack that
    does not load.
    """

    def __init__(
        self,
        *,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        extend_select: Sequence[str] = (),
        language: str = "",
        config: str | Path | None = None,
    ) -> None:
        options = Options(
            select=_selectors(select) or None,
            ignore=_selectors(ignore) or None,
            extend_select=_selectors(extend_select) or None,
            language=known_language(language) if language else None,
        )
        chosen = Path(config) if config is not None else None
        self._settings = settle(options, start=Path(), isolated=chosen is None, config=chosen)
        self._session = Session(self._settings)

    @property
    def rules(self) -> RuleSet:
        """The rules that run."""
        return self._session.rules

    def __getstate__(self) -> dict[str, Any]:
        # `Dataset.map` hashes this: equal options under equal versions are equal linters
        return {"settings": self._settings, "version": __version__}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._settings = state["settings"]
        self._session = Session(self._settings)

    def check_text(self, text: str, *, metadata: Mapping[str, object] | None = None) -> tuple[Finding, ...]:
        """The findings in one text, in the order of their places; `metadata` is what is declared of it."""
        document = self._document(text, metadata or {}, Origin("text", 0))
        return findings_of(document, text, found) if (found := self._session.check(document)) else ()

    def fix_text(self, text: str, *, metadata: Mapping[str, object] | None = None, unsafe: bool = False) -> FixResult:
        """One text with every safe fix made, with `unsafe` the others too: `text`, the metadata that was `lifted` out
        of it, the `stories` that were split off, and the edits that were `applied`."""
        least = Applicability.UNSAFE if unsafe else Applicability.SAFE
        return self._session.fix(self._document(text, metadata or {}, Origin("text", 0)), least)

    def check_documents(
        self, documents: Iterable[str | Mapping[str, object]], *, text: str = "text", name: str = "documents"
    ) -> Iterator[Finding]:
        """The findings in texts or records, document after document, as they are read: a stream of any length.

        A record is a mapping with its text under `text`; its other values are its metadata. Findings name a document
        by its place, from 0. A record without a text is itself a finding (LNT006).
        """
        if isinstance(documents, (str, Mapping)) or not isinstance(documents, Iterable):
            raise TypeError(f"documents are several texts or records, not one {type(documents).__name__}")
        for index, given in enumerate(documents):
            record = given if isinstance(given, Mapping) else {text: given}
            origin = Origin(name, index, str(record.get("id") or ""))
            content = record.get(text)
            if isinstance(content, str):
                document = self._document(content, {key: record[key] for key in record if key != text}, origin)
                found = self._session.check(document)
            else:
                document, content = Document(DocumentId(f"{name}#{index}"), "", {}, origin), ""
                found = (BROKEN_RECORD.report(document, reason=f"{text!r} is not a string"),)
            if found:
                yield from findings_of(document, content, found)

    def check_dataset(
        self,
        dataset: datasets.Dataset | datasets.IterableDataset | pyarrow.Table | pandas.DataFrame,
        *,
        text: str = "text",
    ) -> Findings:
        """The findings in a table: a `datasets.Dataset`, a `pyarrow.Table` or a data frame of pandas or Polars.

        Columns under the names of our metadata keys are metadata. Raises TypeError for another kind of value, KeyError
        where there is no column `text`.
        """
        return Findings(self.check_documents(_records(dataset, text), text=text, name="dataset"))

    def annotate(self, record: Mapping[str, Any], text: str = "text") -> dict[str, Any]:
        """A column `findings` for one record, for `Dataset.map`: its findings as code, severity, message and place."""
        found = self.check_documents([record], text=text)
        kept = ("code", "severity", "message", "offset", "end_offset", "confidence")
        return {"findings": [{key: row[key] for key in kept} for row in map(_row, found)]}

    def clean(self, record: Mapping[str, Any], text: str = "text") -> dict[str, Any]:
        """The text of one record with every safe fix made, for `Dataset.map`; what is no text stays as it is."""
        if text not in record:
            raise KeyError(f"there is no column {text!r}; there are {', '.join(record)}")
        if not isinstance(record[text], str):
            return {text: record[text]}
        metadata = {key: record[key] for key in record if key != text}
        return {text: self.fix_text(record[text], metadata=metadata).text}

    def _document(self, text: str, metadata: Mapping[str, object], origin: Origin) -> Document:
        if not isinstance(text, str):
            raise TypeError(f"a text is a str, not {type(text).__name__}")
        if not isinstance(metadata, Mapping):
            raise TypeError(f"metadata is a mapping of names to values, not {type(metadata).__name__}")
        declared: dict[str, MetadataValue] = metadata_of(metadata, self._settings.fields) if metadata else {}
        if self._settings.language and not declared.get("language"):
            declared["language"] = self._settings.language
        name = f"{origin.filename}#{origin.index}" if origin.is_record else origin.filename
        return Document(DocumentId(name), text, declared, origin)


def check_text(
    text: str, *, metadata: Mapping[str, object] | None = None, select: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """The findings of the shipped rules in one text, in the order of their places.

    `metadata` is what is declared of it (`source`, `published`, `language`, …), `select` chooses rules as
    `corpuslint check --select` does. Rules are loaded at the first call. Raises ConfigError for a selector that matches
    nothing.
    """
    return _linter(_selectors(select)).check_text(text, metadata=metadata)


def fix_text(
    text: str, *, metadata: Mapping[str, object] | None = None, select: Sequence[str] = (), unsafe: bool = False
) -> str:
    """One text with every safe fix made, with `unsafe` also those that move or remove text.

    `Linter.fix_text` gives the lifted metadata and the stories too. Raises ConfigError for a selector that matches
    nothing.
    """
    return _linter(_selectors(select)).fix_text(text, metadata=metadata, unsafe=unsafe).text


def load_rules(settings: Settings | None = None) -> RuleSet:
    """The rules that hold where you are, or under `settings`, with their severities.

    Raises ConfigError for a configuration that is wrong, PackError for a pack that does not load.
    """
    return rules_for(settings_of(settings))


def _selectors(given: Sequence[str]) -> tuple[str, ...]:
    """Selectors as a tuple: one may stand alone, and is no sequence of its letters."""
    selectors = (given,) if isinstance(given, str) or not isinstance(given, Iterable) else tuple(given)
    if not all(isinstance(one, str) for one in selectors):
        raise TypeError(f"rules are chosen by a str or several of them, not {given!r:.200}")
    return selectors


@lru_cache(maxsize=8)
def _linter(select: tuple[str, ...]) -> Linter:
    return Linter(select=select)


def _records(dataset: Any, text: str) -> Iterator[Mapping[str, object]]:
    columns = getattr(dataset, "column_names", None)
    columns = getattr(dataset, "columns", None) if columns is None else columns
    if isinstance(columns, Mapping):
        raise TypeError(f"{type(dataset).__name__} is no table but several, one for each of {', '.join(columns)}")
    if columns is not None and not callable(columns) and text not in list(columns):
        raise KeyError(f"there is no column {text!r}; there are {', '.join(map(str, columns))}")
    if hasattr(dataset, "to_batches"):  # pyarrow
        for batch in dataset.to_batches(max_chunksize=_BATCH):
            yield from batch.to_pylist()
    elif hasattr(dataset, "iter_rows"):  # Polars
        yield from dataset.iter_rows(named=True)
    elif hasattr(dataset, "iloc"):  # pandas, where what is missing is NaN
        for start in range(0, len(dataset), _BATCH):
            for record in dataset.iloc[start : start + _BATCH].to_dict("records"):
                yield {str(key): value for key, value in record.items() if value == value}
    elif hasattr(dataset, "with_format"):  # datasets
        yield from dataset.with_format(None)
    else:
        raise TypeError(
            f"{type(dataset).__name__} is no table: use a datasets.Dataset, a pyarrow.Table or a data frame of pandas "
            "or Polars, and check_documents for anything else"
        )
