"""Words in another alphabet's letters: what is certain, what is left to a person, what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuslint import Anatomy, Document, DocumentId, fix_text
from corpuslint.facts import non_joiners
from corpuslint.facts.letters import respell_word
from corpuslint.facts.yeh import final_yeh

ZWNJ = "\N{ZERO WIDTH NON-JOINER}"


def respelled(text: str, language: str = "") -> str:
    metadata = {"language": language} if language else {}
    anatomy = Anatomy(Document(DocumentId("a"), text, metadata))
    pieces = []
    at = 0
    for found in anatomy.respellings:
        pieces += [text[at : found.span.start], found.right]
        at = found.span.end
    return "".join([*pieces, text[at:]])


@pytest.mark.parametrize(
    ("word", "right"),
    [
        pytest.param("کوریا", "كوريا", id="kaf and yeh inside"),
        pytest.param("شیء", "شيء", id="yeh before hamza"),
        pytest.param("العربیّ", "العربيّ", id="yeh with shadda"),
        pytest.param("یٰ", "ىٰ", id="dagger alef"),
        pytest.param("إلی", "إلى", id="alef maksura by lexicon"),
        pytest.param("والذی", "والذي", id="yeh by lexicon, prefix stripped"),
        pytest.param("موسیقی", "موسيقی", id="inside certain, end open"),
        pytest.param("اللہ", "الله", id="heh goal"),
        pytest.param("ڪتاب", "كتاب", id="swash kaf"),
        pytest.param("گوگل", "گوگل", id="name"),
        pytest.param("بکین", "بكين", id="name in Arabic letters"),
    ],
)
def test_arabic_word(word: str, right: str) -> None:
    assert respell_word(word, "ar")[0] == right


@pytest.mark.parametrize(
    ("language", "word", "right"),
    [
        ("fa", "رأي", "رأی"),
        ("fa", "كتابهاي", "کتابهای"),
        ("fa", "شدە", "شده"),
        ("fa", "شدەاند", f"شده{ZWNJ}اند"),
        ("fa", "هەنگاو", "هەنگاو"),
        ("fa", "ئوقۇدى", "ئوقۇدى"),
        ("fa", "دایرةالمعارف", "دایرةالمعارف"),
        ("ur", "كتاب", "کتاب"),
        ("ckb", "كوردستان", "کوردستان"),
        ("ps", "ښوونځي", "ښوونځي"),
        ("sd", "ڪتاب", "ڪتاب"),
        ("ug", "كىتاب", "كىتاب"),
    ],
)
def test_word_of_another_language(language: str, word: str, right: str) -> None:
    assert respell_word(word, language)[0] == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        pytest.param("سافر الوفد علی متن طائرة خاصة", "سافر الوفد على متن طائرة خاصة", id="preposition"),
        pytest.param("التقى الوزير محمد علی في مكتبه", "التقى الوزير محمد علي في مكتبه", id="name by the word before"),
        pytest.param(
            "التقى الوزير علی بن سعيد في مكتبه", "التقى الوزير علي بن سعيد في مكتبه", id="name by the word behind"
        ),
        ("سافر علی إلى لندن", "سافر علي إلى لندن"),
        ("قال علی إن المشروع جاهز", "قال علي إن المشروع جاهز"),
        ("وصل أبو علی أمس", "وصل أبو علي أمس"),
        ("في ختام الزيارة قال علی هامش اللقاء", "في ختام الزيارة قال على هامش اللقاء"),
    ],
)
def test_on_or_ali(text: str, right: str) -> None:
    assert respelled(text) == right


@pytest.mark.parametrize("stem", ["رأ", "قو", "بن", "تول"])
def test_both_spellings_are_words(stem: str) -> None:
    assert not final_yeh(stem).certain


def test_pollution_inside_a_sentence_is_judged_word_by_word() -> None:
    text = "أكد رئیس الحكومة أن القرار سیطبق في جمیع المناطق"
    assert respelled(text) == "أكد رئيس الحكومة أن القرار سيطبق في جميع المناطق"


def test_two_languages_by_paragraph_are_repaired_each_its_own_way() -> None:
    arabic = "أعلنت الحکومة أمس أنها ستبدأ في تنفیذ المشروع الجدید خلال الشهر المقبل"
    persian = "دولت ديروز اعلام كرد كه اجراي طرح تازه را از ماه آينده آغاز خواهد كرد"
    assert respelled(f"{arabic}\n{persian}\n") == (
        "أعلنت الحكومة أمس أنها ستبدأ في تنفيذ المشروع الجديد خلال الشهر المقبل\n"
        "دولت دیروز اعلام کرد که اجرای طرح تازه را از ماه آینده آغاز خواهد کرد\n"
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("د روغتیا وزارت نن ورځ اعلان وکړ چې شمېر يې کم شوی دی", "ps", id="Pashto"),
        pytest.param("ئۇيغۇر تىلى كىتاب", "ug", id="Uyghur"),
        pytest.param("ڪتاب ۽ کير", "sd", id="Sindhi"),
        pytest.param("قالت: «ما این کار را با هم انجام خواهیم داد» ثم خرجت", "ar", id="Persian quotation"),
        pytest.param("أنشدوا: «ای ایران ای مرز پر گهر» في الحفل", "ar", id="Persian verse"),
        pytest.param("شاهدوا #کوریا_الشمالیة على الشاشة", "ar", id="hashtag"),
        pytest.param("THE KOREA SUMMIT 2023", "", id="Latin"),
        pytest.param("", "", id="empty"),
    ],
)
def test_left_alone(text: str, language: str) -> None:
    assert respelled(text, language) == text


@given(st.text(st.sampled_from("ابتدرسعلمنوهةكکيیىٹےەۆپگ أإ.،«»\n\N{ARABIC FATHA}\N{ARABIC SHADDA}"), max_size=60))
def test_respelling_twice_changes_nothing_more(text: str) -> None:
    once = respelled(text, "ar")
    assert respelled(once, "ar") == once


@pytest.mark.parametrize(
    "text",
    [
        "آنكه گفت كه آنكه گفت: كه يك كتاب/يك كتاب است",
        "سال ۱۲كتاب و كتاب۱۲ را از كتابخانه گرفت كه يك كتاب است",
        "«كتاب» و (يك) كتاب\N{RIGHT-TO-LEFT MARK}ها را از آن گرفت كه يك كتاب است",
        "كتاب*كتاب٪ و يك+يك را از آن گرفت كه يك كتاب است",
    ],
    ids=["a word in another", "digits beside", "signs and marks beside", "several words between blanks"],
)
def test_each_place_of_a_word_is_its_own(text: str) -> None:
    assert respelled(text, "fa") == text.replace("ك", "ک").replace("ي", "ی")


@pytest.mark.parametrize("text", ["كتب علی الشاعر قصيدة في المدينة", "أعلن الناقد علی سعيد ذلك في المدينة"])
def test_a_subject_may_be_ali_and_nobody_decides(text: str) -> None:
    (found,) = Anatomy(Document(DocumentId("a"), text, {"language": "ar"})).respellings
    assert (found.right, set(found.candidates)) == ("علی", {"على", "علي"})


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("هوٸی", "ہوئی"),
        ("زکوة", "زکوۃ"),
        ("كها", "کہا"),
        ("بهی", "بھی"),
        ("وه", "وہ"),
        ("هزار", "ہزار"),
    ],
)
def test_urdu_word_in_letters_of_other_alphabets(word: str, right: str) -> None:
    assert respell_word(word, "ur") == (right, ())


def test_an_urdu_heh_that_no_word_decides_is_left_open() -> None:
    assert respell_word("دهرگه", "ur") == ("دهرگه", ("دھرگھ", "دہرگہ"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("او پیش از رفتن گفت إنما الأعمال بالنيات ولكل امرئ و سپس در را بست", "fa", id="saying"),
        pytest.param("بر پایه قاعده الناس مسلطون على أموالهم في كل شيء رأی داده شد", "fa", id="legal phrase"),
        pytest.param(
            "انہوں نے جانے سے پہلے إنما الأعمال بالنيات ولكل امرئ پڑھا اور چلے گئے۔", "ur", id="saying in Urdu"
        ),
        pytest.param(
            "وقالت الشرطة إن شابا دخل المدرسة مساء أمس وكتب على الجدار زنده باد دوستی و این راه برای ما است ثم غادر",
            "ar",
            id="Persian slogan",
        ),
    ],
)
def test_a_quotation_without_quotation_marks_is_left_alone(text: str, language: str) -> None:
    found = Anatomy(Document(DocumentId("a"), text, {"language": language})).respellings
    assert [one.word for one in found] == []


def test_ali_before_an_unknown_second_name_is_no_safe_fix() -> None:
    text = "شكر رئيس النادي مواطنه علی قنديل أمام الحضور، وأثنى علی الجمهور"
    (name, preposition) = Anatomy(Document(DocumentId("a"), text, {"language": "ar"})).respellings
    assert (name.right, set(name.candidates)) == ("على", {"على", "علي"})
    assert (preposition.right, preposition.candidates) == ("على", ())
    assert fix_text(text, metadata={"language": "ar"}) == text.replace("وأثنى علی", "وأثنى على")


@pytest.mark.parametrize(
    "quotation", ["«يا مقلب القلوب و الابصار»", "«العلم نور»", "«انما الاعمال بالنيات»", '"ان مع العسر يسرا"']
)
def test_few_arabic_words_in_quotation_marks_are_left_in_persian(quotation: str) -> None:
    text = f"او سخن خود را با {quotation} آغاز كرد و از ميهمانان تشكر كرد"
    assert quotation in fix_text(text, metadata={"language": "fa"})


@pytest.mark.parametrize("quotation", ["«بيانيه پاياني اجلاس»", "«حقوق شهروندي»", "«ليگ برتر فوتبال»"])
def test_persian_words_in_quotation_marks_are_mended(quotation: str) -> None:
    text = f"او درباره {quotation} سخن گفت و از ميهمانان تشكر كرد"
    assert quotation.replace("ي", "ی") in fix_text(text, metadata={"language": "fa"})


def test_letters_inside_a_word_are_mended_where_its_last_one_is_left_open() -> None:
    text = "كان العامل یبنی البيت الكبير أمام النهر"
    assert fix_text(text, metadata={"language": "ar"}) == text.replace("یبنی", "يبنی")


@given(
    st.lists(
        st.tuples(*(st.sampled_from(part.split()) for part in ("- می نمی", "شود خانه گفته تنها سبز", "- ها تر اند"))),
        max_size=9,
    )
)
def test_glued_words_are_counted_as_they_are_parted(parts: list[tuple[str, ...]]) -> None:
    words = ["".join(word).replace("-", "") for word in parts]
    glued = sum(non_joiners.with_non_joiner(word) != word for word in words)
    assert non_joiners.count_glued("، ".join(words)) == (len(words), glued)
