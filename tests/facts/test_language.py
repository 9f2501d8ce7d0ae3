"""Telling seven languages apart, whatever the letters are."""

from __future__ import annotations

import pytest

from corpuslint import Anatomy, Document, DocumentId, Span
from corpuslint.facts.language import (
    OTHER,
    declared_language,
    evidence,
    read_language,
    words_point_to,
)
from tests.words.conftest import COMPILED, SOURCE

ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
NEWS = {
    "ar": "أعلنت وزارة الصحة اليوم أن عدد الإصابات انخفض للأسبوع الثالث على التوالي",
    "fa": "وزارت بهداشت امروز اعلام کرد که شمار بیماران برای سومین هفته پیاپی کاهش یافته است",
    "ur": "وزارت صحت نے آج اعلان کیا ہے کہ مریضوں کی تعداد مسلسل تیسرے ہفتے کم ہوئی ہے",
    "ckb": "وەزارەتی تەندروستی ئەمڕۆ ڕایگەیاند کە ژمارەی نەخۆشەکان بۆ سێیەم هەفتە کەمی کردووە",
    "ps": "د روغتیا وزارت نن ورځ اعلان وکړ چې د ناروغانو شمېر په پرله پسې توګه کم شوی دی",
    "sd": "صحت واري کاتي اڄ اعلان ڪيو آهي ته مريضن جو تعداد ٽئين هفتي به گھٽجي ويو آهي",
    "ug": "سەھىيە مىنىستىرلىقى بۈگۈن كېسەللەر سانىنىڭ ئۈچىنچى ھەپتە ئازايغانلىقىنى ئېلان قىلدى",
}
SWAP = str.maketrans({"ك": "ک", "ي": "ی", "ى": "ی", "ک": "ك", "ی": "ي"})
KEYBOARD = str.maketrans("پچژگٹڈڑںےہھ", "بجزكتدرنيهه")


@pytest.mark.parametrize("language", NEWS)
def test_clean_sentence(language: str) -> None:
    reading = read_language(NEWS[language])
    assert (reading.language, reading.sure) == (language, True)


@pytest.mark.parametrize("language", NEWS)
def test_swapped_kaf_and_yeh_change_nothing(language: str) -> None:
    assert read_language(NEWS[language].translate(SWAP)).language == language


@pytest.mark.parametrize("language", ["fa", "ur"])
def test_text_typed_on_an_arabic_keyboard(language: str) -> None:
    assert read_language(NEWS[language].translate(SWAP).translate(KEYBOARD)).language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(
            f"بارینی به{ZWNJ}فر له{ZWNJ} شاره{ZWNJ}که{ZWNJ} وه{ZWNJ}ستا", "ckb", id="Sorani vowels as heh and joiner"
        ),
        pytest.param("رییس جمهور به سفر رفت", "fa", id="Persian"),
        pytest.param("بجلي ڪافي دير بند رهي ۽ ٻار گهر ۾ هئا", "sd", id="Sindhi"),
        pytest.param("باران دەبارێت", "ckb", id="Sorani"),
        pytest.param("د هوا حال ښه دی", "ps", id="Pashto"),
        pytest.param("ھاۋا بۈگۈن ياخشى", "ug", id="Uyghur"),
        pytest.param("نتائج سحب اليانصيب", "ar", id="Arabic"),
    ],
)
def test_a_few_words_are_enough_to_be_sure(text: str, language: str) -> None:
    reading = read_language(text)
    assert (reading.language, reading.sure) == (language, True)


def test_persian_of_arabic_words_is_not_surely_arabic() -> None:
    text = f"دایرةالمعارف و دائرة{ZWNJ}المعارف در بارهٔ مسأله رأی داد"
    document = anatomy(text, language="fa")
    assert document.language_of(document.lines[0]) != "ar"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("2023 - 10 - 20", "", id="digits"),
        pytest.param("THE MINISTER SAID", OTHER, id="Latin capitals"),
        pytest.param("\N{COMBINING ACUTE ACCENT}" * 1_000, "", id="marks only"),
        pytest.param("министр сказал", OTHER, id="Cyrillic"),
    ],
)
def test_text_without_evidence(text: str, language: str) -> None:
    assert read_language(text).language == language


@pytest.mark.parametrize(
    ("tag", "language"),
    [("ar", "ar"), ("ar_EG", "ar"), ("fas", "fa"), ("fa-AF", "fa"), ("Kurdish", "ckb"), ("en", ""), ("", "")],
)
def test_declared_tag(tag: str, language: str) -> None:
    assert declared_language(tag) == language


def anatomy(text: str, **metadata: str) -> Anatomy:
    return Anatomy(Document(DocumentId("a"), text, metadata))


def test_declared_language_wins() -> None:
    assert anatomy(NEWS["fa"], language="ar").language == "ar"


def test_long_line_has_its_own_language_and_a_short_one_its_documents() -> None:
    text = f"{NEWS['ar']}\n{NEWS['fa']}\nمستشفی الکندی"
    lines = anatomy(text).lines
    document = anatomy(text + "\n" + "\n".join([NEWS["ar"]] * 3))
    assert [document.language_of(line) for line in lines] == ["ar", "fa", "ar"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("الرابط https://example.org/کوریا هنا", ["https://example.org/کوریا"], id="address"),
        pytest.param("على #کوریا_الشمالیة اليوم", ["#کوریا_الشمالیة"], id="hashtag"),
        pytest.param(
            f"قال: «ما می{ZWNJ}خواهیم که این کار را انجام دهیم» ثم خرج",
            [f"«ما می{ZWNJ}خواهیم که این کار را انجام دهیم»"],
            id="Persian quotation",
        ),
        pytest.param("قال: «نريد أن ننجز هذا العمل في الأسبوع المقبل» ثم خرج", [], id="own language"),
        pytest.param("مستشفی الکندی", [], id="nothing"),
    ],
)
def test_protected(text: str, kept: list[str]) -> None:
    spans = anatomy(text, language="ar").protected
    assert [Span(*span).of(text) for span in spans] == kept


@pytest.mark.parametrize("language", NEWS)
def test_words_point_to_their_language_whatever_kaf_and_yeh_they_have(language: str) -> None:
    text = NEWS[language].translate(SWAP)
    assert words_point_to(text, 0, len(text)) == language


@pytest.mark.parametrize("text", ["", "2023 - 10", "وزیر Reuters گفت"], ids=["nothing", "digits", "Latin letters"])
def test_words_that_point_nowhere(text: str) -> None:
    assert words_point_to(text, 0, len(text)) == ""


def test_only_the_stretch_points() -> None:
    text = f"{NEWS['ar']} {NEWS['fa']}"
    assert words_point_to(text, len(NEWS["ar"]), len(text)) == "fa"


@pytest.mark.skipif(COMPILED is None, reason="the kernel is not compiled here")
@pytest.mark.parametrize("text", [*NEWS.values(), "", "ﻟﻐﺔ", "abc", "\N{ARABIC FATHA}" * 9, "١٢"])
def test_letters_weigh_alike_compiled_and_not(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []
    for module in (COMPILED, SOURCE):
        monkeypatch.setattr("corpuslint.facts.language.kernel", module)
        evidence.cache_clear()
        answers.append((read_language(text), words_point_to(text, 0, len(text))))
    evidence.cache_clear()
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("سەرۆکێ گوندی ئەڤرۆ دگەل شاندەکێ ژ دەرڤەی وەلاتی کومبوو و گوت کو پرۆژە دێ بەردەوام بیت", "kmr"),
        ("قوتابی ل قوتابخانێ دخوینن و مامۆستا دگەل وان ل بەر دەرگەهی ڕادوەستیت", "kmr"),
        ("سەرۆکی گوند ئەمڕۆ لەگەڵ شاندێک لە دەرەوەی وڵات کۆبووەوە و گوتی پرۆژەکە بەردەوام دەبێت", "ckb"),
        ("خوێندکاران لە قوتابخانە دەخوێنن و مامۆستا لەگەڵیان لەبەر دەرگا ڕادەوەستێت", "ckb"),
    ],
)
def test_badini_is_told_from_sorani_by_its_little_words(text: str, language: str) -> None:
    assert read_language(text).language == language
