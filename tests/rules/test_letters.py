"""The letter and language packs on whole texts: what they leave alone, and that nothing makes them stall."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpuslint import Anatomy, Applicability, Document, DocumentId, Rule
from corpuslint.engine.check import check_document
from corpuslint.engine.fix import fix_document
from corpuslint.engine.ruleset import RuleSet, ruleset
from corpuslint.packs.loader import load_pack
from corpuslint.resources import rules_folder

RULES = [rule for name in ("letters", "language") for rule in load_pack(rules_folder() / name).all_rules]
DEFAULT = ruleset(rule for rule in RULES if rule.spec.default)
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
ZWNJ = "\N{ZERO WIDTH NON-JOINER}"


def document(text: str, language: str = "") -> Document:
    return Document(DocumentId("a"), text, {"language": language} if language else {})


def codes(text: str, language: str = "", rules: RuleSet = DEFAULT) -> list[str]:
    return [finding.code for finding in check_document(document(text, language), rules)]


def fixed(text: str, language: str = "", least: Applicability = Applicability.SAFE) -> str:
    return fix_document(document(text, language), DEFAULT, least).text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("وصفها بـ«المهمة» وقال إن الـ20 دولة ستجتمع سنة 1445هـ", "ar", id="tatweel that is right"),
        pytest.param("سيرجي لافروف وسيرغي لافروف، بيونج يانج وبيونغ يانغ", "ar", id="transliterations"),
        pytest.param("الإستراتيجية والاستراتيجية، الأمريكي والأميركي", "ar", id="hamza variants"),
        pytest.param("كان زعيمًا عالميًا واستراتيجياً جديداً محذِّرًا", "ar", id="tanwin and vowel signs"),
        pytest.param("منتدى ومستشفى وموسى على مدى العام", "ar", id="alef maksura"),
        pytest.param("قال فى كلمته التى ألقاها فى القاهرة إن الوضع الاقتصادى مستقر", "ar", id="house style"),
        pytest.param("شركة گوگل وپوتين في ڤيتنام وچاد", "ar", id="letters of names"),
        pytest.param(
            f"دایرةالمعارف و دائرة{ZWNJ}المعارف در بارهٔ مسأله رأی داد", "fa", id="Persian hamza and teh marbuta"
        ),
        pytest.param("۲۳ هـ.ق و ۱۴۰۲ ه\N{ZERO WIDTH JOINER}.ش", "fa", id="era marks"),
        pytest.param("ۋە ئۇ كىتابنى ئوقۇدى، ئۆيگە قايتتى", "ug", id="Uyghur"),
        pytest.param("زموږ ښوونځي کې دي، سړی راغی او ښځې لاړې", "ps", id="Pashto"),
    ],
)
def test_right_text_is_left_alone(text: str, language: str) -> None:
    assert codes(text, language) == []


def test_each_paragraph_is_mended_in_its_own_language() -> None:
    arabic = "أعلنت الحکومة أمس أنها ستبدأ في تنفیذ المشروع الجدید خلال الشهر المقبل"
    persian = "دولت ديروز گفت كه اجراي طرح تازه را از ماه آينده آغاز خواهد كرد و پايان مي دهد"
    assert fixed(f"{arabic}\n{persian}\n{arabic}\n") == (
        "أعلنت الحكومة أمس أنها ستبدأ في تنفيذ المشروع الجديد خلال الشهر المقبل\n"
        "دولت دیروز گفت که اجرای طرح تازه را از ماه آینده آغاز خواهد کرد و پایان می دهد\n"
        "أعلنت الحكومة أمس أنها ستبدأ في تنفيذ المشروع الجديد خلال الشهر المقبل\n"
    )


def test_shapes_and_letters_are_mended_together() -> None:
    assert fixed("زار الوفد ﮐﻮﺭﯾﺎ ﺍﻟﺸﻤﺎﻟﯿﺔ أمس", "ar") == "زار الوفد كوريا الشمالية أمس"


def test_fixing_twice_changes_nothing_more() -> None:
    once = fixed(f"عـــاجل: وصل الوفد إلی كوريا{ZWNJ}الشمالية، وقال إنه فی طریقه", "ar", Applicability.UNSAFE)
    assert fixed(once, "ar", Applicability.UNSAFE) == once


SHORT = 20_000
NASTY = {
    "combining marks": "\N{ARABIC FATHA}" * SHORT,
    "vocalised without end": "بَ" * SHORT,
    "one word": "ی" * SHORT,
    "tatweel": "بـ" * SHORT,
    "non-joiners": ZWNJ * SHORT,
    "forms": "ﺎ" * SHORT,
    "quotation marks": '«"(' * SHORT,
    "every character another script": "".join(chr(0x100 + 7 * at) for at in range(6_000)),
    "digits": "۱2٣" * SHORT,
    "capitals": "BREAKING NEWS " * 1_000,
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
@pytest.mark.parametrize("language", ["ar", "fa", ""])
def test_nasty_text_does_not_stall(text: str, language: str) -> None:
    started = time.process_time()
    anatomy = Anatomy(document(text, language))
    for rule in RULES:
        assert isinstance(rule, Rule)
        list(rule.check(anatomy))
    assert time.process_time() - started < 5


def guards() -> Iterator[tuple[str, int, int, str]]:
    if SEEDS.is_dir():
        for guard in json.loads((SEEDS / "must_not_flag.json").read_text("utf-8")):
            yield guard["file"], guard["start"], guard["end"], guard["id"]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the five real documents are not here")
def test_guarded_spans_are_not_reported() -> None:
    broken = []
    for name, start, end, guard in guards():
        found = check_document(document((SEEDS / name).read_text("utf-8")), DEFAULT)
        broken += [(guard, one.code) for one in found if one.span.start < end and start < one.span.end]
    assert broken == []


ARABIC_NEWS = (
    "أعلنت وزارة التربية أمس أن المدارس ستفتح أبوابها في الأسبوع المقبل، وقالت إن الكتب وصلت إلى جميع المحافظات.\n"
    "وأضافت الوزارة أن المعلمين سيتلقون تدريبا قبل بدء الدراسة، وأن الحافلات ستنقل التلاميذ من القرى البعيدة كل صباح.\n"
)
PERSIAN_NEWS = (
    "وزارت آموزش دیروز اعلام کرد که مدرسه‌ها هفته آینده باز می‌شوند و کتاب‌ها به همه استان‌ها رسیده است.\n"
    "این وزارتخانه افزود که آموزگاران پیش از آغاز سال تحصیلی دوره می‌بینند و اتوبوس‌ها هر روز دانش‌آموزان را می‌برند.\n"
)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"هه{ZWNJ}ولێر پایته{ZWNJ}ختی هه{ZWNJ}رێمی کوردستانه{ZWNJ} و شارێکی گه{ZWNJ}وره{ZWNJ}یه{ZWNJ}", "LET005"),
        ("دەوڵەتى نوێ هێزەکانى نارد بۆ شارەکانى هەرێم و ڕێگاکانى کردەوە", "LET007"),
        ("وةزارةتی دارایی ڕایگەیاند مووچەی مانگی ڕابردوو لە هەرێم دابەش دەکرێت", "LET009"),
        ("د ښوونځي زده كوونكو په ټولګي كې نوي كتابونه واخيستل او كور ته لاړل", "LET012"),
        ("دېھقانلار مېۋە ساقلاش ئیسکیلاتلىرىنىڭ يوقلۇقىنى بىلدۈردى ۋە ياردەم سورىدى", "LET013"),
    ],
)
def test_a_paragraph_of_another_language_has_its_own_rules(line: str, code: str) -> None:
    assert set(codes(f"{ARABIC_NEWS}{line}\n{ARABIC_NEWS}")) & {code} == {code}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(
            f"{PERSIAN_NEWS * 3}من زار مدرسة في القرية کتب اسمه في السجل الکبير عند الباب\n{PERSIAN_NEWS}",
            "fa",
            id="saying",
        ),
        pytest.param(
            f"{PERSIAN_NEWS}قَالَ الْمُعَلِّمُ یَوْماً لِطُلَّابِهِ إِنَّ الْکِتَابَ صَدِیقٌ لَا یَخُونُ حَتَّى یَوْمِ الرَّحِیلِ\n", "fa", id="vocalised"
        ),
        pytest.param(f"{PERSIAN_NEWS * 3}[1] الکتاب الأول في تاريخ المدارس، القاهرة\n", "fa", id="footnote"),
        pytest.param(
            f"{ARABIC_NEWS * 3}او گفت كه مدرسه ما در اين شهر بزرگ بود و پدرم هر روز مرا مي‌برد\n{ARABIC_NEWS}",
            "ar",
            id="verse",
        ),
    ],
)
def test_a_quotation_in_another_language_is_left_as_it_is(text: str, language: str) -> None:
    assert fixed(text, language, Applicability.UNSAFE) == text
    assert fixed(text, "", Applicability.UNSAFE) == text


def test_a_clause_in_the_language_of_the_document_keeps_its_letters_beside_a_long_quotation() -> None:
    text = f"قال الكاتب: «من خانه را دوست دارم و کتاب می{ZWNJ}خوانم» ثم خرج من القاعة"
    assert fixed(text, "ar", Applicability.UNSAFE) == text


def test_no_quotation_explains_letters_that_its_language_lacks_too() -> None:
    text = "پزشکان اورژانس بيمارستان یاسوج از او سونوگرافی گرفتند و به ما گفتند که هیچ شکستگی در پایش نیست"
    assert fixed(text, "fa") == text.replace("ي", "ی")


SORANI = "ئەمڕۆ لە شاری هەولێر کۆبوونەوەیەک دەکرێت و هەموو پارێزگاکان بەشداری دەکەن"


@pytest.mark.parametrize(
    ("typed", "declared"),
    [
        (SORANI.translate(str.maketrans("ەێۆڕڵ", "هیورل")), "ckb"),
        (SORANI.translate(str.maketrans("ەێۆڕڵ", "هیورل")), ""),
        (SORANI.translate(str.maketrans("ەێۆڕڵکی", "هيورلكي")), "ckb"),
        (SORANI.replace("ە", f"ه{ZWNJ}"), ""),
        (SORANI.replace("ە", "ه"), ""),
    ],
    ids=["persian-keyboard", "found", "arabic-keyboard", "heh-and-non-joiner", "heh-whose-non-joiner-is-lost"],
)
def test_sorani_typed_on_another_keyboard_is_restored(typed: str, declared: str) -> None:
    assert fixed(typed, declared, Applicability.UNSAFE) == SORANI


def test_a_short_line_was_typed_for_the_font_of_its_text() -> None:
    typed = "طوتى كة ضةند ثيَشمةرطة لة شارى هةوليَر بوون\nكاتذميَر لة سةر ميَز\n"
    right = "گوتی کە چەند پێشمەرگە لە شاری هەولێر بوون\nکاتژمێر لە سەر مێز\n"
    assert fixed(typed, "ckb", Applicability.UNSAFE) == right


def test_a_sindhi_word_with_a_letter_of_sindhi_alone_has_one_reading() -> None:
    typed = "وزیر چيو ته سندس ڀیڻ كي ٻوڏ ۾ ڪیترائي ٻار مليا ۽ اهي پري ٿي ويا آهن"
    right = "وزیر چيو ته سندس ڀيڻ كي ٻوڏ ۾ ڪيترائي ٻار مليا ۽ اهي پري ٿي ويا آهن"
    assert fixed(typed, "sd") == right


def test_no_guess_of_a_sorani_letter_is_safe() -> None:
    typed = SORANI.translate(str.maketrans("ەێۆڕڵ", "هیورل"))
    assert fixed(typed, "ckb") == typed


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("وصل إلی المدینة", "وصل إلى المدينة"),
        ("حتی عیسی ومصطفی ویحیی", "حتى عيسى ومصطفى ويحيى"),
        (f"ہمه می{ZWNJ}خوانند", f"همه می{ZWNJ}خوانند"),
        ("كوردستان", "کوردستان"),
        ("شما بزرگي كنيد.", "شما بزرگی کنید."),
        ("او قاره استراليا را كشف كرد.", "او قاره استرالیا را کشف کرد."),
        ("مشغول مرتب كردن آن بود.", "مشغول مرتب کردن آن بود."),
    ],
)
def test_a_few_words_are_told_by_one_that_only_one_language_has(text: str, right: str) -> None:
    assert fixed(text, "", Applicability.UNSAFE) == right


@pytest.mark.parametrize(
    "text", ["كتاب علي", "ڪتاب", "حتی موسی", "عدد ٥", "ڤيتنام ونوڤوستي وچاد", "مقاتلون كرد سوريون"]
)
def test_a_few_words_that_several_languages_have_are_left(text: str) -> None:
    assert fixed(text, "", Applicability.UNSAFE) == text


PERSIAN_PARTED = (
    f"مدرسه{ZWNJ}ها از فردا باز می{ZWNJ}شوند و دانش{ZWNJ}آموزان کتاب{ZWNJ}های تازه می{ZWNJ}گیرند. معلمان گفته{ZWNJ}اند "
    f"که کلاس{ZWNJ}ها بزرگ{ZWNJ}تر شده{ZWNJ}اند و نمی{ZWNJ}خواهند سال را دیر آغاز کنند."
)


def test_deleted_non_joiners_are_one_finding_and_come_back() -> None:
    glued = PERSIAN_PARTED.replace(ZWNJ, "")
    assert codes(glued, "fa").count("LET035") == 1
    assert fixed(glued, "fa") == glued
    assert fixed(glued, "fa", Applicability.UNSAFE) == PERSIAN_PARTED


@pytest.mark.parametrize(
    "text",
    [PERSIAN_PARTED, PERSIAN_PARTED.replace(ZWNJ, " "), f"{PERSIAN_PARTED} کتابهای تازه میشود میرود"],
    ids=["non-joiners", "spaces", "some-glued"],
)
def test_a_text_that_parts_its_words_lost_no_non_joiners(text: str) -> None:
    assert "LET035" not in codes(text, "fa")


def test_names_in_a_line_of_their_own_are_left_in_a_sorani_text() -> None:
    text = f"{SORANI}\n* ناو: نورجان پالمیرای\n{SORANI}\n"
    assert fixed(text, "ckb", Applicability.UNSAFE) == text


def test_shapes_of_heh_are_the_vowel_in_uyghur() -> None:
    text = "ئۇلار يەنە ئۇيغۇرچە كىتابنى ئوقۇدى ۋە ﻧﻪﺯﻩﺭ سالدى، ھەر كۈنى"
    assert fixed(text, "ug") == text.replace("ﻧﻪﺯﻩﺭ", "نەزەر")
