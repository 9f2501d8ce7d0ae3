"""corpuslint as a step of a datatrove pipeline: documents pass through, those with errors may be left out.

    from corpuslint.pipeline.datatrove import as_datatrove_step
    LocalPipelineExecutor([JsonlReader(…), as_datatrove_step(drop="error"), JsonlWriter(…)])

Only document rules run: a step sees one document at a time, and corpus rules need them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from corpuslint.config.settings import Settings
from corpuslint.errors import CorpuslintError
from corpuslint.formats.text import metadata_of
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.levels import Applicability, Severity
from corpuslint.pipeline.session import Session


def as_datatrove_step(
    settings: Settings | None = None, *, drop: str = "", fix: str = "", metadata_key: str = "corpuslint"
) -> Any:
    """A datatrove `PipelineStep`.

    `drop` "error", "warning" or "info" leaves out documents with a finding of that severity or worse; `fix` "safe" or
    "unsafe" mends the text first, and lifted metadata is added. What is found is counted under `metadata_key` in the
    metadata, a code each. Raises CorpuslintError where datatrove is not installed.
    """
    try:
        from datatrove.pipeline.base import PipelineStep
    except ImportError as error:
        raise CorpuslintError("datatrove is not installed", remedy="pip install datatrove") from error

    class CorpuslintStep(PipelineStep):  # type: ignore[misc]
        name = "corpuslint"
        type = "FILTER"

        def __init__(self) -> None:
            super().__init__()
            self.settings = settings or Settings()
            self.judge: _Judge | None = None

        def __getstate__(self) -> dict[str, Any]:
            # rules and their automaton are loaded anew in every worker
            return {**self.__dict__, "judge": None}

        def run(self, data: Iterable[Any] | None, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
            """The documents that stay."""
            if self.judge is None:
                self.judge = _Judge(self.settings, drop, fix)
            for document in data or ():
                with self.track_time():
                    counts, stays = self.judge(document)
                document.metadata[metadata_key] = counts
                for code, count in counts.items():
                    self.stat_update(code, value=count)
                self.stat_update("kept" if stays else "dropped")
                if stays:
                    yield document

    return CorpuslintStep()


class _Judge:
    """Judges datatrove's documents, which it changes where they are mended."""

    def __init__(self, settings: Settings, drop: str, fix: str) -> None:
        self._session = Session(settings)
        self._fields = settings.fields
        self._drop = Severity(drop) if drop else None
        self._fix = Applicability(fix) if fix else None

    def __call__(self, document: Any) -> tuple[dict[str, int], bool]:
        own = Document(
            DocumentId(str(document.id)),
            document.text,
            metadata_of({"id": document.id, **document.metadata}, self._fields),
            Origin("datatrove", record_id=str(document.id)),
        )
        if self._fix is None:
            findings = self._session.check(own)
        else:
            result = self._session.fix(own, self._fix)
            document.text = result.text
            for key, value in result.lifted.items():
                document.metadata.setdefault(key, list(value) if isinstance(value, tuple) else value)
            findings = tuple(self._session.heed(own, result.text, result.remaining))
        counts: dict[str, int] = {}
        for finding in findings:
            counts[finding.code] = counts.get(finding.code, 0) + 1
        drop = self._drop
        return counts, drop is None or not any(finding.severity >= drop for finding in findings)
