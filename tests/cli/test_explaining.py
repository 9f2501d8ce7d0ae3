"""`check --explain` names what a finding was made of: the place of its rule, what matched, and what was weighed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpuslint.packs.tables import PackFile
from corpuslint.resources import rules_folder
from corpuslint.text.strict import as_texts
from tests.conftest import Corpuslint

BODY = (
    "افتتح رئيس البلدية مركزا ثقافيا يضم مكتبة عامة وقاعة للعروض ومرسما للأطفال في حي المدينة القديم.\n"
    "وقال مدير المركز إن المكتبة تضم عشرين ألف كتاب، وإن أبوابها مفتوحة للطلاب والباحثين كل يوم.\n"
)
KINDS = {
    "find": (
        "وصل الوفد , ثم غادر",
        "PUN001",
        [r"written in: rules/punctuation/marks.toml:\d+, kind = find", "matches “,”"],
    ),
    "code": (f"{BODY}[ad_1]\n", "ART001", [r"written in: .*/code.toml:\d+, kind = find, markup = \"shortcode\""]),
    "line": (
        f"{BODY}للتواصل: info@example.com\n",
        "ART045",
        [r"pattern: .*\(rules/artefacts/marks.toml:\d+\) matches “للتواصل: info@example.com”"],
    ),
    "lexicon": (
        "وصل الوفد صباحا لاكن المدير غاب عن الاجتماع الأول",
        "LET061",
        [r"list: rules/letters/data/misspellings.tsv:\d+ “لاكن” stands in “لاكن” at 1:17"],
    ),
    "letters of an alphabet": ("هذا الكتاب يتحدث عن تاريخ المدینة القديم", "LET001", [r"needs: .* matches “ی”"]),
    "button": (
        f"{BODY}شارك على فيسبوك\n",
        "ART010",
        [
            r"list: rules/artefacts/data/words-share.txt:\d+ “شارك” stands in “شارك” at 3:1",
            r"list: rules/artefacts/data/words-platform.txt:\d+ “فيسبوك” stands in “فيسبوك” at 3:10",
            r"weights of .*page-lines.bin: words [+-]\d.*, shape .*, place .*, neighbours .*, lists .*, together \+",
        ],
    ),
    "sentence of the page": (
        f"{BODY}التعليقات المنشورة لا تعبر عن رأي الموقع\n",
        "ART020",
        [r"list: rules/artefacts/data/sentences-comment.txt:\d+ “.* \+ .*” stands in “التعليقات المنشورة لا تعبر"],
    ),
    "fact": (
        f"{BODY}آخر تحديث:\n",
        "DAT010",
        [r"kind = fact, .*where = {\"empty\":true}", "labels.txt:\\d+ “آخر تحديث”"],
    ),
    "function": (
        f"{BODY}المصدر: رويترز\n",
        "SRC010",
        [
            r"decided by: rules/sources/sources.py:\d+ source_line_in_body",
            r"list: rules/sources/data/labels-source.txt:\d+ “المصدر” stands in “المصدر” at 3:1",
            r"list: rules/sources/data/agencies.txt:\d+ “Reuters = .* stands in “رويترز” at 3:9",
        ],
    ),
    "marker": (
        f"{BODY}اقرأ أيضا: أمطار غزيرة في الشمال\n",
        "ART035",
        [r"list: corpuslint/facts/data/story-markers.txt:\d+ “{اقرأ.* stands in “اقرأ أيضا” at 3:1"],
    ),
    "model": (
        f"{BODY}الرئيسية / أخبار / سياسة\nتسجيل الدخول\n",
        "ART060",
        [r"weights of .*: words .* neighbours \+", r"decided by: rules/artefacts/template.py:\d+ template_line"],
    ),
    "metadata": (BODY, "DAT001", [r"unless = \[\"declared_date\",\"publication.published\"\]"]),
}


def explained(corpuslint: Corpuslint, file: Path, code: str) -> str:
    return corpuslint("check", "--isolated", "--explain", "--select", code, file).out


@pytest.mark.parametrize(("text", "code", "told"), KINDS.values(), ids=KINDS)
def test_every_kind_of_rule_says_what_matched_and_where_that_is_written(
    corpuslint: Corpuslint, tmp_path: Path, text: str, code: str, told: list[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(text, "utf-8")
    out = explained(corpuslint, file, code)
    assert [pattern for pattern in told if not re.search(pattern, out)] == [], out


def test_a_place_that_is_named_holds_what_is_named(corpuslint: Corpuslint, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{BODY}شارك على فيسبوك\nالمصدر: رويترز\n", "utf-8")
    out = explained(corpuslint, file, "ART010,SRC010")
    named = re.findall(r"list: (rules/\S+):(\d+) “(.*?)” stands", out)
    assert len(named) == 5
    for path, row, entry in named:
        assert (rules_folder().parent / path).read_text("utf-8").splitlines()[int(row) - 1].endswith(f"\t{entry}")


def test_shares_come_to_the_confidence(corpuslint: Corpuslint, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{BODY}الرئيسية / أخبار / سياسة\nتسجيل الدخول\n", "utf-8")
    shares = re.search(r"page-lines.bin: (.*), together (\S+)", explained(corpuslint, file, "ART060"))
    assert shares is not None
    assert sum(float(share.split()[-1]) for share in shares[1].split(", ")) == pytest.approx(float(shares[2]), abs=0.4)


def test_what_surrounds_a_line_is_told_apart_from_the_lists(corpuslint: Corpuslint, tmp_path: Path) -> None:
    told = []
    for more in ("", "تسجيل الدخول\nالمقال التالي\n"):
        file = tmp_path / "a.txt"
        file.write_text(f"{BODY}الرئيسية / أخبار / سياسة\n{more}", "utf-8")
        found = re.search(r"words (\S+), .*neighbours (\S+), lists (\S+),", explained(corpuslint, file, "ART060"))
        assert found is not None
        told.append(found.groups())
    assert float(told[0][0].rstrip(",")) > 0 < float(told[1][0].rstrip(","))
    assert float(told[0][1].rstrip(",")) < float(told[1][1].rstrip(","))


def test_standard_input_is_explained_like_a_file(
    corpuslint: Corpuslint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{BODY}المصدر: رويترز\n", "utf-8")
    with file.open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        piped = corpuslint("check", "--isolated", "--explain", "--select", "SRC010", "-").out
    assert piped == explained(corpuslint, file, "SRC010").replace(str(file), "-")


def test_a_list_of_ones_own_is_named(corpuslint: Corpuslint, tmp_path: Path) -> None:
    pack = tmp_path / "rules" / "mine"
    (pack / "data").mkdir(parents=True)
    (pack / "pack.toml").write_text('[pack]\nname = "mine"\nsummary = "x"\nextends = ["sources/outlets"]\n', "utf-8")
    (pack / "data" / "outlets.txt").write_text("# mine\nar\tجريدة المرفأ\n", "utf-8")
    (tmp_path / "corpuslint.toml").write_text('packs = ["rules/mine"]\n', "utf-8")
    file = tmp_path / "a.txt"
    file.write_text(f"{BODY}المصدر: جريدة المرفأ\n", "utf-8")
    arguments = ("check", "--config", tmp_path / "corpuslint.toml", "--explain", "--select", "SRC010", file)
    assert f"list: {pack}/data/outlets.txt:2 “جريدة المرفأ” stands in" in corpuslint(*arguments).out


def test_lists_that_tables_name_are_there() -> None:
    named = {
        one
        for path in rules_folder().glob("*/*.toml")
        for rule in PackFile(path).data.get("rule", ())
        for one in as_texts(
            tuple(rule.get("lists", ())) if isinstance(rule.get("lists"), list) else rule.get("lists", ())
        )
        if one != "facts/story-markers"
    }
    missing = [
        one for one in sorted(named) if not (rules_folder() / "{}/data/{}.txt".format(*one.split("/"))).is_file()
    ]
    assert len(named) > 15
    assert missing == []
