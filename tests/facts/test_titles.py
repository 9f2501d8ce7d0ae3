"""Which line above a text is its title."""

from __future__ import annotations

import pytest

from corpuslint import Anatomy, Document, DocumentId
from corpuslint.facts.titles import title_of

BODY = (
    "بدأت الشركة أمس بناء ميناء جديد على الساحل الشرقي يتسع لعشر سفن كبيرة في وقت واحد وفق ما أعلنته في بيان مفصل.\n"
    "وينتهي العمل في المرحلة الأولى من المشروع قبل نهاية العام المقبل بحسب الشركة المنفذة التي تعمل في خمس دول.\n"
)


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("السبت 8 مايو 2021 آخر تحديث 01:40:21", id="a-date-line"),
        pytest.param("الخميس 6 مايو 2021 عكاظ", id="a-date-and-an-outlet"),
        pytest.param("القاهرة: د. سامي ناصر عوض", id="names"),
        pytest.param("سفينة كبيرة في الميناء الجديد (رويترز)", id="a-caption"),
        pytest.param("Bottom of Form", id="no-arabic-letter"),
        pytest.param("1954– افتتاح أول ميناء على الساحل الشرقي", id="an-item"),
        pytest.param(
            "افتتحت الشركة ليلة أمس الخميس الميناء الجديد على الساحل الشرقي للمدينة الكبيرة، بحضور", id="a-lead"
        ),
        pytest.param("هذا المقال بقلم سامي ناصر، محرر الشؤون البحرية", id="who-wrote-it"),
        pytest.param("نشر هذا المقال بالتعاون مع موقع الموانئ", id="with-whom-it-was-printed"),
        pytest.param("MANARA.INFO - خاص - سعيد", id="an-outlet-and-a-desk"),
        pytest.param("بغداد/ سامي الساحلي الصحفي المرافق للوفد", id="an-envoy"),
        pytest.param("تغطية/ سامي حسن الساحلي", id="a-desk-and-a-name"),
        pytest.param("رأي:سامي حسن الساحلي", id="a-column-and-a-name"),
        pytest.param("سامي حسن الساحلي -", id="a-name-and-a-dash"),
        pytest.param(":السبت ,21/07/2012 المنارة التونسية", id="a-day-in-numbers"),
        pytest.param("إنجاز: عبد العالي الساحلي", id="a-credit"),
        pytest.param("’یہ ہماری بندرگاہ کے لیے بڑی خبر ہے۔‘", id="a-sentence-that-is-quoted"),
        pytest.param("بعد افتتاح الميناء الجديد على الساحل الشرقي في", id="a-line-that-goes-on"),
    ],
)
def test_what_is_no_headline_is_no_title(head: str) -> None:
    assert title_of(Anatomy(Document(DocumentId("d"), f"{head}\n{BODY}"))) == ""


def test_writers_name_below_the_headline_is_not_the_title() -> None:
    text = f"ميناء جديد على الساحل الشرقي\nسامي حسن النجار\n{BODY}"
    assert title_of(Anatomy(Document(DocumentId("d"), text))) == "ميناء جديد على الساحل الشرقي"


def test_first_verse_of_a_poem_is_not_the_title() -> None:
    poem = (
        "يا نسمة البحر مري بالشراع صباحا\nوبلغي أهل مينائي سلامي معا\n"
        "وقولي لهم إني على العهد باق هنا\nأعد المراسي والنجوم إلى أن أعود\n"
    )
    assert title_of(Anatomy(Document(DocumentId("d"), poem))) == ""


def test_line_that_the_next_one_goes_on_with_is_no_title() -> None:
    text = f"شهدت المدينة في السنوات الأخيرة ارتفاعا كبيرا في حركة السفن\nالتي تنقل البضائع إلى الميناء الجديد.\n{BODY}"
    assert title_of(Anatomy(Document(DocumentId("d"), text))) == ""
