"""A finding keeps its fingerprint while the text around it is edited; another finding has another."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuslint import Applicability, Document, DocumentId, Origin, Scope, Span
from corpuslint.config.settings import Settings
from corpuslint.engine.check import check_document
from corpuslint.engine.fingerprint import document_key, fingerprints
from corpuslint.engine.fix import fix_document
from corpuslint.engine.rules import rules_for
from corpuslint.engine.ruleset import RuleSet
from corpuslint.model.diagnostic import Diagnostic
from tests.reporting.samples import finding, span_of

ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
WORDS = [
    *("قال", "كتاب", "المدينة", "مجلس", "كرة", "ذكي", "یوم", "ماهیّة", "القدس"),
    *("١٢", "بيان", "خبر", "وزير", "ایران", "گفت", f"می{ZWNJ}رود"),
]
MARK = "[ad_1]"

paragraphs = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join), min_size=1, max_size=4)


def marks(text: str, code: str = "ART001", *, part: str = MARK) -> tuple[str, ...]:
    document = Document(DocumentId("a.txt"), text, origin=Origin("a.txt"))
    spans = [Span(match.start(), match.end()) for match in re.finditer(re.escape(part), text)]
    return fingerprints(document, text, [finding(document, code, span) for span in spans])


def marked(text: str, place: int) -> str:
    """`text` with the mark between two of its words."""
    words = text.split(" ")
    at = place % (len(words) + 1)
    return " ".join([*words[:at], MARK, *words[at:]])


@given(above=paragraphs, body=paragraphs, place=st.integers(0, 50), gap=st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_paragraphs_inserted_above_change_nothing(above: list[str], body: list[str], place: int, gap: str) -> None:
    text = marked("\n".join(body), place)
    assert marks("".join(paragraph + gap for paragraph in above) + text) == marks(text)


@given(above=paragraphs, body=paragraphs, place=st.integers(0, 50))
def test_the_same_defect_inserted_above_changes_nothing_below(above: list[str], body: list[str], place: int) -> None:
    text = marked("\n".join(body), place)
    assert marks(marked(above[0], place) + "\n" + text + "\n" + text)[-2:] == marks(text + "\n" + text)


@given(body=paragraphs, below=paragraphs, place=st.integers(0, 50))
def test_paragraphs_inserted_below_a_blank_line_change_nothing(body: list[str], below: list[str], place: int) -> None:
    text = marked(body[0], place)
    assert marks(text + "\n\n" + "\n".join(below)) == marks(text)


@given(
    body=paragraphs,
    place=st.integers(0, 50),
    breaks=st.lists(st.sampled_from([" ", "\n", "\r\n", "  "]), min_size=1, max_size=6),
)
def test_lines_wrapped_anew_change_nothing(body: list[str], place: int, breaks: list[str]) -> None:
    text = marked(" ".join(body), place)
    ends = itertools.cycle(breaks)
    assert marks(re.sub(" ", lambda _: next(ends), text)) == marks(text)


SPELLINGS = [
    ("ك", "ک"),
    ("ي", "ی"),
    ("ى", "ی"),
    ("ه", "ہ"),
    ("١", "۱"),
    (ZWNJ, " "),
    ("\N{ARABIC SHADDA}", ""),
    ("ا", "ا\N{ARABIC TATWEEL}"),
    (" ", "\N{NO-BREAK SPACE}"),
]


@given(body=paragraphs, place=st.integers(0, 50), spelled=st.lists(st.sampled_from(SPELLINGS), max_size=4))
def test_letters_spelled_otherwise_change_nothing(
    body: list[str], place: int, spelled: Sequence[tuple[str, str]]
) -> None:
    text = marked("\n".join(body), place)
    other = text
    for one, another in spelled:
        other = other.replace(one, another)
    assert marks(other) == marks(text)


@given(body=paragraphs, place=st.integers(0, 50), word=st.sampled_from(WORDS), other=st.sampled_from(WORDS))
def test_another_word_found_is_another_finding(body: list[str], place: int, word: str, other: str) -> None:
    text = "\n".join(body)
    same = marks(marked(text, place).replace(MARK, f"[{word}]"), "LET001", part=f"[{word}]")
    another = marks(marked(text, place).replace(MARK, f"[{other}]"), "LET001", part=f"[{other}]")
    assert (same == another) == (word == other)


@given(body=paragraphs, one=st.integers(0, 20), other=st.integers(0, 20))
def test_the_same_defect_at_another_place_is_another_finding(body: list[str], one: int, other: int) -> None:
    text = "\n".join(body)
    first, second = marked(text, one), marked(text, other)
    letters_after = [re.sub(r"\W", "", text.partition(MARK)[2])[:32] for text in (first, second)]
    if first == second:
        assert marks(first) == marks(second)
    elif letters_after[0] != letters_after[1] and letters_after[0] not in letters_after[1]:
        assert marks(first) != marks(second)


def test_another_rule_at_the_same_place_is_another_finding() -> None:
    assert marks("قال [ad_1] نص", "ART001") != marks("قال [ad_1] نص", "ART002")


def test_repeats_in_one_document_are_told_apart() -> None:
    found = marks(f"نص {MARK}\nنص {MARK}\nنص {MARK}\n")
    assert len(set(found)) == 3


def test_a_swap_is_seen() -> None:
    before = marks(f"{MARK} أول\nثاني\n")
    after = marks(f"أول\n{MARK} ثاني\n")
    assert set(before).isdisjoint(after)


@pytest.mark.parametrize(
    ("metadata", "origin", "key"),
    [
        pytest.param({"url": "https://e.example/1"}, Origin("x/a.txt"), "url:https://e.example/1", id="url"),
        pytest.param({}, Origin("x/b.jsonl", 3, "a-3"), "id:a-3", id="record id"),
        pytest.param({}, Origin("x/a.txt"), "file:a", id="file name"),
        pytest.param({}, Origin("y/a.txt"), "file:a", id="file name in another folder"),
    ],
)
def test_a_whole_document_is_known_by_its_own_name(metadata: dict[str, str], origin: Origin, key: str) -> None:
    assert document_key(Document(DocumentId("x"), "…", metadata, origin)) == key


def test_a_file_without_a_name_of_its_own_is_known_by_its_first_letters() -> None:
    keys = [document_key(Document(DocumentId("x"), "نص كبير", {}, Origin(name))) for name in ("a.txt", "b/c.txt")]
    assert keys[0] == keys[1] != document_key(Document(DocumentId("x"), "نص آخر", {}, Origin("a.txt")))


def test_a_record_without_a_name_keeps_its_fingerprint_when_a_record_is_put_before_it() -> None:
    keys = [document_key(Document(DocumentId("x"), "نص", {}, Origin("b.jsonl", index))) for index in (0, 1)]
    assert keys[0] == keys[1]


def test_fingerprints_of_documents_do_not_depend_on_the_rest_of_their_text() -> None:
    def whole(text: str) -> tuple[str, ...]:
        document = Document(DocumentId("a.txt"), text, origin=Origin("a.txt"))
        missing = Diagnostic(
            "SRC001", "n", "m", finding(document, "X", None).severity, document.id, scope=Scope.DOCUMENT
        )
        return fingerprints(document, text, [missing])

    opening = "نص يطول حتى لا يهم ما بعده " * 8
    assert whole(opening) == whole(f"{opening}\nوآخر")


DIRTY = (
    "ذكر مصدر أمني ان كرة القدم فی مدينة بغداد شهدت حضورا كبیرا [ad_1] يوم الأحد\n"
    "وأضاف المصدر أن الفريق العراقی سافر الى الكويت للمشاركة فی البطولة العربیة\n"
    "گفت وگو با وزير &nbsp; كشور در تهران\n"
)


@functools.cache
def letters_and_others() -> tuple[RuleSet, RuleSet]:
    """The rules that mend letters, and rules whose findings in `DIRTY` are about something else."""
    rules = rules_for(Settings())
    return (
        rules.narrowed(lambda spec: spec.code.startswith("LET")),
        rules.narrowed(lambda spec: not spec.code.startswith(("LET", "LNG", "DAT", "DUP"))),
    )


@settings(deadline=None, max_examples=20)
@given(above=paragraphs)
def test_applying_every_letter_fix_changes_no_other_fingerprint(above: list[str]) -> None:
    letters, others = letters_and_others()
    text = "\n".join([*above, DIRTY])
    document = Document(DocumentId("a.txt"), text, {"language": "ar"}, Origin("a.txt"))
    fixed = fix_document(document, letters, Applicability.UNSAFE)
    after = Document(document.id, fixed.text, document.metadata, document.origin)
    assert fixed.text != text

    def found(where: Document) -> tuple[str, ...]:
        return fingerprints(where, where.text, check_document(where, others))

    assert found(after) == found(document)
    shortcode = [finding(where, "ART001", span_of(where.text, MARK)) for where in (document, after)]
    assert fingerprints(document, text, shortcode[:1]) == fingerprints(after, after.text, shortcode[1:])


@pytest.mark.parametrize(
    "text",
    [
        "قال [ad_1] الوزير  إن كتاب_المدينة [ad_1] صدر عام ١٩٩٩",
        "قال [ad_1] الوزيرُ إنّ المدينـة [ad_1] كبيرة",
        "ﻷن الوقت [ad_1] ضاق\r\nقال [ad_1] الوزير",
        f"او می{ZWNJ}رود [ad_1] و نمی{ZWNJ}آید",
    ],
    ids=["blanks", "marks", "ligature and line ends", "non-joiners"],
)
def test_a_finding_among_many_has_the_mark_it_has_alone(text: str) -> None:
    crowd = text + "\n\n" + f"{MARK} خبر " * 12
    assert marks(text + "\n\n")[:1] == marks(crowd)[:1]
