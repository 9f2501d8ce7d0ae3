"""The report page holds the findings, and nothing in a document can act on it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from corpuslint.text.positions import Span
from corpuslint.web.page import embedded, page, paragraphs_of, visible
from tests.conftest import Corpuslint


def data_of(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_overlapping_findings_cut_the_text_between_them() -> None:
    ((pieces, _),) = paragraphs_of("abcdef", [(Span(1, 4), 0), (Span(3, 5), 1)])
    assert pieces == [("a", []), ("bc", [0]), ("d", [0, 1]), ("e", [1]), ("f", [])]


def test_a_finding_over_lines_marks_each_of_them() -> None:
    first, second, third = paragraphs_of("ab\ncd\nef", [(Span(1, 7), 0)], [(3, 0)])
    assert first == ([("a", []), ("b", [0])], -1)
    assert second == ([("cd", [0])], 0)
    assert third == ([("e", [0]), ("f", [])], -1)


def test_an_insertion_is_a_piece_of_its_own() -> None:
    assert paragraphs_of("ab\nc", [(Span(3, 3), 4)])[1] == ([("c", []), ("", [4])], -1)


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "</style>", "<!-- ${data} $style", "\u2028\u2029"], ids=repr
)
def test_text_cannot_leave_its_block(text: str) -> None:
    html = page("t", {"text": text})
    assert data_of(html) == {"text": text}
    assert html.count("<script") == 2
    assert "$style" not in html.replace(embedded({"text": text}), "")


def test_title_is_escaped() -> None:
    assert "<title>&lt;b&gt;</title>" in page("<b>", {})


def test_controls_and_bidi_overrides_are_named() -> None:
    assert visible("a\u202eb\x1bc\u200cd") == "a⟨RLO⟩b⟨U+001B⟩c\u200cd"


def test_what_a_record_says_of_itself_turns_no_line_of_the_page(corpuslint: Corpuslint, tmp_path: Path) -> None:
    own = {
        "text": "بلغ العدد 1،000 نسخة في البلاد.",
        "source": "a\u202eb",
        "language": "ar\u2066",
        "published": "\u202e2024",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(own), "utf-8")
    corpuslint("report", tmp_path / "a.jsonl", "-o", tmp_path / "r.html", "--isolated", "--select", "PUN020")
    assert "\u202e" not in (html := (tmp_path / "r.html").read_text("utf-8"))
    assert "\u2066" not in html
    assert data_of(html)["overview"]["sources"] == [["a⟨RLO⟩b", 1]]  # type: ignore[index]


def test_two_odd_years_do_not_make_a_hundred_thousand_months(corpuslint: Corpuslint, tmp_path: Path) -> None:
    own = {"text": "بلغ العدد 1،000 نسخة في البلاد."}
    lines = (json.dumps({**own, "published": day}) for day in ("0001-01-01", "2024-01-01", "2024-03-01", "9999-12-31"))
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    corpuslint("report", tmp_path / "a.jsonl", "-o", tmp_path / "r.html", "--isolated", "--select", "PUN020")
    data = data_of((tmp_path / "r.html").read_text("utf-8"))
    assert data["overview"]["months"] == [["2024-01", 1], ["2024-02", 0], ["2024-03", 1]]  # type: ignore[index]


def test_the_command_writes_every_document_with_findings(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("خبر عن كوریا.\nبلغ العدد 1،000 نسخة في كوريا الشمالية هذا العام.\n", "utf-8")
    run = corpuslint("report", tmp_path / "a.txt", "-o", tmp_path / "r.html", "--isolated")
    assert run.status == 0
    data = data_of((tmp_path / "r.html").read_text("utf-8"))
    (item,) = data["items"]  # type: ignore[misc]
    assert "PUN020" in {finding["code"] for finding in item["findings"]}
    marked = [text for segments, _ in item["before"] for text, findings in segments if findings]
    assert "1،000" in marked


def test_a_long_document_is_shown_with_the_findings_in_its_beginning(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("بلغ العدد 1،000 نسخة.\n" * 6000, "utf-8")
    corpuslint("report", tmp_path / "a.txt", "-o", tmp_path / "r.html", "--isolated", "--select", "PUN020")
    data: Any = data_of((tmp_path / "r.html").read_text("utf-8"))
    assert data["overview"]["severities"]["error"] == 6000
    shown = data["items"][0]["findings"]
    assert (len(shown), shown[-1]["row"]) == (2727, 2727)


def overview_of(corpuslint: Corpuslint, folder: Path, *records: dict[str, str]) -> Any:
    (folder / "a.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    corpuslint("report", folder / "a.jsonl", "-o", folder / "r.html", "--isolated")
    return data_of((folder / "r.html").read_text("utf-8"))["overview"]


BODY = "أعلنت البلدية بدء أعمال توسعة الحديقة العامة في وسط المدينة القديمة."


def test_what_costs_most_comes_first_with_the_command_that_mends_it(corpuslint: Corpuslint, tmp_path: Path) -> None:
    declared = {"source": "الضفة", "published": "2024-01-01", "title": "توسعة الحديقة", "language": "ar"}
    view = overview_of(
        corpuslint,
        tmp_path,
        {"id": "1", "text": f"{BODY} وبلغت الكلفة 1،250 دينار في العام.", **declared},
        {"id": "2", "text": f"{BODY} وبلغ العدد 2،250 زائرا في اليوم الأول.", **declared, "title": "عدد الزوار"},
    )
    (row,) = [row for row in view["first"] if row["code"] == "PUN020"]
    assert (row["documents"], row["share"], row["example"]) == (2, 100, "1،250")
    assert row["command"] == "corpuslint check --fix --select PUN020"


def test_months_without_findings_are_among_the_months(corpuslint: Corpuslint, tmp_path: Path) -> None:
    text = f"{BODY} وبلغت الكلفة 1،250 دينار في العام."
    records = [
        {"id": day, "text": f"{text} {day}", "source": "الضفة", "published": day}
        for day in ("2023-11-02", "2024-02-01")
    ]
    months = overview_of(corpuslint, tmp_path, *records)["months"]
    assert [month for month, _ in months] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert [count > 0 for _, count in months] == [True, False, False, True]


def test_a_finding_of_many_places_marks_each_place_and_nothing_between(corpuslint: Corpuslint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("خبر عن البلدية \nوأعلنت البلدية التوسعة \nفي وسط المدينة.\n", "utf-8")
    corpuslint("report", tmp_path / "a.txt", "-o", tmp_path / "r.html", "--isolated", "--select", "SPC005")
    (item,) = data_of((tmp_path / "r.html").read_text("utf-8"))["items"]  # type: ignore[misc]
    assert [text for segments, _ in item["before"] for text, found in segments if found] == [" ", " "]


def test_metadata_values_that_a_dataset_leaves_out_are_counted(corpuslint: Corpuslint, tmp_path: Path) -> None:
    record = {"text": "نص قصير", "source": "N/A", "url": "https://t.me/manara", "published": "2019-08"}
    lines = [json.dumps(record, ensure_ascii=False) + "\n"] * 2
    (tmp_path / "a.jsonl").write_text("".join(lines), "utf-8")
    run = corpuslint("report", tmp_path / "a.jsonl", "--isolated", "-o", tmp_path / "r.html")
    assert run.status in (0, 1)
    overview: Any = data_of((tmp_path / "r.html").read_text("utf-8"))["overview"]
    assert overview["values"] == [
        ["published: 2019-08 (no day)", 2],
        ["source: N/A (no name)", 2],
        ["url: https://t.me/manara (a channel or an account)", 2],
    ]


def test_a_column_of_many_odd_values_hides_no_other(corpuslint: Corpuslint, tmp_path: Path) -> None:
    urls = [{"text": "نص قصير", "source": "سبق", "url": f"https://t.me/manara{number:02}"} for number in range(40)]
    records = [*urls, {"text": "نص قصير", "source": "N/A"}]
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    (tmp_path / "a.jsonl").write_text("".join(lines), "utf-8")
    corpuslint("report", tmp_path / "a.jsonl", "--isolated", "-o", tmp_path / "r.html")
    overview: Any = data_of((tmp_path / "r.html").read_text("utf-8"))["overview"]
    assert [value.partition(":")[0] for value, _ in overview["values"]] == ["source", *["url"] * 10]
