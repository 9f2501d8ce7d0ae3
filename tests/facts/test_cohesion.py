"""The signs of a boundary are what their names say, and the same compiled and not."""

from __future__ import annotations

from array import array
from collections import Counter
from threading import local
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.stories_data import features_of
from corpuslint.facts.cohesion import SIGNS, Paragraphs, is_ending, is_imprint, is_paragraph
from corpuslint.facts.layout import lines_of
from corpuslint.facts.openings import dateline_of
from corpuslint.facts.terms import read_weights, share_of, terms_of
from corpuslint.text.positions import Span, line_spans
from corpuslint.words.levels import TERM, folded
from corpuslint.words.reading import read
from tests.words.conftest import COMPILED, SOURCE

WORDS = "جسر الوزير محطة القطار سكان الحي البلدية كلفة افتتح أعلن وأضاف السبت رئيس 2015 من في «قال» باريس - (وكالات) :"
PARAGRAPHS = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=14).map(" ".join)
TEXTS = st.lists(PARAGRAPHS, min_size=2, max_size=7).map("\n".join)


def _paragraphs(text: str, title: str) -> Paragraphs:
    spans = line_spans(text)
    return Paragraphs(read(text), spans, [()] * len(spans), title)


def _signs(text: str, title: str, start: int, end: int = 0) -> dict[str, float]:
    row = _paragraphs(text, title).signs(array("i", (start, end or len(line_spans(text)))))
    return dict(zip(SIGNS, row, strict=True))


@given(TEXTS, PARAGRAPHS, st.data())
def test_shares_are_of_what_the_rest_says(text: str, title: str, data: st.DataObject) -> None:
    parts = [span.of(text) for span in line_spans(text)]
    start = data.draw(st.integers(0, len(parts) - 1))
    end = data.draw(st.integers(start + 1, len(parts) - (start == 0)))
    terms = [terms_of(part) for part in parts]
    foreign, rest = terms[start:end], [terms_of(title), *terms[:start], *terms[end:]]
    own = {term: weight for part in rest for term, weight in part.items()}
    shares = [share_of(part, own) for part in foreign]
    tail = {term: weight for part in foreign for term, weight in part.items()}
    signs = _signs(text, title, start, end)
    assert signs["first_in_own"] == pytest.approx(shares[0])
    assert signs["mean_in_own"] == pytest.approx(sum(shares) / len(shares))
    assert signs["most_in_own"] == pytest.approx(max(shares))
    assert signs["tail_in_own"] == pytest.approx(share_of(tail, own))
    assert signs["own_in_tail"] == pytest.approx(share_of(tail, own) * sum(tail.values()) / (sum(own.values()) or 1.0))
    beside = terms[start - 1 if start else end]
    assert signs["before_in_tail"] == pytest.approx(share_of(beside, tail))
    assert signs["tail_count"] == end - start
    assert signs["first_length"] == len(parts[start])
    assert signs["place"] == (-1.0 if start == 0 else float(end < len(parts)))
    assert signs["numbered"] == pytest.approx(sum(part[0].isdigit() for part in parts[start:end]) / len(foreign))
    own_parts = [terms[number] for number in range(len(parts)) if not start <= number < end]
    told = Counter(term for part in rest for term in part)
    subjects = [(term, weight) for part in own_parts for term, weight in part.items() if told[term] > 1]
    if sum(weight for _, weight in subjects):
        shared = sum(weight for term, weight in subjects if term in tail)
        assert signs["topic_in_tail"] == pytest.approx(shared / sum(weight for _, weight in subjects))
    if len(own_parts) > 1:
        hanging = [{term: weight for term, weight in part.items() if told[term] > 1} for part in own_parts]
        least = min(share_of(part, some) for part, some in zip(own_parts, hanging, strict=True))
        assert signs["own_least"] == pytest.approx(least)
    again = {term for term, count in Counter(term for part in foreign for term in part).items() if count > 1}
    if sum(tail[term] for term in again):
        assert signs["tail_topic_in_own"] == pytest.approx(share_of({term: tail[term] for term in again}, own))
    assert signs["names_shared"] == min(8, sum(weight >= 0.85 and term in own for term, weight in tail.items()))


@given(PARAGRAPHS)
def test_a_score_is_the_sum_of_its_named_features(text: str) -> None:
    weights = {folded(name, TERM): weight for name, weight in read_weights().items()}
    opening = Paragraphs(read(text), (Span(0, len(text)),), ((),)).opening(0)
    assert opening.score == pytest.approx(sum(weights.get(feature, 0.0) for feature in features_of(text)))


@pytest.mark.skipif(COMPILED is None, reason="the kernel is not compiled here")
@settings(max_examples=50)
@given(TEXTS, PARAGRAPHS)
def test_compiled_and_not_give_the_same_signs(text: str, title: str) -> None:
    def rows(module: ModuleType | None) -> list[float]:
        with pytest.MonkeyPatch.context() as patch:
            for name in ("terms", "openings", "cohesion"):
                patch.setattr(f"corpuslint.facts.{name}.kernel", module)
            patch.setattr("corpuslint.facts.terms._READERS", local())
            paragraphs = _paragraphs(text, title)
            stretches, tails = paragraphs.parts.stretches()
            return [tails, *stretches, *paragraphs.signs(stretches)]

    assert rows(COMPILED) == rows(SOURCE)


def test_a_title_is_known_from_before() -> None:
    text = "افتتح الوزير جسرا\nباريس باريس"
    assert _signs(text, "باريس", 1)["first_in_own"] == 1.0
    assert _signs(text, "", 1)["first_in_own"] == 0.0


def test_lines_above_a_paragraph_are_told_apart() -> None:
    lines = [
        line for line in lines_of("المصدر: وكالات\nبلدية المدينة تفتتح مسبحا للأطفال\nبقلم: ليلى عمران") if line.text
    ]
    spans = (Span(0, 1), Span(1, 2))
    between = Paragraphs(read("جسر"), spans, ((), lines)).between(1)
    assert (between.ended, between.imprints, between.headlines) == (True, 1, 1)
    assert between.headline == lines[1]
    assert between.lines == tuple(lines[1:])


@pytest.mark.parametrize(
    ("paragraph", "closed"),
    [
        ("وافتتح الوزير الجسر. المصدر: وكالة الأنباء", True),
        ("وافتتح الوزير الجسر. رابط الخبر بصحيفة النهر: وزير يفتتح جسرا في عمان", True),
        ("شهردار پل را افتتاح کرد. منبع: ایسنا", True),
        ("شهردار پل را افتتاح کرد. انتهای پیام/", True),
        ("وقال المصدر: إن الجسر مغلق.", False),
        ("وأضاف. المصدر: الجسر مغلق، وسيبقى مغلقا حتى تنتهي أعمال الصيانة التي بدأت أمس.", False),
    ],
)
def test_the_last_words_of_a_paragraph_close_a_story(paragraph: str, closed: bool) -> None:
    text = f"{paragraph}\n{paragraph}"
    spans = (Span(0, len(paragraph)), Span(len(paragraph) + 1, len(text)))
    found = Paragraphs(read(text), spans, ((), ()))
    assert found.between(1).ended is closed
    assert bool(found.signs(array("i", (1, 2)))[SIGNS.index("ended")]) is closed


@pytest.mark.parametrize(
    ("paragraph", "behind"),
    [
        ("عمان - أعلن الوزير", "أعلن الوزير"),
        ("عمان - رويترز: أعلن الوزير", "أعلن الوزير"),
        ("عمان – «النهر اليوم»: أعلن الوزير", "أعلن الوزير"),
        ("فارس: وزیر راه گفت", "وزیر راه گفت"),
        ("خبرگزاری مهر: وزیر راه گفت", "وزیر راه گفت"),
        ("وزیر راه: پل باز شد", "وزیر راه: پل باز شد"),
        ("وی افزود: پل باز شد", "وی افزود: پل باز شد"),
    ],
)
def test_a_dateline_ends_behind_its_agency(paragraph: str, behind: str) -> None:
    assert paragraph[dateline_of(paragraph, 0, len(paragraph)) :] == behind


@pytest.mark.parametrize(
    "line",
    [
        *("انتهای پیام", "منبع: ایسنا", "المصدر: وكالات", "بشکریہ: ڈان", "(انتهى)"),
        *("للتواصل مع الكاتب: 123", "writer@river.example", "رابط الخبر بصحيفة النهر: وزير يفتتح جسرا"),
    ],
)
def test_lines_that_close_a_story(line: str) -> None:
    assert is_ending(line)


@pytest.mark.parametrize(
    "line", ["انتهى الوزير من افتتاح الجسر", "قال المصدر إن الجسر مغلق", "للتواصل مع الجيران", "جسر"]
)
def test_lines_that_close_nothing(line: str) -> None:
    assert not is_ending(line)


@pytest.mark.parametrize(
    "line", ["كتب: سامر الحلبي", "نویسنده: مریم جعفری", "الثلاثاء 12 مارس 2019", "10:30 - 12/5/2019", "۱۳۹۸/۰۴/۱۲"]
)
def test_lines_of_a_writer_or_a_day(line: str) -> None:
    assert is_imprint(line)


@pytest.mark.parametrize("line", ["وزير النقل يفتتح جسر المشاة في حي الزهور", "فوز فريق الشباب بكأس الناشئين"])
def test_headlines_name_no_day(line: str) -> None:
    assert not is_imprint(line)


@pytest.mark.parametrize("last", "ىيی")
def test_a_line_of_the_page_is_known_on_any_keyboard(last: str) -> None:
    line = f"مقالات أخر{last} للكاتب: نظرة على الموسم الجديد، وحوار قصير مع المدرب بعد الفوز الكبير في العاصمة."
    assert not is_paragraph(line)


def test_meaning_is_compared_where_no_word_is_shared() -> None:
    match = "سجل المهاجم هدفا في مرمى الحارس قبل صافرة الحكم"
    league = "فاز الفريق بالمباراة في الدوري وتصدر جدول الترتيب"
    prices = "ارتفعت أسعار النفط وتراجع الدولار في بورصة نيويورك"
    alike, strange = (_signs(f"{match}\n{other}", "", 1)["first_like_before"] for other in (league, prices))
    assert alike > 0.2 + strange


def test_what_a_colon_announces_and_lists_begin_no_story() -> None:
    story = "افتتح الوزير أمس جسر المشاة في الحي بحضور عدد كبير من سكان المدينة."
    figures = "12 15 18 21 جسر 24 27 30 محطة 33 36 39 قطار 42 45 48 سوق 51 54"
    other = "أعلن البنك المركزي رفع سعر الفائدة ربع نقطة لكبح التضخم هذا العام."
    text = "\n".join([f"{story[:-1]}:", other, story, figures, other.replace("أعلن", "قرر")])
    stretches, _ = _paragraphs(text, "").parts.stretches()
    assert not {1, 3} & set(stretches[::2])


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        *((words, False) for words in ("ردا على ذلك", "وردا على ذلك", "ومن جهته", "فعلى سبيل المثال")),
        *((words, False) for words in ("وفيما", "وأوضح", "في الوقت نفسه", "وفي الوقت الذي")),
        *((words, True) for words in ("أوضح", "فيما", "بينما", "في الوقت الذي", "قال")),
    ],
)
def test_no_story_begins_with_words_that_go_on(words: str, begins: bool) -> None:
    story = "افتتح الوزير أمس جسر المشاة في الحي بحضور عدد كبير من سكان المدينة."
    other = "رفع البنك المركزي سعر الفائدة ربع نقطة لكبح التضخم هذا العام."
    stretches, _ = _paragraphs(f"{story}\n{story}\n{words} {other}", "").parts.stretches()
    assert (2 in stretches[::2]) == begins


def test_a_lead_may_be_full_of_names_and_numbers() -> None:
    story = "افتتح الوزير أمس جسر المشاة في الحي بحضور عدد كبير من سكان المدينة."
    prices = "بلغت القروض 512 مليار ريال في 2014 مقابل 489 مليارا قبل عام واحد."
    stretches, _ = _paragraphs(f"{story}\n{story}\n{prices}", "").parts.stretches()
    assert 2 in stretches[::2]


def test_a_boundary_is_compared_with_the_other_gaps() -> None:
    match = "سجل المهاجم هدفا في مرمى الحارس قبل صافرة الحكم"
    text = "\n".join([match, match, "ارتفعت أسعار النفط في بورصة نيويورك", "ارتفعت أسعار النفط في بورصة نيويورك"])
    at_boundary, beside = (_signs(text, "", start) for start in (2, 3))
    assert (at_boundary["gap"], at_boundary["gaps_lower"], beside["gaps_lower"]) == (0.0, 0.0, 0.5)
    assert at_boundary["under_mean"] > 0.5 > beside["under_mean"]
    assert at_boundary["gap_alike"] < beside["gap_alike"]


@pytest.mark.parametrize("turn", ["أما على الضفة الشمالية - الشرقية، ", "معيشيا، "])
def test_a_turn_to_another_side_begins_no_story(turn: str) -> None:
    own = "افتتح الوزير أمس جسر المشاة في الحي بحضور عدد كبير من سكان المدينة."
    other = "قرر البنك المركزي رفع سعر الفائدة ربع نقطة لكبح التضخم هذا العام."
    begins = [set(_paragraphs(f"{own}\n{before}{other}", "").parts.stretches()[0][::2]) for before in ("", turn)]
    assert begins == [{1}, set()]


def test_a_picture_inside_its_address_is_no_paragraph() -> None:
    described = "حديقة عامة جديدة في الحي الشمالي من المدينة افتتحتها البلدية صباح اليوم بحضور عدد كبير من السكان"
    assert is_paragraph(f"{described}، وفتحت أبوابها للجميع.")
    assert not is_paragraph(f'<image>data:image/png,"{"0123456789abcdef" * 4}" alt="{described}"</image>')
