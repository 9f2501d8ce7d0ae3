"""What the examples of the encoding, spacing and punctuation packs cannot say: records, grouping, whole documents."""

from __future__ import annotations

import pytest

from corpuslint.engine.check import check_document
from corpuslint.engine.fix import fix_document
from corpuslint.engine.ruleset import ruleset
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.levels import Applicability, Severity
from corpuslint.packs.loader import load_pack
from corpuslint.resources import rules_folder
from corpuslint.text.mojibake import pollute

RULES = ruleset(
    rule for name in ("encoding", "spacing", "punctuation") for rule in load_pack(rules_folder() / name).rules
)
FILE = Origin("a.txt")
NBSP = "\N{NO-BREAK SPACE}"


def codes(text: str, origin: Origin = FILE, language: str = "ar") -> list[str]:
    return [one.code for one in check_document(Document(DocumentId("a"), text, {"language": language}, origin), RULES)]


def test_a_record_needs_no_final_newline() -> None:
    assert codes("وصل الوفد.", Origin("a.jsonl", 0)) == []
    assert codes("وصل الوفد.") == ["SPC001"]


def test_a_file_of_many_records_is_reported_once_for_its_encoding() -> None:
    found = [codes("وصل الوفد.", Origin("a.jsonl", index, encoding="utf-16-le")) for index in range(3)]
    assert found == [["ENC001"], [], []]


def test_white_space_is_never_loud() -> None:
    text = f"قال{NBSP}الوزير  إن{NBSP}\n{NBSP}\n\n\nوصل\N{THIN SPACE}الوفد \n\n\n"
    found = check_document(Document(DocumentId("a"), text, {}, Origin("a.txt")), RULES)
    assert found and {one.severity for one in found} == {Severity.INFO}


def test_one_finding_for_all_no_break_spaces_of_a_line() -> None:
    assert codes(f"قال{NBSP}الوزير{NBSP}إن{NBSP}القرار\nوصل{NBSP}الوفد\n") == ["SPC012", "SPC012"]


def test_mojibake_is_repaired_before_anything_else_touches_it() -> None:
    sound = "قال الوزير إن القرار نهائي، وأضاف: «لا رجعة فيه».\n"
    text = sound + pollute(sound, "utf-8", "latin-1") + sound
    result = fix_document(Document(DocumentId("a"), text, {"language": "ar"}), RULES, Applicability.SAFE)
    assert result.text == sound * 3
    assert {edit.code for edit in result.applied} == {"ENC020"}


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/?q=كتاب,علي;ب?ج\n",
        'نشرت "الأهرام" و«الشرق» (لندن) تقريرا.\n',
        "دمشق.. ما تفاصيل الزيارة؟\n",
        "قال: (...) ثم أضاف… وصمت.\n",
        "فبراير/شباط 2022، بين 10-13 أيلول\n",
        "1) الأول\n2) الثاني\n",
        "السعر 10,000 أو 6٬000 أو ٢٫٥٪\n",
    ],
    ids=["address", "quotes", "pause", "ellipsis", "dates", "list", "numbers"],
)
def test_newsroom_habits_are_no_findings(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("أ.\nب.\n\n\nج.\nد.\nه.\n", "أ.\nب.\nج.\nد.\nه.\n"),
        ("أ.\n\nب.\n\n\nج.\n\nد.\n", "أ.\n\nب.\n\nج.\n\nد.\n"),
        ("أ.\n\n\nب.\n\n\nج.\n", "أ.\n\nب.\n\nج.\n"),
        ("أ.\r\n\r\n\r\nب.\r\n", "أ.\r\n\r\nب.\r\n"),
        ("• أ\n• ب\n• ج\n• د\n\n\nه.\n", "• أ\n• ب\n• ج\n• د\n\nه.\n"),
    ],
    ids=["closely-set", "one-blank-line", "sections", "crlf", "list-then-text"],
)
def test_a_run_of_blank_lines_becomes_what_the_text_has_elsewhere(text: str, fixed: str) -> None:
    result = fix_document(Document(DocumentId("a"), text, {"language": "ar"}), RULES, Applicability.SAFE)
    assert result.text == fixed


@pytest.mark.parametrize("least", [Applicability.SAFE, Applicability.UNSAFE])
@pytest.mark.parametrize(
    "text",
    ["انتهى اللقاء â€\n", "وصل ??? ?? ????? ؟\n", "فاز □□□ أمس\n"],
    ids=["remnant", "question-marks", "boxes"],
)
def test_what_nobody_can_read_any_more_is_tidied_up_by_nobody(text: str, least: Applicability) -> None:
    result = fix_document(Document(DocumentId("a"), text, {"language": "ar"}), RULES, least)
    assert result.text == text
    assert [one.code[:3] for one in result.remaining] == ["ENC"]


def test_the_rest_of_a_line_with_a_remnant_is_still_tidied_up() -> None:
    result = fix_document(Document(DocumentId("a"), "انتهى â€ اللقاء , ثم\n", {}), RULES, Applicability.SAFE)
    assert result.text == "انتهى â€ اللقاء، ثم\n"


def test_the_share_of_lost_letters_is_told() -> None:
    (found,) = check_document(Document(DocumentId("a"), "??? ????? نعم\n", {}), RULES)
    assert found.evidence == {"count": 8, "share": 0.727}


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("هل وصل الوفد? نعم وصل\n", "هل وصل الوفد؟ نعم وصل\n"),
        ("وصل الوفد? ثم غادر\n", "وصل الوفد? ثم غادر\n"),
        ("نادي ?ولف في المدينة. هل وصل?\n", "نادي ?ولف في المدينة. هل وصل?\n"),
    ],
    ids=["asks", "asks-nothing", "lost-letters"],
)
def test_a_latin_question_mark_is_replaced_where_somebody_asks(text: str, fixed: str) -> None:
    result = fix_document(Document(DocumentId("a"), text, {"language": "ar"}), RULES, Applicability.UNSAFE)
    assert result.text == fixed


def test_escapes_are_read_before_their_marks_are_judged() -> None:
    text = r"وصل \u0627\u0644\u0648\u0641\u062f\u00a0\u060c ثم غادر" + "\n"
    result = fix_document(Document(DocumentId("a"), text, {"language": "ar"}), RULES, Applicability.SAFE)
    assert result.text == "وصل الوفد، ثم غادر\n"


@pytest.mark.parametrize(
    "text",
    ["يبلغ ثمنه 2،308 دينار\n", "بلغ 1،250 مليون دولار\n", "تنص المواد 12،130 من القانون\n"],
    ids=["millimes", "millions", "articles"],
)
def test_a_comma_that_may_be_a_decimal_mark_or_part_a_list_is_left(text: str) -> None:
    assert fix_document(Document(DocumentId("a"), text, {"language": "ar"}), RULES, Applicability.UNSAFE).text == text


def test_indian_grouping_is_a_number() -> None:
    text = "قیمت 1،25،000 روپے ہے۔ کل 10،25،500 روپے دیے گئے۔\n"
    result = fix_document(Document(DocumentId("a"), text, {"language": "ur"}), RULES, Applicability.SAFE)
    assert result.text == text.replace("،", ",")
