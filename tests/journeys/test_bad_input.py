"""Bad input is named with file, place and remedy; nothing else is lost, and nothing crashes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Corpuslint, Run

GOOD = "قال الوزير إن المشروع الجديد سيبدأ في الشهر المقبل وسيستمر ثلاثة أعوام كاملة.\n"


def findings(run: Run) -> list[dict[str, Any]]:
    return json.loads(run.out)


def codes(run: Run) -> set[str]:
    return {finding["code"] for finding in findings(run)}


def test_path_that_is_not_there(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(GOOD, "utf-8")
    run = corpuslint("check", tmp_path / "stroy.txt")
    assert run.status == 2
    assert "stroy.txt: there is no such file or folder" in run.err
    assert f"did you mean '{tmp_path}/story.txt'?" in run.err


def test_empty_file(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    run = corpuslint("check", tmp_path, "--output-format", "json", "--isolated")
    assert run.status in (0, 1)
    assert not any(code.startswith("LNT") for code in codes(run))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "windows-1256"])
def test_other_encodings_are_read(corpuslint: Corpuslint, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((GOOD * 3).encode(encoding))
    run = corpuslint("check", path, "--output-format", "json", "--isolated")
    assert "ENC001" in codes(run)
    assert not any(code.startswith("LNT") for code in codes(run))
    before = path.read_bytes()
    corpuslint("check", path, "--fix", "--unsafe-fixes", "--isolated")
    assert path.read_bytes().decode("utf-8").startswith("قال الوزير")
    corpuslint("undo", path)
    assert path.read_bytes() == before


def test_undecodable_bytes_are_named_and_survive_other_fixes(corpuslint: Corpuslint, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    data = (GOOD + "کوريا الشمالية في خبر عن الوزير\n").encode() + b"\xff\xfe\x80 x\n"
    path.write_bytes(data)
    run = corpuslint("check", path, "--output-format", "json", "--isolated")
    assert any(code.startswith("ENC") for code in codes(run))
    corpuslint("check", path, "--fix", "--isolated")
    assert b"\xff\xfe\x80" in path.read_bytes()
    corpuslint("undo", path)
    assert path.read_bytes() == data


def test_binary_file_is_skipped_by_name(corpuslint: Corpuslint, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    run = corpuslint("check", path, "--output-format", "json", "--isolated")
    assert codes(run) == {"LNT002"}
    assert "binary" in findings(run)[0]["message"]


def test_nul_bytes_are_a_finding(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD.encode() + b"\x00" + GOOD.encode())
    run = corpuslint("check", tmp_path, "--output-format", "json", "--isolated")
    assert any(code.startswith("ENC") for code in codes(run))


def test_one_broken_line_of_json(corpuslint: Corpuslint, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps({"id": "1", "text": "خبر [ad_1] اليوم"}, ensure_ascii=False)
    path.write_text(f'{good}\n{{"text": "خبر\n[1]\n{good}\n{{"id": "x"}}\n', "utf-8")
    run = corpuslint("check", path, "--output-format", "json", "--isolated")
    broken = [(f["record"]["index"], f["message"]) for f in findings(run) if f["code"] == "LNT006"]
    assert [index for index, _ in broken] == [1, 2, 4]
    assert "not valid JSON" in broken[0][1]
    assert "not a JSON object" in broken[1][1]
    assert "no text in the field 'text'" in broken[2][1]
    assert {f["record"]["index"] for f in findings(run) if f["code"].startswith("ART")} == {0, 3}


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("selct = ['ART']\n", ["corpuslint.toml:1", "unknown key 'selct'", "did you mean 'select'?"]),
        ("a = \n", ["corpuslint.toml:1", "not valid TOML"]),
        ("\nselect = 3\n", ["corpuslint.toml:2", "must be a string or a list of strings"]),
        ("select = [3]\n", ["corpuslint.toml:1", "'select' must be a string or a list of strings, not [3]"]),
        ("jobs = 2.0\n", ["corpuslint.toml:1", "'jobs' must be a whole number from 0 to 100000, not 2.0"]),
        ("min-confidence = nan\n", ["corpuslint.toml:1", "'min-confidence' must be a number from 0 to 1, not nan"]),
        ("severity = 'error'\n", ["must be a table of values, each one of error, info, warning, not 'error'"]),
        ("min-confidence = 2\n", ["'min-confidence' must be a number from 0 to 1, not 2"]),
        ("defaults = ['x']\n", ["'defaults' must be a list of tables of strings or lists of strings, not ['x']"]),
        ("[[defaults]]\nfiles = ['a', 3]\n", ["corpuslint.toml:1", "'defaults' must be a list of tables"]),
        ("[per-file-ignores]\n'a.b/*' = ['LET', 3]\n", ["corpuslint.toml:2", "'a.b/*' must be a string or a list"]),
        ("[dataset]\ndrop-fields = ['html', 3]\n", ["corpuslint.toml:2", "'drop-fields'", "not ['html', 3]"]),
        ("per-source-ignores = {a=[3]}\n", ["corpuslint.toml", "'a' must be a string or a list of strings, not [3]"]),
        ("select = 2027-01-31T08:00:00\n", ["not '2027-01-31T08:00:00'"]),
        ("'' = 3\n", ["corpuslint.toml:1", "unknown key ''"]),
        ("'a`b' = 3\n", ["corpuslint.toml:1", "unknown key 'a`b'"]),
        ('"a\\nb` - at `$.c" = 3\n', ["unknown key 'a\\nb` - at `$.c'"]),
        ("select = ['ARX']\n", ["unknown rule 'ARX'", "ART"]),
        ("packs = ['rules/none']\n", ["rules/none", "there is no pack.toml"]),
        ("fail-on = 'fatal'\n", ["'fatal' is no condition", "error, warning, info"]),
        (
            "[severity]\nART001 = 'bad'\n",
            ["corpuslint.toml:2", "'ART001' must be one of error, info, warning, not 'bad'"],
        ),
    ],
    ids=lambda value: value.strip() if isinstance(value, str) else "",
)
def test_broken_configuration(corpuslint: Corpuslint, tmp_path: Path, config: str, said: list[str]) -> None:
    (tmp_path / "corpuslint.toml").write_text(config, "utf-8")
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    run = corpuslint("check", tmp_path, "--config", tmp_path / "corpuslint.toml")
    assert run.status == 2
    for part in said:
        assert part in run.err


def test_unknown_rule_code_names_the_nearest(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    run = corpuslint("check", tmp_path, "--select", "LETT01", "--isolated")
    assert (run.status, run.out) == (2, "")
    assert "unknown rule 'LETT01'" in run.err
    assert "did you mean 'LET" in run.err


def test_a_rule_that_raises_is_a_finding_and_the_run_goes_on(
    corpuslint: Corpuslint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pack = tmp_path / "rules" / "bad"
    pack.mkdir(parents=True)
    (pack / "pack.toml").write_text('[pack]\nname = "bad"\nsummary = "s"\npython = ["bad.py"]\n')
    (pack / "bad.py").write_text(
        "from corpuslint import Docs, Example, RuleCode, RuleSpec, Severity\n"
        "class Bad:\n"
        '    spec = RuleSpec(RuleCode("QLT990"), "bad", "s", "m", Severity.ERROR, Docs("f", "w"),\n'
        '                    (Example("x"),), (Example("y"),))\n'
        "    def check(self, anatomy):\n"
        "        return 1 / 0\n"
        "RULES = (Bad(),)\n"
    )
    (tmp_path / "corpuslint.toml").write_text('packs = ["rules/bad"]\n')
    (tmp_path / "a.txt").write_text("خبر [ad_1] اليوم\n", "utf-8")
    run = corpuslint("check", tmp_path / "a.txt", "--output-format", "json")
    assert run.status == 1
    assert "LNT003" in codes(run)
    assert any(code.startswith("ART") for code in codes(run))


def test_one_line_of_fifty_megabytes(corpuslint: Corpuslint, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("قال الوزير إن المشروع الجديد سيبدأ في الشهر المقبل. " * 550_000, "utf-8")
    assert path.stat().st_size > 50_000_000
    run = corpuslint("check", path, "--output-format", "json", "--isolated")
    assert run.status in (0, 1)
    assert "LNT003" not in codes(run)
