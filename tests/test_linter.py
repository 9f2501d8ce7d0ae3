"""corpuslint from Python: a text, a stream, a table, and a function that `Dataset.map` can hash and run in workers."""

from __future__ import annotations

import doctest
import itertools
import pickle
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import datasets
import pandas
import polars
import pyarrow
import pytest
from datasets.fingerprint import Hasher

import corpuslint
import corpuslint.linter
from corpuslint import Findings, Linter, check_text, fix_text, load_rules
from corpuslint.config.settings import Settings
from corpuslint.errors import ConfigError, PublishError
from corpuslint.formats.files import Paths

SLIP = "قال الوزير إن كوریا وقعت الاتفاق مساء أمس."
CLEAN = "قال الوزير إن كوريا وقعت الاتفاق مساء أمس."
DOCS = Path(__file__).parent.parent / "docs"
ROWS = [{"id": "a", "text": SLIP, "source": "الضفة"}, {"id": "b", "text": CLEAN, "source": "الضفة"}]


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=("LET", "SRC001"))


def places(findings: corpuslint.Findings) -> list[tuple[int, str, int]]:
    return [(finding.record.index if finding.record else -1, finding.code, finding.offset) for finding in findings]


def test_the_public_names_are_listed() -> None:
    public = {"check_text", "fix_text", "check", "fix", "build", "load_rules", "Linter"}
    assert public <= set(dir(corpuslint))
    assert all(getattr(corpuslint, name).__doc__ for name in public)


def test_the_examples_of_the_page_hold() -> None:
    assert doctest.testmod(corpuslint.linter).failed == 0


def test_a_finding_of_a_text_has_its_place_and_message() -> None:
    (finding,) = check_text(SLIP, select=("LET",))
    assert (finding.code, finding.offset, finding.end_offset) == ("LET001", 14, 19)
    assert SLIP[finding.offset : finding.end_offset] in finding.message
    assert finding.confidence == 1.0


def test_one_selector_is_no_sequence_of_its_letters() -> None:
    assert fix_text(SLIP, select="LET") == CLEAN
    assert [finding.code for finding in Linter(select="LET001").check_text(SLIP)] == ["LET001"]


@pytest.mark.parametrize("kind", [str, Path, lambda folder: [folder]], ids=["string", "path", "paths"])
def test_one_path_is_no_sequence_of_its_letters(kind: Callable[[Path], Paths], tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(SLIP, "utf-8")
    paths, settings = kind(tmp_path / "corpus"), Settings(select=("LET",), root=tmp_path)
    assert corpuslint.build(paths, settings, name="n", version="1.0.0", out=tmp_path).folder.manifest.name == "n"
    assert corpuslint.check(paths, settings).report.findings.by_code() == {"LET001": 1}
    assert corpuslint.fix(paths, settings).report.summary.fixed == {"LET001": 1}


def test_a_row_without_text_is_left_as_it_is(linter: Linter) -> None:
    rows = datasets.Dataset.from_dict({"text": [SLIP, None]})
    assert rows.map(linter.clean)["text"][:] == [CLEAN, None]


def test_declared_metadata_counts() -> None:
    assert [finding.code for finding in check_text(CLEAN, select=("SRC001",))] == ["SRC001"]
    assert check_text(CLEAN, metadata={"source": "الضفة"}, select=("SRC001",)) == ()


def test_no_final_newline_is_missed_in_memory() -> None:
    assert fix_text(SLIP) == CLEAN
    assert "SPC001" not in {finding.code for finding in check_text(SLIP)}


def test_a_fixed_text_gives_what_was_lifted() -> None:
    text = f"{CLEAN}\nالمصدر: صحيفة الضفتين\n"
    fixed = Linter(select=("SRC",)).fix_text(text, unsafe=True)
    assert (fixed.text, dict(fixed.lifted)) == (f"{CLEAN}\n", {"source": "صحيفة الضفتين"})


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(ConfigError, match="LTE001"):
        check_text(SLIP, select=("LTE001",))


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(datasets.Dataset.from_list(ROWS), id="datasets"),
        pytest.param(datasets.Dataset.from_list([*ROWS, *ROWS]).select([2, 3]), id="datasets, selected"),
        pytest.param(datasets.Dataset.from_list(ROWS).to_iterable_dataset(), id="datasets, streamed"),
        pytest.param(pyarrow.Table.from_pylist(ROWS), id="pyarrow"),
        pytest.param(pandas.DataFrame(ROWS), id="pandas"),
        pytest.param(polars.DataFrame(ROWS), id="polars"),
    ],
)
def test_a_table_of_any_kind_gives_the_same_findings(linter: Linter, table: object) -> None:
    assert places(linter.check_dataset(table)) == [(0, "LET001", 14)]  # type: ignore[arg-type]


def test_a_missing_value_of_pandas_is_no_value(linter: Linter) -> None:
    frame = pandas.DataFrame([{"text": CLEAN, "source": None}, {"text": CLEAN, "source": float("nan")}])
    assert places(linter.check_dataset(frame)) == [(0, "SRC001", 0), (1, "SRC001", 0)]


def test_a_row_without_text_is_a_finding(linter: Linter) -> None:
    assert places(linter.check_dataset(pyarrow.table({"text": [None, CLEAN], "source": ["x", "x"]}))) == [
        (0, "LNT006", 0)
    ]


def test_what_is_no_text_is_named(linter: Linter) -> None:
    for ask in (linter.check_text, linter.fix_text):
        with pytest.raises(TypeError, match="a text is a str, not NoneType"):
            ask(None)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="metadata is a mapping of names to values, not list"):
            ask(CLEAN, metadata=["source"])  # type: ignore[arg-type]
    assert places(linter.check_documents([None, 7])) == [(0, "LNT006", 0), (1, "LNT006", 0)]  # type: ignore[list-item]


@pytest.mark.parametrize("given", [None, 3, [None]], ids=repr)
def test_what_is_no_selector_is_named(given: Any) -> None:
    for ask in (partial(check_text, CLEAN), partial(fix_text, CLEAN), Linter):
        with pytest.raises(TypeError, match="rules are chosen by a str or several of them, not "):
            ask(select=given)


@pytest.mark.parametrize("given", [CLEAN, {"text": CLEAN}, None], ids=["a text", "a record", "nothing"])
def test_one_document_is_not_several(linter: Linter, given: Any) -> None:
    with pytest.raises(TypeError, match="documents are several texts or records, not one "):
        list(linter.check_documents(given))


def test_several_tables_and_a_row_without_the_column_are_named(linter: Linter) -> None:
    with pytest.raises(TypeError, match="DatasetDict is no table but several, one for each of train, test"):
        linter.check_dataset(datasets.DatasetDict(dict.fromkeys(("train", "test"), datasets.Dataset.from_list(ROWS))))  # type: ignore[arg-type]
    with pytest.raises(KeyError, match="there is no column 'text'; there are body"):
        linter.clean({"body": CLEAN})


def test_what_are_no_settings_is_named_and_an_applicability_is_known_by_its_word(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{SLIP}\n", "utf-8")
    for ask in (corpuslint.check, corpuslint.fix, partial(corpuslint.build, name="n", version="1.0.0")):
        with pytest.raises(TypeError, match="settings are a corpuslint Settings or None, not dict"):
            ask(path, {"select": ["LET"]})
    assert corpuslint.fix(path, Settings(select=("LET",)), "safe").report.summary.fixed == {"LET001": 1}  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'bold' is not a valid Applicability"):
        corpuslint.fix(path, Settings(), "bold")  # type: ignore[arg-type]


def test_a_language_that_there_is_not_is_named() -> None:
    with pytest.raises(ConfigError, match="unknown language 'arabic'"):
        Linter(language="arabic")


def test_a_name_that_cannot_be_one_costs_no_build(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, "utf-8")
    steps: list[object] = []
    with pytest.raises(PublishError, match="'a b' cannot name a dataset"):
        corpuslint.build(tmp_path, name="a b", version="1.0.0", each=steps.append)
    assert steps == []


@pytest.mark.parametrize("given", [None, 3, [None]], ids=repr)
def test_what_is_no_path_is_named(given: Any) -> None:
    for ask in (corpuslint.check, corpuslint.fix):
        with pytest.raises(TypeError, match="a path is a str or an os"):
            ask(given)
    with pytest.raises(TypeError, match="a path is a str"):
        corpuslint.build(given, name="n", version="1.0.0")


def test_a_missing_column_and_a_strange_table_are_named(linter: Linter) -> None:
    with pytest.raises(KeyError, match="no column 'text'; there are body"):
        linter.check_dataset(pyarrow.table({"body": [CLEAN]}))
    with pytest.raises(TypeError, match="list is no table"):
        linter.check_dataset([CLEAN])  # type: ignore[arg-type]


def test_findings_are_a_table(linter: Linter) -> None:
    table = linter.check_dataset(pandas.DataFrame(ROWS)).to_arrow()
    assert table.select(["record", "id", "code", "line", "column", "fix"]).to_pylist() == [
        {"record": 0, "id": "a", "code": "LET001", "line": 1, "column": 15, "fix": "safe"}
    ]


def test_a_stream_is_read_as_it_is_asked_for(linter: Linter) -> None:
    def endless() -> Iterator[str]:
        while True:
            yield SLIP

    found = linter.check_documents(endless())
    assert places(Findings(itertools.islice((one for one in found if one.code == "LET001"), 2))) == [
        (0, "LET001", 14),
        (1, "LET001", 14),
    ]


def test_map_hashes_and_runs_in_workers(linter: Linter) -> None:
    data = datasets.Dataset.from_list(ROWS * 20)
    annotated = data.map(linter.annotate, num_proc=2)
    assert [len(row["findings"]) for row in annotated][:2] == [1, 0]
    assert annotated[0]["findings"][0]["code"] == "LET001"
    assert data.map(linter.clean)["text"][:2] == [CLEAN, CLEAN]


def test_equal_linters_have_one_hash_so_that_a_second_map_is_served_from_the_cache(linter: Linter) -> None:
    hashed = Hasher.hash(linter.annotate)
    assert Hasher.hash(Linter(select=("LET", "SRC001")).annotate) == hashed
    assert Hasher.hash(Linter(select=("LET",)).annotate) != hashed


def test_a_second_map_in_workers_computes_nothing(linter: Linter, tmp_path: Path) -> None:
    datasets.Dataset.from_list(ROWS * 20).save_to_disk(tmp_path / "data")
    data = datasets.load_from_disk(tmp_path / "data")
    first = data.map(linter.annotate, num_proc=2)
    written = {file["filename"]: Path(file["filename"]).stat().st_mtime_ns for file in first.cache_files}
    again = data.map(Linter(select=("LET", "SRC001")).annotate, num_proc=2)
    assert (
        written
        and {file["filename"]: Path(file["filename"]).stat().st_mtime_ns for file in again.cache_files} == written
    )
    assert again.to_list() == first.to_list()


def test_a_linter_travels(linter: Linter) -> None:
    copy = pickle.loads(pickle.dumps(linter))
    assert [finding.code for finding in copy.check_text(SLIP, metadata={"source": "x"})] == ["LET001"]


def test_files_are_checked_and_fixed_by_the_configuration_that_holds_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpuslint.toml").write_text('select = ["LET"]\n', "utf-8")
    (tmp_path / "a.txt").write_text(SLIP + "\n", "utf-8")
    assert [finding.code for finding in corpuslint.check(["a.txt"]).report.findings] == ["LET001"]
    assert not corpuslint.fix(["."]).report.findings
    assert (tmp_path / "a.txt").read_text("utf-8") == CLEAN + "\n"
    assert {spec.code[:3] for spec in load_rules().specs.values()} == {"LET"}


def test_the_page_on_python_says_what_happens() -> None:
    assert doctest.testfile(str(DOCS / "python.md"), module_relative=False).failed == 0
