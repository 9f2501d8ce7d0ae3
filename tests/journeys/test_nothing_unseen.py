"""A run says what it looked at and what it passed over, and one that looked at nothing is not green."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Corpuslint

TEXT = "العنوان\n\nانتهى الاجتماع مساء.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpuslint.toml").write_text('select = ["PUN"]\n')
    return tmp_path


def write(folder: Path, *names: str, text: str = TEXT) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def last(out: str) -> str:
    return out.splitlines()[-1]


@pytest.mark.parametrize("options", [(), ("--fix",), ("--diff",)], ids=["check", "fix", "diff"])
def test_a_folder_without_documents_is_refused_and_says_what_lies_there(
    folder: Path, corpuslint: Corpuslint, options: tuple[str, ...]
) -> None:
    write(folder, "scrapes/a.pdf", "scrapes/b.PDF", "scrapes/c.docx")
    said = corpuslint("check", "scrapes", *options)
    assert said.status == 2
    assert "scrapes: no document to look at; passed over: 2 .pdf, 1 .docx" in said.err
    assert corpuslint("check", "scrapes", "--allow-empty", *options).status == 0


@pytest.mark.parametrize("command", ["report", "baseline", "mine", "build"])
def test_no_command_makes_something_of_nothing(folder: Path, corpuslint: Corpuslint, command: str) -> None:
    (folder / "scrapes").mkdir()
    more = ("--name", "news", "--version", "1.0.0") if command == "build" else ()
    said = corpuslint(command, "scrapes", *more)
    assert said.status == 2
    assert "no document" in said.err
    assert sorted(path.name for path in folder.iterdir() if path.name != "dist") == ["corpuslint.toml", "scrapes"]


def test_records_without_any_document_are_nothing_to_look_at(folder: Path, corpuslint: Corpuslint) -> None:
    (folder / "a.jsonl").write_text("\n\n")
    assert corpuslint("check", "a.jsonl").status == 2


def test_records_that_cannot_be_read_are_told_and_no_ending_is_blamed(folder: Path, corpuslint: Corpuslint) -> None:
    (folder / "a.jsonl").write_text('{"text": \n')
    said = corpuslint("check", "a.jsonl", "--output-format", "concise")
    assert (said.status, "LNT006" in said.out) == (2, True)
    assert (
        said.err
        == "error: a.jsonl: no document to look at\n  the findings say why; --allow-empty lets such a run pass\n"
    )


@pytest.mark.parametrize(
    ("command", "name", "made"),
    [("report", "made", "page"), ("report", "made.json", "report"), ("baseline", "made", "baseline")],
)
def test_what_is_made_says_which_file_it_is_without(
    folder: Path, corpuslint: Corpuslint, command: str, name: str, made: str
) -> None:
    (folder / "a.txt").write_text("نص\n", "utf-8")
    (folder / "b.txt").symlink_to("nowhere")
    said = corpuslint(command, ".", "-o", name)
    assert (said.status, (folder / name).is_file()) == (2, True)
    assert "error: b.txt: the file cannot be read: it is gone, or a link that leads nowhere\n" in said.err
    assert f"  the {made} is of everything else; mend the file, or leave it out" in said.err


def test_what_is_learned_is_without_a_file_that_cannot_be_read(folder: Path, corpuslint: Corpuslint) -> None:
    write(folder, "a.txt")
    (folder / "b.txt").symlink_to("nowhere")
    said = corpuslint("mine", ".")
    assert said.status == 2
    assert "error: b.txt: the file cannot be read: it is gone, or a link that leads nowhere\n" in said.err


@pytest.mark.parametrize("command", [("check",), ("check", "--fix"), ("undo",)], ids=["check", "fix", "undo"])
def test_an_empty_path_is_not_the_folder_where_one_is(
    folder: Path, corpuslint: Corpuslint, command: tuple[str, ...]
) -> None:
    write(folder, "a.txt", text="العنوان\nقال , ثم\n")
    said = corpuslint(*command, "")
    assert (said.status, "error: a path is empty\n" in said.err) == (2, True)


def test_metadata_stands_for_its_text(folder: Path, corpuslint: Corpuslint) -> None:
    write(folder, "a.txt", "b.TXT", text="العنوان\nقال , ثم\n")
    write(folder, "a.meta.json", "b.meta.json", "gone.meta.json", text='{"source": "المدى"}')
    named = ("a.meta.json", "a.txt", "b.meta.json", "gone.meta.json")
    said = corpuslint("check", *named, "--select", "PUN001", "--output-format", "json")
    assert [finding["filename"] for finding in json.loads(said.out)] == ["a.txt", "b.TXT"]
    assert corpuslint("check", "gone.meta.json").status == 2
    assert corpuslint("check", "gone.meta.json", "--allow-empty").status == 0


def test_nothing_that_changed_is_no_empty_run(folder: Path, corpuslint: Corpuslint) -> None:
    write(folder, "a.txt")
    for command in ("init -q", "add -A", "-c user.name=a -c user.email=a@b commit -qm a"):
        subprocess.run(["git", *command.split()], cwd=folder, check=True)
    assert corpuslint("check", ".", "--since", "HEAD").status == 0


def test_a_hook_that_is_given_excluded_files_only_passes(folder: Path, corpuslint: Corpuslint) -> None:
    write(folder, "drafts/a.txt", text="قال , ثم\n")
    (folder / "corpuslint.toml").write_text('extend-exclude = ["drafts"]\n')
    entry = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
    line = next(line for line in entry.read_text("utf-8").splitlines() if "entry: corpuslint check --force" in line)
    assert corpuslint(*line.split()[2:], "drafts/a.txt").status == 0


@pytest.mark.parametrize("output_format", ["full", "concise", "grouped"])
def test_the_last_line_counts_documents_and_what_was_passed_over(
    folder: Path, corpuslint: Corpuslint, output_format: str
) -> None:
    write(folder, "news/a.txt", "news/b.txt", *(f"news/{number}.pdf" for number in range(12)), "news/x.docx")
    said = corpuslint("check", "news", "--output-format", output_format)
    assert last(said.out) == "No findings in 2 documents; passed over: 12 .pdf, 1 .docx."


def test_a_folder_that_the_built_in_list_leaves_out_is_named_unless_it_is_the_repositorys_own(
    folder: Path, corpuslint: Corpuslint
) -> None:
    write(folder, "news/a.txt", "news/rules/b.txt", "rules/words.txt", "dist/c.txt")
    assert last(corpuslint("check", ".").out) == "No findings in 1 document; passed over: the folder news/rules."


@pytest.mark.parametrize("name", ["a.TXT", "b.JSONL", "c.ndjson", "d.NdJson", "e.CSV"])
def test_endings_are_read_in_any_case(folder: Path, corpuslint: Corpuslint, name: str) -> None:
    content = {"t": "قال , ثم\n", "n": json.dumps({"text": "قال , ثم"}) + "\n", "v": 'text\n"قال , ثم"\n'}
    key = "t" if name.endswith("TXT") else "v" if name.endswith("CSV") else "n"
    write(folder, f"news/{name}", text=content[key])
    said = corpuslint("check", "news", "--select", "PUN001", "--output-format", "json")
    assert [finding["filename"] for finding in json.loads(said.out)] == [f"news/{name}"]


def test_a_text_with_a_large_ending_has_its_metadata_beside_it_and_is_fixed_and_undone(
    folder: Path, corpuslint: Corpuslint
) -> None:
    write(folder, "a.TXT", text="العنوان\nقال, ثم\n")
    write(folder, "a.meta.json", text='{"source": "المدى"}')
    assert "SRC001" not in corpuslint("check", "a.TXT", "--select", "SRC001").out
    before = (folder / "a.TXT").read_bytes()
    corpuslint("check", "a.TXT", "--select", "PUN001", "--fix")
    assert (folder / "a.TXT").read_text("utf-8") == "العنوان\nقال، ثم\n"
    corpuslint("undo", ".")
    assert (folder / "a.TXT").read_bytes() == before


def test_records_of_ndjson_are_fixed_line_by_line(folder: Path, corpuslint: Corpuslint) -> None:
    write(folder, "a.ndjson", text='{"id": 1.50, "text": "قال, ثم"}\n')
    corpuslint("check", "a.ndjson", "--select", "PUN001", "--fix")
    assert (folder / "a.ndjson").read_text("utf-8") == '{"id": 1.50, "text": "قال، ثم"}\n'


IGNORING = {
    "a name anywhere": ({".gitignore": "*.txt\n!keep.txt\n"}, ["keep.txt", "x/keep.txt"]),
    "a folder": ({".gitignore": "x/\n"}, ["a.txt", "keep.txt"]),
    "the nearest wins": ({".gitignore": "*.txt\n", "x/.gitignore": "!a.txt\n"}, ["x/a.txt"]),
    "anchored": ({".gitignore": "/a.txt\n"}, ["keep.txt", "x/a.txt", "x/keep.txt"]),
}


@pytest.mark.parametrize(("ignores", "left"), IGNORING.values(), ids=IGNORING.keys())
def test_gitignore_holds_in_a_folder_as_git_reads_it(
    folder: Path, corpuslint: Corpuslint, ignores: dict[str, str], left: list[str]
) -> None:
    write(folder, "a.txt", "keep.txt", "x/a.txt", "x/keep.txt", text="قال , ثم\n")
    for name, content in ignores.items():
        write(folder, name, text=content)

    def found(*options: str) -> list[str]:
        said = corpuslint("check", ".", "--select", "PUN001", "--output-format", "json", *options)
        return [finding["filename"] for finding in json.loads(said.out)]

    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard", "*.txt"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found() == sorted(listed.stdout.split()) == left
    (folder / "corpuslint.toml").write_text("respect-gitignore = false\n")
    assert len(found()) == 4


def test_what_gitignore_left_out_is_counted(folder: Path, corpuslint: Corpuslint) -> None:
    write(folder, "a.txt", "b.txt")
    write(folder, ".gitignore", text="b.txt\n")
    assert last(corpuslint("check", ".").out).endswith("passed over: 1 by .gitignore.")


def test_a_folder_named_is_read_though_git_ignores_it(folder: Path, corpuslint: Corpuslint) -> None:
    write(folder, "scrapes/a.txt")
    write(folder, ".gitignore", text="scrapes/\n")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    assert corpuslint("check", ".").status == 2
    assert last(corpuslint("check", "scrapes").out) == "No findings in 1 document."


def test_a_pattern_made_to_hang_costs_nothing(folder: Path, corpuslint: Corpuslint) -> None:
    write(folder, "a" * 60 + ".txt")
    write(folder, ".gitignore", text="*a" * 40 + "b\n")
    assert corpuslint("check", ".").status == 0


def test_a_gitignore_that_is_a_link_is_not_followed(folder: Path, corpuslint: Corpuslint, tmp_path: Path) -> None:
    write(folder, "scrapes/a.txt")
    (folder / "elsewhere").write_text("*\n")
    (folder / "scrapes/.gitignore").symlink_to(folder / "elsewhere")
    assert last(corpuslint("check", "scrapes").out) == "No findings in 1 document."


def test_exclude_leaves_out_names_for_one_run(folder: Path, corpuslint: Corpuslint) -> None:
    write(folder, "a.txt", "drafts/b.txt", "old/c.txt")
    said = corpuslint("check", ".", "--exclude", "drafts,old*")
    assert last(said.out).startswith("No findings in 1 document")


def test_defaults_say_what_holds_for_a_folder(folder: Path, corpuslint: Corpuslint) -> None:
    write(folder, "scrapes/okaz/a.txt", "scrapes/other/b.txt")
    write(
        folder,
        "scrapes/okaz/c.jsonl",
        text=json.dumps({"text": TEXT}) + "\n" + json.dumps({"text": TEXT, "source": "المدى"}),
    )
    (folder / "corpuslint.toml").write_text(
        'select = ["SRC001"]\n[[defaults]]\nfiles = "scrapes/okaz/**"\nsource = "okaz"\n'
    )
    findings = json.loads(corpuslint("check", ".", "--output-format", "json").out)
    assert [finding["filename"] for finding in findings] == ["scrapes/other/b.txt"]
    rates = folder / "rates.json"
    corpuslint("report", ".", "-o", rates)
    assert sorted(json.loads(rates.read_text("utf-8"))["documents"]) == ["", "okaz", "المدى"]


def test_a_placeholder_is_no_declared_value(folder: Path, corpuslint: Corpuslint) -> None:
    write(folder, "a.jsonl", text=json.dumps({"text": TEXT, "source": "nan"}))
    (folder / "corpuslint.toml").write_text('[[defaults]]\nfiles = "*"\nsource = "okaz"\n')
    corpuslint("report", ".", "-o", "rates.json")
    assert sorted(json.loads((folder / "rates.json").read_text("utf-8"))["documents"]) == ["okaz"]


def test_what_a_document_declares_wins_over_defaults_and_the_later_table_over_the_earlier(
    folder: Path, corpuslint: Corpuslint
) -> None:
    write(folder, "a.txt", "b.txt")
    write(folder, "a.meta.json", text='{"language": "ar"}')
    (folder / "corpuslint.toml").write_text(
        'select = ["LNG001"]\nlanguage = "fa"\n'
        '[[defaults]]\nfiles = "*.txt"\nlanguage = "fa"\n[[defaults]]\nfiles = ["b.txt"]\nlanguage = "ar"\n'
    )
    assert json.loads(corpuslint("check", ".", "--output-format", "json").out) == []


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('source = "okaz"', "a table without `files`"),
        ('files = "a/**"\nsorce = "okaz"', "did you mean 'source'?"),
        ("files = 3", "must be a list of tables of strings or lists of strings, not [{'files': 3}]"),
    ],
)
def test_a_table_of_defaults_that_is_wrong_is_explained(
    folder: Path, corpuslint: Corpuslint, table: str, said: str
) -> None:
    write(folder, "a.txt")
    (folder / "corpuslint.toml").write_text(f"[[defaults]]\n{table}\n")
    run = corpuslint("check", "a.txt")
    assert (run.status, said in run.err) == (2, True)
