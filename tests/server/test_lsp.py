"""An editor sees findings at the right place in its own units, and its fixes give what `check --fix` gives."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from corpuslint.server.lsp import Lens
from tests.conftest import Corpuslint

TEXT = "خبر 😀 قصير [ad_1] هنا.\nبلغ العدد 1،000 نسخة في كوریا هذا العام كما قال الوزير مُحَمَّد.\n"
ENCODINGS = ["utf-16", "utf-8", "utf-32"]

Story = Callable[[LanguageClient, str, list[types.PublishDiagnosticsParams]], Awaitable[Any]]


def talk(path: Path, text: str, encoding: str, story: Story) -> Any:
    """Start the real server, open a document, and let `story` go on from its first diagnostics."""

    async def session() -> Any:
        client = LanguageClient("test", "1")
        published: list[types.PublishDiagnosticsParams] = []

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def keep(params: types.PublishDiagnosticsParams) -> None:
            published.append(params)

        await client.start_io(sys.executable, "-m", "corpuslint", "server")
        kind = types.PositionEncodingKind(encoding)
        result = await client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(
                    general=types.GeneralClientCapabilities(position_encodings=[kind])
                ),
                root_uri=path.parent.as_uri(),
            )
        )
        assert result.capabilities.position_encoding == kind
        client.initialized(types.InitializedParams())
        uri = path.as_uri()
        client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "plaintext", 1, text))
        )
        await until(lambda: bool(published))
        try:
            return await story(client, uri, published)
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()

    return asyncio.run(asyncio.wait_for(session(), 300))


async def until(ready: Callable[[], bool]) -> None:
    while not ready():
        await asyncio.sleep(0.01)


def applied(text: str, edits: list[Any], encoding: str) -> str:
    lens = Lens(text, encoding)
    for edit in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
        start, end = lens.offset(edit.range.start), lens.offset(edit.range.end)
        text = text[:start] + edit.new_text + text[end:]
    return text


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_positions_fixes_and_hover_in_every_encoding(corpuslint: Corpuslint, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    (tmp_path / "a.meta.json").write_text(json.dumps({"language": "ar"}), "utf-8")

    async def story(
        client: LanguageClient, uri: str, published: list[types.PublishDiagnosticsParams]
    ) -> tuple[Any, ...]:
        found = published[-1].diagnostics
        whole = types.Range(types.Position(0, 0), types.Position(2, 0))
        document = types.TextDocumentIdentifier(uri)
        context = types.CodeActionContext(found, only=[types.CodeActionKind.SourceFixAll])
        fix_all = await client.text_document_code_action_async(types.CodeActionParams(document, whole, context))
        shortcode = next(each for each in found if each.code == "ART001")
        quick = await client.text_document_code_action_async(
            types.CodeActionParams(document, shortcode.range, types.CodeActionContext([shortcode]))
        )
        hover = await client.text_document_hover_async(types.HoverParams(document, shortcode.range.start))
        # positions outside the text are an editor's mistake, not a crash
        far = types.Position(99, 99)
        await client.text_document_code_action_async(
            types.CodeActionParams(document, types.Range(far, far), types.CodeActionContext([]))
        )
        return found, fix_all, quick, hover

    found, fix_all, quick, hover = talk(path, TEXT, encoding, story)
    lens = Lens(TEXT, encoding)
    marked = {each.code: TEXT[lens.offset(each.range.start) : lens.offset(each.range.end)] for each in found}
    assert marked["ART001"] == "[ad_1]"
    assert marked["PUN020"] == "1،000"
    assert marked["LET001"] == "كوریا"
    assert marked["DAT001"] == ""
    columns = {"utf-16": 12, "utf-8": 21, "utf-32": 11}
    (shortcode,) = (each for each in found if each.code == "ART001")
    assert shortcode.range.start == types.Position(0, columns[encoding])
    assert "# ART001" in hover.contents.value
    only = next(action for action in quick if action.kind == types.CodeActionKind.QuickFix and "ART001" in action.title)
    assert [action.title for action in quick if "ART001" in action.title][1:] == ["ART001: suppress here"]
    edits = only.edit.document_changes[0].edits
    assert "[ad_1]" not in applied(TEXT, edits, encoding)
    corpuslint("check", path, "--fix", "--isolated")
    (everything,) = fix_all
    assert applied(TEXT, everything.edit.document_changes[0].edits, encoding) == path.read_text("utf-8")


def test_a_line_separator_in_the_text_moves_nothing(tmp_path: Path) -> None:
    text = "سطر أول\u2028يتبعه [ad_2] كلام\x85آخر.\n"
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")

    async def story(client: LanguageClient, uri: str, published: list[types.PublishDiagnosticsParams]) -> Any:
        return published[-1].diagnostics

    found = talk(path, text, "utf-16", story)
    (shortcode,) = (each for each in found if each.code == "ART001")
    assert (shortcode.range.start.line, shortcode.range.start.character) == (0, text.index("["))


def test_findings_follow_the_text_as_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("", "utf-8")

    async def story(client: LanguageClient, uri: str, published: list[types.PublishDiagnosticsParams]) -> Any:
        for version, text in enumerate(["خبر [ad_1] اليوم\n", "خبر اليوم\n"], start=2):
            count = len(published)
            client.text_document_did_change(
                types.DidChangeTextDocumentParams(
                    types.VersionedTextDocumentIdentifier(version, uri),
                    [types.TextDocumentContentChangeWholeDocument(text)],
                )
            )
            await until(lambda count=count: len(published) > count)  # type: ignore[misc]
        return [[d.code for d in params.diagnostics] for params in published[-2:]]

    before, after = talk(path, "", "utf-16", story)
    assert "ART001" in before
    assert "ART001" not in after


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_change_of_a_part_goes_where_the_editor_made_it(tmp_path: Path, encoding: str) -> None:
    text = "أول\u2028ثان\r\n😀 ثالث [ad\x85]\rرابع"
    path = tmp_path / "a.txt"
    path.write_text("", "utf-8")

    async def story(client: LanguageClient, uri: str, published: list[types.PublishDiagnosticsParams]) -> Any:
        lens = Lens(text, encoding)
        at = text.index("\x85")
        spot = types.Range(lens.position(at), lens.position(at + 1))
        end = types.Range(*[lens.position(len(text))] * 2)
        client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(2, uri),
                [
                    types.TextDocumentContentChangePartial(end, "\nخامس"),
                    types.TextDocumentContentChangePartial(spot, "_1"),
                ],
            )
        )
        await until(lambda: len(published) > 1)
        return published[-1]

    after = text.replace("\x85", "_1") + "\nخامس"
    told = talk(path, text, encoding, story)
    (shortcode,) = (each for each in told.diagnostics if each.code == "ART001")
    lens = Lens(after, encoding)
    assert told.version == 2
    assert after[lens.offset(shortcode.range.start) : lens.offset(shortcode.range.end)] == "[ad_1]"


@pytest.mark.parametrize("field", ["source", "outlet"])
def test_a_fix_that_lifts_metadata_writes_it_beside_the_file(tmp_path: Path, field: str) -> None:
    (tmp_path / "corpuslint.toml").write_text(f'[fields]\nsource = "{field}"\n', "utf-8")
    text = "انتهت أعمال ترميم الجسر القديم أمس بعد عامين من العمل المتواصل.\nالمصدر: صحيفة الضفتين\n"
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")

    async def story(client: LanguageClient, uri: str, published: list[types.PublishDiagnosticsParams]) -> Any:
        found = [
            each for each in published[-1].diagnostics if str(each.code).startswith("SRC") and each.range.start.line
        ]
        return await client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(uri), found[0].range, types.CodeActionContext(found[:1])
            )
        )

    actions = talk(path, text, "utf-16", story)
    changes = next(a for a in actions if "SRC" in a.title).edit.document_changes
    assert [type(change).__name__ for change in changes] == ["TextDocumentEdit", "CreateFile", "TextDocumentEdit"]
    assert changes[1].uri.endswith("a.meta.json")
    assert json.loads(changes[2].edits[0].new_text) == {field: "صحيفة الضفتين"}


def test_a_finding_is_suppressed_where_it_stands(
    tmp_path: Path, corpuslint: Corpuslint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpuslint.toml").write_text("")
    text = "قال [ad_1] ثم [ad_1] أمس\n"
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")

    async def story(client: LanguageClient, uri: str, published: list[types.PublishDiagnosticsParams]) -> Any:
        first = next(each for each in published[-1].diagnostics if each.code == "ART001")
        return await client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(uri), first.range, types.CodeActionContext([first], only=["quickfix"])
            )
        )

    actions = talk(path, text, "utf-16", story)
    (suppress,) = (action for action in actions if action.title == "ART001: suppress here")
    created, change = suppress.edit.document_changes
    assert created.uri.endswith("/corpuslint.suppress.toml")
    (tmp_path / "corpuslint.suppress.toml").write_text(change.edits[0].new_text, "utf-8")
    out = corpuslint("check", "a.txt", "--select", "ART001", "--output-format", "json").out
    assert [finding["location"]["column"] for finding in json.loads(out)] == [15]


def test_fixing_everything_leaves_other_lines_alone(tmp_path: Path) -> None:
    text = "سطر أول لا شيء فيه\nقال, ثم\nسطر أخير لا شيء فيه\n"
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")

    async def story(client: LanguageClient, uri: str, published: list[types.PublishDiagnosticsParams]) -> Any:
        whole = types.Range(types.Position(0, 0), types.Position(3, 0))
        context = types.CodeActionContext([], only=["source.fixAll"])
        return await client.text_document_code_action_async(
            types.CodeActionParams(types.TextDocumentIdentifier(uri), whole, context)
        )

    (everything,) = talk(path, text, "utf-16", story)
    (edit,) = everything.edit.document_changes[0].edits
    assert (edit.range.start.line, edit.range.end.line, edit.new_text) == (1, 2, "قال، ثم\n")
