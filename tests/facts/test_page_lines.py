"""Short lines are weighed: what templates print is told from what articles say with the same words."""

from __future__ import annotations

import gc
import weakref
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuslint.engine.check import check_document
from corpuslint.engine.ruleset import ruleset
from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.furniture import glued_opening
from corpuslint.facts.page_lines import Lines, model, page_lines_of
from corpuslint.facts.phrasebook import words_of
from corpuslint.model.document import Document, DocumentId
from corpuslint.model.levels import Applicability, Severity
from corpuslint.packs.loader import load_pack
from corpuslint.resources import rules_folder
from tests.words.conftest import COMPILED, SOURCE

BODY = (
    "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان والمسؤولين في المدينة.\n",
    "وقال رئيس البلدية إن الحديقة ستفتح أبوابها كل يوم من الصباح إلى المساء وإن الدخول إليها سيكون مجانيا للجميع.\n",
    "وأضاف أن البلدية تعتزم زراعة ألف شجرة في الشوارع القريبة منها خلال العامين المقبلين بمساعدة طلاب المدارس.\n",
)
ARTEFACTS = ruleset(load_pack(rules_folder() / "artefacts").rules)


def probabilities(*lines: str) -> list[float]:
    """Of these lines, each as it stands: in a group below the text."""
    anatomy = Anatomy(Document(DocumentId("a"), "".join(BODY) + "\n".join(lines) + "\n"))
    found = [anatomy.page_lines.probability(len(BODY) + number) for number in range(1, len(lines) + 1)]
    return [-1.0 if one is None else one for one in found]


def test_buttons_below_the_text_vouch_for_each_other() -> None:
    group = probabilities("اترك تعليقا", "لن يتم نشر بريدك الإلكتروني", "تسجيل الدخول", "المقال التالي")
    assert min(group) >= 0.95


@pytest.mark.parametrize(
    "sentence",
    [
        "ولم يترك الحاضرون تعليقا على كلمة رئيس البلدية حتى المساء.",
        "شارك السكان في زراعة الأشجار أمام المدخل.",
        "قال لهم: لا تعليق لدي اليوم.",
        "تابع الوزير أعمال بناء المدخل الشرقي للحديقة",
    ],
)
def test_the_words_of_buttons_in_a_sentence_are_no_button(sentence: str) -> None:
    for place in range(1, 4):
        lines = [*BODY[:place], sentence + "\n", *BODY[place:]]
        anatomy = Anatomy(Document(DocumentId("a"), "".join(lines)))
        sure = anatomy.page_lines.probability(place + 1)
        assert sure is not None
        assert sure < 0.5


def test_long_lines_are_not_weighed() -> None:
    anatomy = Anatomy(Document(DocumentId("a"), "".join(BODY)))
    assert [anatomy.page_lines.probability(number) for number in (1, 2, 3)] == [None, None, None]


def test_a_line_tells_why() -> None:
    anatomy = Anatomy(Document(DocumentId("a"), "".join(BODY) + "اترك تعليقا\n"))
    reasons = anatomy.page_lines.reasons(4)
    assert len(reasons) == 5
    assert all(reason.split()[-1][0] in "+-" for reason in reasons)
    assert not any("quotation" in reason or "Latin" in reason for reason in reasons)


def test_what_stands_around_a_line_is_told_apart_from_its_own_signs() -> None:
    text = "".join(BODY) + "شارك السكان في زراعة الأشجار أمام المدخل.\n"
    alone = Anatomy(Document(DocumentId("a"), text)).page_lines.shares(4)
    buttons = Anatomy(Document(DocumentId("a"), text + "اترك تعليقا\nتسجيل الدخول\nالمقال التالي\n")).page_lines.shares(
        4
    )
    assert alone["words"] < 0 > buttons["words"]
    assert alone["neighbours"] < buttons["neighbours"]
    assert sum(alone.values()) == pytest.approx(2 * alone["together"])


def test_a_list_that_the_weights_gainsay_is_worth_knowing_only() -> None:
    text = BODY[0] + "تابع الوزير أعمال توسعة حديقة الحي الشمالي\n"
    found = check_document(Document(DocumentId("a"), text), ARTEFACTS)
    assert [finding.severity for finding in found if finding.confidence < 0.5] == [
        Severity.INFO for finding in found if finding.confidence < 0.5
    ]
    assert not [finding for finding in found if finding.fix and finding.fix.applicability > Applicability.DISPLAY]


def test_the_model_leaves_a_line_to_the_rule_that_knows_it() -> None:
    text = "".join(BODY) + "شارك الخبر عبر فيسبوك وواتساب\nاترك تعليقا\n"
    found = check_document(Document(DocumentId("a"), text), ARTEFACTS)
    assert (found[0].code, found[0].span.of(text)) == ("ART010", "شارك الخبر عبر فيسبوك وواتساب")
    assert len({finding.span for finding in found}) == len(found)


@pytest.mark.parametrize(
    "lines",
    [["اشترك الآن معنا"], ["أرسل إلى صديق", "اترك تعليقك هنا وشارك معنا رأيك في هذا المقال", "اشترك الآن"]],
    ids=["alone", "of eight words"],
)
def test_what_may_be_a_sentence_is_shown_and_not_cut(lines: list[str]) -> None:
    text = "".join(BODY) + "\n".join(lines) + "\n"
    doubtful = max(lines, key=len)
    (finding,) = (
        one for one in check_document(Document(DocumentId("a"), text), ARTEFACTS) if one.span.of(text) == doubtful
    )
    assert finding.code == "ART060"
    assert finding.fix is not None
    assert finding.fix.applicability is Applicability.DISPLAY


def test_a_document_that_is_all_page_loses_nothing() -> None:
    text = "اترك تعليقا\nتسجيل الدخول\nالمقال التالي\n"
    found = check_document(Document(DocumentId("a"), text), ARTEFACTS)
    assert not [finding for finding in found if finding.code == "ART060" and finding.fix is not None]


def test_the_headline_among_lines_of_the_page_stays() -> None:
    text = "الرئيسية / اقتصاد / نقل\nميناء جديد على الساحل الشرقي\n31\n4\n" + "".join(BODY)
    found = check_document(Document(DocumentId("a"), text), ARTEFACTS)
    assert "ميناء جديد على الساحل الشرقي" not in [finding.span.of(text) for finding in found]


ODD = [
    "شارك",
    "وفيسبوك",
    "عبر",
    "24",
    "1,204",
    "3.5K",
    "5kg",
    "e-mail",
    "Google+",
    "A-",
    "مَرّة",
    "Share",
    "24sata",
    "« قال »",
    "…",
    "...",
    ":",
    "{x}",
    "%s",
    "|",
    "_",
    "ـ",
    "𝕏",
    "\ud800",
]
TEXTS = st.lists(st.sampled_from([*BODY, *ODD, "\n", "\r\n", "\t"]), max_size=40).map(" ".join)


@given(TEXTS)
def test_lines_weigh_the_same_compiled_and_not(text: str) -> None:
    def weighed(kernel: ModuleType) -> list[object]:
        with pytest.MonkeyPatch.context() as patch:
            for user in ("page_lines", "furniture", "phrasebook"):
                patch.setattr(f"corpuslint.facts.{user}.kernel", kernel)
            anatomy = Anatomy(Document(DocumentId("a"), text))
            lines, weights = Lines(anatomy), model()
            scores = lines.own_scores(weights)
            around = lines.surroundings(scores, {0: 1.0, 2: 0.5}, weights.around, weights.base)
            again = lines.looked_again(around[0], weights)
            signs = [[lines.signs(at), lines.signs_again(at, around[0], again[0])] for at in lines.short]
            return [lines.shapes, scores, around, again, signs, lines.body(), [glued_opening(text), words_of(text)]]

    if COMPILED is None:
        pytest.skip("the kernel is not compiled here: python hatch_build.py")
    assert weighed(COMPILED) == weighed(SOURCE)


@given(TEXTS)
def test_a_score_is_the_sum_of_its_signs_each_once(text: str) -> None:
    anatomy = Anatomy(Document(DocumentId("a"), text))
    lines, weights = Lines(anatomy), model()
    scores = lines.own_scores(weights)
    for index in lines.short:
        total = sum(weights.own[slot] for slot in {sign.weight for sign in lines.signs(index)})
        assert scores[index] == pytest.approx(weights.own_base + weights.scale * total)


def test_lines_of_the_page_below_a_sentence_of_the_article_do_not_make_it_one_of_theirs() -> None:
    text = "".join(BODY) + (
        "وأضاف أن الجيران فرحوا بالخبر ووعدوا بسقي الأشجار أمام منازلهم.\n"
        "الآراء المنشورة في التعليقات لا تعبر عن رأي الموقع\nالتعليقات لا تعبر إلا عن رأي كاتبها\n"
    )
    lines = Anatomy(Document(DocumentId("a"), text)).page_lines
    assert [(lines.probability(number) or 0.0) > 0.5 for number in (4, 5, 6)] == [False, True, True]


def test_a_document_whose_lines_were_weighed_is_let_go_at_once() -> None:
    anatomy = Anatomy(Document(DocumentId("a"), f"اتصل بنا\n{BODY[0]}من نحن\n", {}))
    assert anatomy.fact(page_lines_of).lines
    alive = weakref.ref(anatomy)
    gc.disable()
    try:
        del anatomy
        assert alive() is None
    finally:
        gc.enable()
