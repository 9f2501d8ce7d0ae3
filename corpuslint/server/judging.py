"""What an editor is told about one document, in code points; no protocol here.

The rules and the settings are those of the workspace, or of a folder that these trust, and the metadata beside the file
counts, as for `check` that is started in the workspace.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from corpuslint.config.load import find_config
from corpuslint.config.options import Options
from corpuslint.config.settings import SUPPRESSIONS, Settings, nearest_config, settle, under
from corpuslint.engine.fix import FixResult
from corpuslint.errors import PackError
from corpuslint.formats.atomic import FileChange, refuse_link
from corpuslint.formats.reading import placed
from corpuslint.formats.rewriting import beside_text
from corpuslint.formats.streams import bytes_of
from corpuslint.formats.text import read_sidecar
from corpuslint.model.document import Document, DocumentId, Metadata, Origin
from corpuslint.model.ledger import Rewrite
from corpuslint.model.levels import Applicability
from corpuslint.packs.loader import runs_python
from corpuslint.pipeline.session import Session
from corpuslint.reporting.report import Finding, findings_of


@dataclass(slots=True)
class Judge:
    """A session for the workspace, and one for each configuration in it that holds, loaded once each."""

    workspace: Path = field(default_factory=Path)
    _known: dict[Path | None, Session] = field(default_factory=dict)

    def session(self, path: Path) -> Session:
        """The session that holds for the file at `path`."""
        if None not in self._known:
            self._known[None] = self._begun(settle(Options(), start=self.workspace))
        run = self._known[None].settings
        nearest = nearest_config(str(path), run)
        config = nearest.path if nearest is not None and nearest.holds else None
        if config not in self._known:
            self._known[config] = self._begun(under(config, run) if config is not None else run)
        return self._known[config]

    def _begun(self, settings: Settings) -> Session:
        """A session. An editor may open a folder that somebody else made: Python in packs, which runs as you, does so
        only where the server was started in the folder of the workspace's configuration, or below it."""
        here = Path.cwd().resolve()
        if settings.config is not None and find_config(self.workspace) not in map(find_config, (here, *here.parents)):
            for pack in settings.packs:
                if runs_python(pack):
                    raise PackError(
                        "holds Python, and the editor was started in another folder than its configuration is for",
                        path=str(pack),
                        remedy="read the pack; if you trust it, start the editor in the workspace",
                    )
        return Session(settings)

    def forget(self) -> None:
        """Load configuration and packs anew at the next question."""
        self._known.clear()

    def document(self, path: Path, text: str) -> Document:
        """The document that an editor holds, with the metadata declared beside its file."""
        reading = self.session(path).settings.reading
        metadata, _, _ = read_sidecar(str(path), reading)
        return reading.complete(Document(DocumentId(path.as_posix()), text, metadata, Origin(path.as_posix())))

    def check(self, path: Path, text: str) -> tuple[Finding, ...]:
        """The findings in `text` that count."""
        document = self.document(path, text)
        return findings_of(document, text, self.session(path).check(document))

    def fix_all(self, path: Path, text: str) -> FixResult:
        """The text after every safe fix: what `check --fix` would leave."""
        return self.session(path).fix(self.document(path, text), Applicability.SAFE)

    def beside(self, path: Path, lifted: Metadata, stories: Iterable[str]) -> list[FileChange]:
        """What a fix puts beside the text at `path`.

        Raises SourceError where the metadata file cannot take what is lifted, or a file is a link, which may lead
        anywhere.
        """
        beside = beside_text(str(path), lifted, map(Rewrite, stories), self.session(path).settings.fields)
        for file in beside:
            refuse_link(Path(file.filename))
        return beside

    def suppression(self, path: Path, found: Finding) -> FileChange:
        """What has to be in the file of suppressions that holds for a document, so that this finding is called none.

        Raises SourceError where the file is a link, which may lead anywhere, OSError where it cannot be read.
        """
        root = self.session(path).settings.root
        beside = root / SUPPRESSIONS
        refuse_link(beside)
        before = bytes_of(beside) if beside.exists() else None
        entry = {
            "code": found.code,
            "file": placed(str(path), root),
            "fingerprint": found.fingerprint,
            "reason": "called none in the editor",
        }
        lines = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in entry.items())
        between = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
        return FileChange(str(beside), before, (before or b"") + between + f"[[suppress]]\n{lines}".encode())
