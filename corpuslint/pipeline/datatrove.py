"""corpuslint as a step of a datatrove pipeline: documents pass through, those with errors may be left out.

    from corpuslint.pipeline.datatrove import as_datatrove_step
    LocalPipelineExecutor([JsonlReader(…), as_datatrove_step(drop="error"), JsonlWriter(…)])

Only document rules run: a step sees one document at a time, and corpus rules need them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from corpuslint.config.settings import Settings
from corpuslint.errors import CorpuslintError
from corpuslint.formats.text import metadata_of
from corpuslint.model.diagnostic import Diagnostic
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

    least, worst = (Applicability(fix) if fix else None), (Severity(drop) if drop else None)

    class CorpuslintStep(PipelineStep):  # type: ignore[misc]
        name = "corpuslint"
        type = "FILTER"

        def __init__(self) -> None:
            super().__init__()
            self.session: Session | None = None

        def __getstate__(self) -> dict[str, Any]:
            # rules and their automaton are loaded anew in every worker
            return {**self.__dict__, "session": None}

        def run(self, data: Iterable[Any] | None, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
            """The documents that stay."""
            session = self.session = self.session or Session(settings or Settings())
            for document in data or ():
                with self.track_time():
                    found = _found_in(document, session, least)
                counts = document.metadata[metadata_key] = dict(Counter(str(finding.code) for finding in found))
                for code, count in counts.items():
                    self.stat_update(code, value=count)
                stays = worst is None or all(finding.severity < worst for finding in found)
                self.stat_update("kept" if stays else "dropped")
                if stays:
                    yield document

    return CorpuslintStep()


def _found_in(document: Any, session: Session, least: Applicability | None) -> Sequence[Diagnostic]:
    """The findings in one of datatrove's documents, which is mended first where fixes are asked for."""
    own = Document(
        DocumentId(str(document.id)),
        document.text,
        metadata_of({"id": document.id, **document.metadata}, session.settings.fields),
        Origin("datatrove", record_id=str(document.id)),
    )
    if least is None:
        return session.check(own)
    result = session.fix(own, least)
    document.text = result.text
    for key, value in result.lifted.items():
        document.metadata.setdefault(key, list(value) if isinstance(value, tuple) else value)
    return session.heed(own, result.text, result.remaining)
