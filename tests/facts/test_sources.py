"""Outlets, agencies and credits are told by shape and place first, by the table second."""

from __future__ import annotations

import pytest

from corpuslint import Anatomy, Document, DocumentId
from corpuslint.facts.sources import SourceRole, known_outlet

BODY = (
    "بدأت الشركة أمس بناء ميناء جديد على الساحل الشرقي يتسع لعشر سفن كبيرة في وقت واحد وفق ما أعلنته في بيان مفصل.\n"
    "وينتهي العمل في المرحلة الأولى من المشروع قبل نهاية العام المقبل بحسب الشركة المنفذة التي تعمل في خمس دول.\n"
)
BODY_FA = "ساخت بندر تازه در کرانه شرقی دیروز آغاز شد و به گفته شرکت سازنده گنجایش ده کشتی بزرگ را همزمان خواهد داشت.\n"


def mentions(text: str) -> list[tuple[SourceRole, str, str]]:
    anatomy = Anatomy(Document(DocumentId("d"), text))
    for mention in anatomy.sources:
        assert mention.span.of(text) == mention.name
    return [(mention.role, mention.name, mention.outlet) for mention in anatomy.sources]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("أ ف ب", "AFP"),
        ("أ.ف.ب", "AFP"),
        ("وكالة فرانس برس", "AFP"),
        ("afp", "AFP"),
        ("صحيفة عكاظ", "Okaz"),
        ("خبرگزاری ايسنا", "ISNA"),
        ("بی‌بی‌سی", "BBC"),
        ("فرانس ٢٤", "France 24"),
        ("ڕووداو", "Rudaw"),
    ],
)
def test_spellings_of_an_outlet_are_one(spelling: str, name: str) -> None:
    outlet = known_outlet(spelling)
    assert outlet is not None
    assert outlet.name == name


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("المصدر: الساحل نيوز", (SourceRole.LABEL, "الساحل نيوز", ""), id="label"),
        pytest.param("المصدر: وكالات", (SourceRole.CREDIT, "وكالات", ""), id="label-of-nobody"),
        pytest.param("المصدر", (SourceRole.EMPTY, "", ""), id="lone-label"),
        pytest.param("نقلاً عن: هسبريس", (SourceRole.LABEL, "هسبريس", "Hespress"), id="quoting"),
        pytest.param("(رويترز)", (SourceRole.SIGNATURE, "رويترز", "Reuters"), id="brackets"),
        pytest.param("* خدمة «واشنطن بوست»", (SourceRole.SIGNATURE, "واشنطن بوست", "Washington Post"), id="service"),
        pytest.param("عكاظ - جدة", (SourceRole.DESK, "عكاظ", "Okaz"), id="outlet-and-city"),
        pytest.param("سامي ناصر – عين اليوم", (SourceRole.BYLINE, "عين اليوم", "Ain Alyoum"), id="author-and-outlet"),
        pytest.param("سامي ناصر – جدة", (SourceRole.BYLINE, "سامي ناصر", ""), id="author-and-city"),
        pytest.param("وكالات وصحف", (SourceRole.CREDIT, "وكالات وصحف", ""), id="credit"),
        pytest.param("نیوز ڈیسک", (SourceRole.CREDIT, "نیوز ڈیسک", ""), id="urdu-desk"),
        pytest.param("سەرچاوە: ڕووداو", (SourceRole.LABEL, "ڕووداو", "Rudaw"), id="sorani"),
    ],
)
def test_last_line_names_the_source(line: str, found: tuple[SourceRole, str, str]) -> None:
    text = BODY + line + "\n"
    anatomy = Anatomy(Document(DocumentId("d"), text))
    assert [(m.role, m.name, m.outlet) for m in anatomy.sources] == [found]
    assert anatomy.sources[0].owns_line


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("وقال المصدر إن العمل مستمر.", id="a-witness"),
        pytest.param("الوسط", id="an-everyday-word"),
        pytest.param("مخاوف وآمال", id="a-subhead"),
        pytest.param("وأضاف لوكالة رويترز أن العمل مستمر.", id="an-agency-in-the-story"),
        pytest.param("نقل ذلك عن وكالة الأنباء (وام).", id="an-agency-in-brackets-in-its-sentence"),
    ],
)
def test_prose_names_nobody(line: str) -> None:
    assert mentions(BODY + line + "\n") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("دبي (CNN)-- " + BODY, (SourceRole.DATELINE, "CNN", "CNN"), id="agency-in-brackets"),
        pytest.param("سبق- أبها: " + BODY, (SourceRole.DATELINE, "سبق", "Sabq"), id="outlet-city"),
        pytest.param("به گزارش ایسنا، " + BODY_FA, (SourceRole.INLINE, "ایسنا", "ISNA"), id="persian-inline"),
        pytest.param(BODY_FA[:-1] + " منبع: تسنیم", (SourceRole.LABEL, "تسنیم", "Tasnim"), id="glued-label"),
        pytest.param(
            BODY + "التعليقات لا تعبر بالضرورة عن رأي موقع الساحل\n",
            (SourceRole.DISCLAIMER, "الساحل", ""),
            id="disclaimer",
        ),
    ],
)
def test_text_names_the_source(text: str, found: tuple[SourceRole, str, str]) -> None:
    assert mentions(text) == [found]


def test_city_alone_is_no_source() -> None:
    assert mentions("سيول: " + BODY) == []


def test_disclaimer_of_the_site_names_nobody() -> None:
    assert mentions(BODY + "التعليقات لا تعبر بالضرورة عن رأي الموقع\n") == []


def test_place_behind_an_outlet_is_no_author() -> None:
    anatomy = Anatomy(Document(DocumentId("d"), "عين اليوم – لاس بالماس\n" + BODY))
    assert [(m.name, m.author) for m in anatomy.sources] == [("عين اليوم", "")]
