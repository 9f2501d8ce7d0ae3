"""The language server: findings as you type, quick fixes, every safe fix at once, the rule's page on hover."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from corpuslint.errors import ConfigError, CorpuslintError
from corpuslint.formats.atomic import FileChange
from corpuslint.model.document import Metadata
from corpuslint.model.levels import Applicability, Severity
from corpuslint.packs.docs import page
from corpuslint.reporting.report import Finding
from corpuslint.server.judging import Judge
from corpuslint.text.positions import LineIndex, Span
from corpuslint.version import __version__

try:
    from lsprotocol import types
    from pygls.lsp.server import LanguageServer
    from pygls.workspace import TextDocument
except ImportError:
    raise ConfigError(
        "the language server needs pygls", remedy="install it with `pip install 'corpuslint-arabic[lsp]'`"
    ) from None

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.corpuslint"


class Lens:
    """Code points of one text as the positions that a client counts, and back."""

    def __init__(self, text: str, encoding: str) -> None:
        self._text, self._index, self.encoding = text, LineIndex(text), encoding

    def position(self, offset: int) -> types.Position:
        """The client's position of a code point."""
        place = self._index.position(offset)
        if self.encoding == "utf-8":
            column = self._index.utf8_column(place)
        elif self.encoding == "utf-32":
            column = place.column
        else:
            column = self._index.utf16_column(place)
        return types.Position(place.row - 1, column - 1)

    def range(self, span: Span) -> types.Range:
        """The client's range of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The code point at a client's position; a position outside the text is brought back into it."""
        row = max(position.line, 0) + 1
        start = self._index.offset(row, 1)
        following = self._index.offset(row + 1, 1) if row < self.position(len(self._text)).line + 1 else len(self._text)
        line = self._text[start:following]
        if self.encoding == "utf-32":
            return start + min(max(position.character, 0), len(line))
        codec, width = ("utf-8", 1) if self.encoding == "utf-8" else ("utf-16-le", 2)
        units = line.encode(codec, "surrogatepass")[: max(position.character, 0) * width]
        return start + len(units.decode(codec, "ignore"))


class _Text(TextDocument):
    """A text whose lines end where editors end them, at LF, CR LF and CR: pygls would misplace a change in
    one that holds U+2028 or U+0085, which scraped text does."""

    def apply_change(self, change: types.TextDocumentContentChangeEvent) -> None:
        """Take in a change that an editor sends, of a part or of the whole."""
        if isinstance(change, types.TextDocumentContentChangePartial):
            lens = _lens(self, self.source)
            start, end = lens.offset(change.range.start), lens.offset(change.range.end)
            change = types.TextDocumentContentChangeWholeDocument(self.source[:start] + change.text + self.source[end:])
        super().apply_change(change)


def create() -> LanguageServer:
    """A server that is ready to be started on a stream."""
    server = LanguageServer("corpuslint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
    judge = Judge()

    @server.feature(types.INITIALIZED)
    def begun(_params: types.InitializedParams) -> None:
        if server.workspace.root_path:
            judge.workspace = Path(server.workspace.root_path)
            judge.forget()

    def publish(uri: str) -> None:
        document, source = server.workspace.get_text_document(uri), _source(server, uri)
        try:
            found = judge.check(path_of(uri), source)
        except CorpuslintError as error:
            server.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"corpuslint: {error}"))
            return
        lens = _lens(document, source)
        server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(
                uri, [_diagnostic(each, lens, uri) for each in found], version=document.version
            )
        )

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        given, texts = params.text_document, server.workspace.text_documents
        codec = server.workspace.position_codec
        texts[unquote(given.uri)] = _Text(given.uri, given.text, given.version, position_codec=codec)
        publish(given.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        name = path_of(params.text_document.uri).name
        if name.endswith((".toml", ".meta.json")):
            judge.forget()
        else:
            publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(_params: types.DidChangeWatchedFilesParams) -> None:
        judge.forget()

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
    )
    def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        source = _source(server, uri)
        lens = _lens(server.workspace, source)
        wanted = Span(lens.offset(params.range.start), lens.offset(params.range.end))
        only = params.context.only
        offered: list[types.CodeAction] = []
        if _asks_for(only, types.CodeActionKind.QuickFix.value):
            for found in judge.check(path_of(uri), source):
                if found.span.start <= wanted.end and wanted.start <= found.span.end:
                    each = _quick_fix(judge, found, uri, source, lens), _suppression(judge, found, uri, lens)
                    offered += filter(None, each)
        if _asks_for(only, FIX_ALL):
            result = judge.fix_all(path_of(uri), source)
            edits = [types.TextEdit(lens.range(span), content) for span, content in small_edits(source, result.text)]
            edit = _workspace_edit(judge, uri, edits, lens, result.lifted, ())
            if result.text != source and edit is not None:
                offered.append(types.CodeAction("Apply every safe fix", kind=FIX_ALL, edit=edit))
        return offered

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        uri = params.text_document.uri
        source = _source(server, uri)
        lens = _lens(server.workspace, source)
        at = lens.offset(params.position)
        path = path_of(uri)
        here = [found for found in judge.check(path, source) if found.span.start <= at < max(found.span)]
        if not here:
            return None
        narrowest = min(here, key=lambda found: (found.span.end - found.span.start, found.code))
        spec = judge.session(path).rules.specs.get(narrowest.code)
        content = page(spec) if spec is not None else narrowest.message
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, content), range=lens.range(narrowest.span))

    return server


def path_of(uri: str) -> Path:
    """The file that a URI names; a document that is in no file is named by its URI."""
    try:
        parsed = urlparse(uri)
        path = unquote(parsed.path) if parsed.scheme == "file" else unquote(parsed.path or uri)
    except ValueError:
        path = uri
    # the system takes no name with a NUL in it, or with half a surrogate pair
    path = path.replace("\0", "").encode("utf-8", "replace").decode()
    return Path(path) if Path(path).name else Path(path) / "untitled"


def _source(server: LanguageServer, uri: str) -> str:
    """The text of a document; none where it is neither open nor a file of text."""
    try:
        return server.workspace.get_text_document(uri).source
    except (OSError, ValueError):
        return ""


def _lens(whose: Any, text: str) -> Lens:
    return Lens(text, whose.position_codec.encoding)


def _diagnostic(found: Finding, lens: Lens, uri: str) -> types.Diagnostic:
    related = [
        types.DiagnosticRelatedInformation(types.Location(uri, lens.range(split.story)), "the second story")
        for split in (found.fix.splits if found.fix is not None else ())
    ]
    return types.Diagnostic(
        range=lens.range(found.span),
        message=found.message,
        severity=_SEVERITIES[found.severity],
        code=found.code,
        code_description=types.CodeDescription(found.url) if found.url else None,
        source="corpuslint",
        related_information=related or None,
    )


def _quick_fix(judge: Judge, found: Finding, uri: str, source: str, lens: Lens) -> types.CodeAction | None:
    fix = found.fix
    if fix is None or not fix.edits:
        return None
    edits = [types.TextEdit(lens.range(edit.span), edit.content) for edit in fix.edits]
    stories = tuple(split.story.of(source) for split in fix.splits)
    lifted = {change.name: change.values or change.value for change in fix.fields}
    edit = _workspace_edit(judge, uri, edits, lens, lifted, stories)
    if edit is None:
        return None
    notes = {Applicability.SAFE: "", Applicability.UNSAFE: " (unsafe)", Applicability.DISPLAY: " (suggestion)"}
    return types.CodeAction(
        f"{found.code}: {fix.title}{notes[fix.applicability]}",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[_diagnostic(found, lens, uri)],
        edit=edit,
        is_preferred=fix.applicability is Applicability.SAFE,
    )


def _suppression(judge: Judge, found: Finding, uri: str, lens: Lens) -> types.CodeAction | None:
    """Call this finding none, in the file of suppressions beside the configuration."""
    try:
        changes = _change_of(judge.suppression(path_of(uri), found), lens.encoding)
    except (OSError, ValueError, CorpuslintError):
        return None
    return types.CodeAction(
        f"{found.code}: suppress here",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[_diagnostic(found, lens, uri)],
        edit=types.WorkspaceEdit(document_changes=changes),
    )


def small_edits(before: str, after: str) -> list[tuple[Span, str]]:
    """The lines that differ between two texts, as edits of the first: cursors and folds elsewhere stay where they are.

    >>> small_edits("one\\ntwo\\nthree\\n", "one\\n2\\nthree\\n")
    [(Span(start=4, end=8), '2\\n')]
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, old))]
    return [
        (Span(starts[first], starts[last]), "".join(new[begin:end]))
        for kind, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if kind != "equal"
    ]


def _workspace_edit(
    judge: Judge, uri: str, edits: list[types.TextEdit], lens: Lens, lifted: Metadata, stories: tuple[str, ...]
) -> types.WorkspaceEdit | None:
    """The edit on the document, and on what lies beside it: metadata lifted, stories split off. Nothing is lost.

    None where the metadata file cannot take what is lifted.
    """
    changes: list[Any] = [types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri), list[Any](edits))]
    try:
        for file in judge.beside(path_of(uri), lifted, stories):
            changes += _change_of(file, lens.encoding)
    except (OSError, ValueError, CorpuslintError):
        return None
    return types.WorkspaceEdit(document_changes=changes)


def _change_of(file: FileChange, encoding: str) -> list[Any]:
    """What an editor is asked to do to a file; ValueError where it is no UTF-8."""
    uri, before = Path(file.filename).absolute().as_uri(), (file.before or b"").decode()
    edit = types.TextEdit(Lens(before, encoding).range(Span(0, len(before))), file.after.decode())
    change = types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri), [edit])
    if file.before is not None:
        return [change]
    return [types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True)), change]


def _asks_for(only: Any, kind: str) -> bool:
    return not only or any(f"{kind}.".startswith(each + ".") for each in only)
