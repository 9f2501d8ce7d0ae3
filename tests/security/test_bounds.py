"""Files that say how a run goes are regular, small and shallow, or refused: no run hangs or fills the memory."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from corpuslint.config.load import load_options
from corpuslint.config.options import Options
from corpuslint.config.settings import Nearest, nearest_config, settle
from corpuslint.engine.check import check_document
from corpuslint.engine.record_schema import MOST_REFERENCES, RecordFitsSchema
from corpuslint.engine.ruleset import ruleset
from corpuslint.errors import ConfigError, PackError
from corpuslint.formats import streams
from corpuslint.model.document import Document, DocumentId
from corpuslint.packs.loader import load_pack
from corpuslint.text.toml import DEEPEST, toml_of
from tests.conftest import Corpuslint

SPECIAL = pytest.mark.parametrize("kind", ["device", "pipe", "link to a device", "folder", "huge"])


def lay(path: Path, kind: str) -> str:
    """Something under `path` that cannot be read as a small file; the name to give it by."""
    if kind == "device":
        return "/dev/zero"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "link to a device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    else:
        with path.open("wb") as stream:
            stream.truncate(300 << 20)
    return path.name


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("افتتحت البلدية مدرسة في القرية صباح اليوم.\n", "utf-8")
    return tmp_path


@SPECIAL
@pytest.mark.parametrize("key", ["extend", "baseline", "record-schema"])
def test_what_a_configuration_names_is_a_small_file(corpuslint: Corpuslint, home: Path, kind: str, key: str) -> None:
    name = lay(home / "x", kind)
    (home / "corpuslint.toml").write_text(f'{key} = "{name}"\n', "utf-8")
    run = corpuslint("check", ".")
    assert (run.status, f"{Path(name).name}: " in run.err) == (2, True)
    assert any(word in run.err for word in ("not a regular file", "it is larger than"))


@SPECIAL
@pytest.mark.parametrize("name", ["corpuslint.suppress.toml", "corpuslint.decisions.jsonl", "pyproject.toml"])
def test_what_lies_beside_a_configuration_is_a_small_file(
    corpuslint: Corpuslint, home: Path, kind: str, name: str
) -> None:
    if kind == "device":
        pytest.skip("has a name of its own")
    (home / "corpuslint.toml").write_text('select = ["ENC"]\n', "utf-8")
    lay(home / name, kind)
    run = corpuslint("check", "a.txt")
    refused = kind == "huge" and name != "pyproject.toml"  # what is no file is not there
    assert (run.status, "it is larger than" in run.err) == ((2, True) if refused else (0, False))


@pytest.mark.parametrize("name", ["corpuslint.toml", "pyproject.toml"])
@pytest.mark.parametrize("kind", ["pipe", "link to a device", "folder", "huge"])
def test_a_configuration_among_scrapes_is_never_waited_for(
    corpuslint: Corpuslint, home: Path, kind: str, name: str
) -> None:
    (home / "scraped").mkdir()
    (home / "scraped/b.txt").write_text("افتتحت البلدية مدرسة.\n", "utf-8")
    lay(home / "scraped" / name, kind)
    assert corpuslint("check", "scraped", "--select", "ENC").status == 0


@SPECIAL
def test_files_of_a_pack_are_small(tmp_path: Path, kind: str) -> None:
    pack = tmp_path / "p"
    pack.mkdir()
    if kind == "device":
        (pack / "pack.toml").symlink_to("/dev/zero")
    else:
        lay(pack / "pack.toml", kind)
    with pytest.raises(PackError, match=r"is no pack\.toml|cannot be read"):
        load_pack(pack)


@pytest.mark.parametrize(
    "text",
    [
        ".".join(["a"] * 100_000) + " = 1\n",
        "".join("x." * 200 + f"k{i} = 1\n" for i in range(5000)),
        "".join("[" + ".".join(["a"] * 300) + f".b{i}]\n" for i in range(3000)),
        "a = {" + "b . " * 40 + "c = 1}\n",
        '"q".' * 40 + '"r" = 1\n',
    ],
    ids=["one key", "many keys", "tables", "inside", "quoted"],
)
def test_a_key_has_few_parts(tmp_path: Path, text: str) -> None:
    path = tmp_path / "corpuslint.toml"
    path.write_text(text, "utf-8")
    started = time.process_time()
    with pytest.raises(ConfigError, match=f"more than {DEEPEST} parts"):
        load_options(path)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "text",
    [
        f'a = "{".".join("x" * 50)}"\n',
        f"a = '{'.'.join('x' * 50)}'\n",
        f'a = """\n{".".join("x" * 50)} "" \\""" \n"""\n',
        f"a = '''\n{'.'.join('x' * 50)}'' \n'''\n",
        f"# {'.'.join('x' * 50)}\na = 1\n",
        'a = "# \\" x"\nb.c = 1\n',
    ],
    ids=["text", "literal", "many lines", "literal lines", "comment", "escape"],
)
def test_dots_in_texts_and_comments_are_no_keys(text: str) -> None:
    assert "a" in toml_of(text)


def test_a_chain_of_configurations_has_an_end(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"c{number}.toml").write_text(f'extend = "c{number + 1}.toml"\n', "utf-8")
    with pytest.raises(ConfigError, match="is extended by more than"):
        load_options(tmp_path / "c0.toml")


def test_a_configuration_that_is_a_link_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "corpuslint.toml").symlink_to("corpuslint.toml")
    with pytest.raises(ConfigError, match="cannot be read: Too many levels of symbolic links"):
        settle(Options(), start=tmp_path)
    assert nearest_config(str(tmp_path / "a.txt"), settle(Options())) == Nearest(tmp_path / "corpuslint.toml", False)


def judged(tmp_path: Path, schema: object, **metadata: str) -> list[tuple[str, str]]:
    """Codes and messages for a record under a schema."""
    (tmp_path / "s.json").write_text(json.dumps(schema), "utf-8")
    rule = RecordFitsSchema(tmp_path / "s.json")
    found = check_document(Document(DocumentId("d"), "خبر", metadata), ruleset((rule,)))
    return [(diagnostic.code, diagnostic.message) for diagnostic in found]


def doubling(keyword: str, dialect: dict[str, str]) -> dict[str, object]:
    parts: dict[str, object] = {"d0": {"type": "object", **dialect}}
    for number in range(1, 41):
        reference = {"$ref": f"#/$defs/d{number - 1}"}
        parts[f"d{number}"] = {keyword: [reference, reference], **dialect}
    return {"$defs": parts, "$ref": "#/$defs/d40"}


@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "oneOf"])
@pytest.mark.parametrize(
    "dialect", [{}, {"$schema": "https://json-schema.org/draft/2020-12/schema"}], ids=["plain", "says its dialect"]
)
def test_a_schema_whose_references_double_ends(tmp_path: Path, keyword: str, dialect: dict[str, str]) -> None:
    if keyword == "anyOf":
        schema = doubling(keyword, dialect)
        schema["$defs"]["d0"] = {"type": "string", **dialect}  # type: ignore[index]
    else:
        schema = doubling(keyword, dialect)
    started = time.process_time()
    ((code, message),) = judged(tmp_path, schema)
    assert (code, f"more than {MOST_REFERENCES:,} references" in message) == ("LNT003", True)
    assert time.process_time() - started < 30


def test_patterns_of_property_names_hang_nobody(tmp_path: Path) -> None:
    name = "a" * 40 + "!"
    schema = {"patternProperties": {r"^(\w+\s?)*$": {"type": "string"}}, "additionalProperties": False}
    try:
        ((_, message),) = judged(tmp_path, schema, **{name: "x"})
    except ConfigError as error:
        message = error.message
    assert "backtracks without bound" in message or name in message


@pytest.mark.parametrize(
    ("metadata", "messages"),
    [
        ({"x_a": "1"}, ["x_a: '1' does not match '^[a-z]+$'"]),
        ({"x_a": "b"}, []),
        ({"y": "b"}, ["Additional properties are not allowed ('y' was unexpected)"]),
    ],
    ids=["does not fit", "fits", "is another"],
)
def test_property_names_are_matched(tmp_path: Path, metadata: dict[str, str], messages: list[str]) -> None:
    schema = {
        "properties": {"text": {}},
        "patternProperties": {"^x_": {"pattern": "^[a-z]+$"}},
        "additionalProperties": False,
    }
    found = judged(tmp_path, schema, **metadata)
    assert [message.partition("s.json: ")[2] for _, message in found] == messages


def test_names_that_two_keywords_would_judge_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="use `additionalProperties`"):
        judged(tmp_path, {"patternProperties": {"^x_": {}}, "allOf": [{"unevaluatedProperties": False}]})


def test_a_baseline_may_grow_beyond_what_is_written_by_hand(
    corpuslint: Corpuslint, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MOST_WRITTEN", 100)
    (home / "base.json").write_text(json.dumps({"corpuslint-baseline": 1, "entries": [], "note": "x" * 1000}), "utf-8")
    run = corpuslint("check", "a.txt", "--isolated", "--select", "ENC", "--baseline", "base.json")
    assert "it is larger than" not in run.err


@pytest.mark.parametrize("pattern", [r"^(a+)+$", r"^(\w+\s?)*$", r"^(?:[a-z]+)*$", r"^(a*)*$", r"^(.*a){12}$"])
def test_what_only_some_engines_hang_on_is_run_by_another(corpuslint: Corpuslint, home: Path, pattern: str) -> None:
    """`re` takes hours for these; packs and schemas are run by `regex`, which does not, against a clock."""
    (home / "p").mkdir()
    (home / "p/pack.toml").write_text('[pack]\nname = "p"\nsummary = "s"\ndeclarative = ["r.toml"]\n', "utf-8")
    (home / "p/r.toml").write_text(
        f'[[rule]]\ncode = "ART950"\nname = "x"\nkind = "find"\npattern = \'{pattern}\'\nseverity = "error"\n'
        'message = "m"\nsummary = "s"\ndocs = { finds = "x", why = "y" }\n'
        'invalid = [ { text = "aaaaaaaaaaaa" } ]\nvalid = [ { text = "!", why = "z" } ]\n',
        "utf-8",
    )
    (home / "corpuslint.toml").write_text('packs = ["p"]\nselect = ["ART950", "LNT"]\n', "utf-8")
    (home / "a.txt").write_text("a" * 5_000 + "!", "utf-8")
    started = time.process_time()
    assert corpuslint("check", "a.txt").status in (0, 1, 2)
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("encoding", "status", "said"),
    [("utf-8-sig", 1, ""), ("utf-16", 2, "it is not UTF-8 (byte 1)")],
    ids=["a mark before UTF-8, as Notepad writes it", "UTF-16"],
)
def test_a_configuration_of_another_editor(
    corpuslint: Corpuslint, tmp_path: Path, encoding: str, status: int, said: str
) -> None:
    (tmp_path / "corpuslint.toml").write_text('select = ["ART001"]\n', encoding)
    (tmp_path / "a.txt").write_text("قال الناطق [ad_1] إن الاجتماع سيعقد.\n", "utf-8")
    run = corpuslint("check", tmp_path / "a.txt", "--config", tmp_path / "corpuslint.toml")
    assert (run.status, said in run.err) == (status, True)


def test_records_in_utf_16_are_told_in_words(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{json.dumps({'text': 'قال الناطق'}, ensure_ascii=False)}\n" * 2, "utf-16")
    run = corpuslint("check", tmp_path / "a.jsonl", "--isolated")
    assert (run.status, run.out.count("convert it with `iconv -f UTF-16 -t UTF-8`")) == (2, 1)
