"""What fixing with unsafe fixes leaves in the text at the default confidence, and what it takes out and lifts."""

from __future__ import annotations

from functools import cache

import pytest

from corpuslint import Linter

AR = (
    "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان والمسؤولين في المدينة.\n"
    "وقال رئيس البلدية إن الحديقة ستفتح أبوابها كل يوم من الصباح إلى المساء وإن الدخول إليها مجاني للجميع.\n"
)
FA = "شهرداری صبح امروز پارک تازه‌ای را در محله شمالی شهر با حضور شمار زیادی از مردم گشود.\n" * 2
UR = "بلدیہ نے آج صبح شہر کے شمالی محلے میں ایک نیا باغ کھولا جس میں بڑی تعداد میں شہریوں نے شرکت کی۔\n" * 2


@cache
def linter() -> Linter:
    return Linter()


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        (FA, "برچسب‌ها: روی کالاها باید نام کشور سازنده نوشته شود", FA),
        (UR, "ٹیگز: ہر جانور کے کان میں لگائے جائیں گے تاکہ اس کی شناخت ہو سکے", UR),
        (AR, "الوسوم: لا تعني شيئا لمن لا يعرف لغة المواقع، كما يقول المهندس", AR),
        (AR, "نشر الكتاب: 5 مايو 2005", AR),
        (AR + "وكان المجلس قد قرر إنشاءها في جلسة عقدت في المدينة القديمة\n", "بتاريخ 24 أبريل 1994.", AR),
        (AR, "عن الكاتب: رحل في صمت ولم يترك مالا.", ""),
        (AR, "* كاتب وباحث من المدينة حصل على الجائزة الأولى", ""),
        (AR, "تصوير: منع في القاعة بأمر القاضي", AR),
        (AR, "صورة: رجل يحمل طفلا تحت المطر", AR),
        (AR, "اقرأ أيضا: كانت هذه نصيحة المعلم لتلاميذه", AR),
        (AR, "تصحيح: المجلس يعدل هذا العام مسار الطريق.", ""),
        (AR, "جميع الحقوق محفوظة للورثة وفق قرار المحكمة الصادر أمس.", ""),
        (AR, "اشترك في النشرة البريدية للبلدية ثلاثة آلاف مواطن خلال أسبوع.", ""),
        ("", "تابعنا على مدى أسبوع كامل تفاصيل المشروع الجديد الذي ينفذه المجلس في الحي الشمالي من المدينة.", AR),
        (
            AR,
            "وضجت المواقع بالتعليقات على الحادث، وحمل كثيرون البلدية مسؤولية ما جرى في الحديقة صباح يوم الافتتاح "
            "أمام أعين الزوار.",
            "",
        ),
        (AR, "ونقل المصابون إلى المستشفى بعد ساعة من الحادث. (صورة تعبيرية)", ""),
        (AR + "وللاستفسار يمكن الاتصال بالرقمين:\n", "71.555.448", "71.555.512\n"),
        (AR, "المدينة: لندن", "عمره الآن: ثلاثون سنة\n"),
        (AR + AR + "وهذا ما جاء في الدراسة:\n", "https://journal.example/2024/05/garden", AR),
        (AR, "https://journal.example/2024/05/garden", ""),
        (AR, "المصدر:", "https://journal.example/2024/05/garden\n"),
        ("", "الجزيرة نت - العالم - حديقة جديدة في المدينة", AR),
        ("", "البلدية تفتح حديقة", "الرياض | 3 مايو 2021\n" + AR),
        (AR, "تأليف: سامي ناصر", ""),
        (AR, "وقرأت في الحفل قصيدة {{باب الدار}} للشاعر {{سامي ناصر}}", AR),
        ("", "عكاظ - 12 أبريل 2021", AR),
        (AR + "وهكذا نكتب لون العنوان في ورقة الأنماط:\n", "h1 { color: green; }", AR),
        (AR, "وكتبوا اسمه هكذا {{ The Iron Gardener }} في الصحيفة", AR),
        (AR, "The new garden is lovely pic.twitter.com/a1b2 — Sami Nasser (@sami) May 3, 2021", AR),
        (AR, "— Sami Nasser (@sami) May 3, 2021", AR),
        (AR + "اكتبوا إلينا على البريد الإلكتروني\n", "letters@garden.example", "أو على الرقم 555 تحويلة 20\n"),
        (AR + "ولمن أراد أن يكتب إلى أصحاب الحديقة فليكتب بالبريد الإلكتروني.\n", "letters@garden.example", ""),
        (AR + "تحميل الكتاب\n", "http://pan.example/share/link?id=144", ""),
        (FA, "منبع:", "من\nو آن کوه بلند\n" + FA),
    ],
)
def test_a_line_of_the_story_stays(before: str, line: str, after: str) -> None:
    text = f"{before}{line}\n{after}"
    assert line in linter().fix_text(text, unsafe=True).text


@pytest.mark.parametrize(
    ("before", "line", "after", "lifted"),
    [
        (AR, "الوسوم: البلدية، الحي الشمالي", "", {"keywords": ("البلدية", "الحي الشمالي")}),
        ("", "أضيفت في: 20 أكتوبر 2023", AR, {"published": "2023-10-20"}),
        (AR, "رابط الخبر: https://manara.example/2024/05/bridge", "", {"url": "https://manara.example/2024/05/bridge"}),
        ("", "Next Previous - عكاظ", AR, {"source": "عكاظ"}),
        ("", "موقع ضفاف النهر - عكاظ", AR, {"source": "عكاظ"}),
        (FA, "منابع خبر", "", {}),
        (AR, "تصوير: سامي ناصر", "", {}),
        (FA, "لینک کوتاه خبر: manara.example/x12", "", {}),
        (AR, "* كاتب وباحث في شؤون المدن", "", {}),
    ],
)
def test_a_line_of_the_page_goes(before: str, line: str, after: str, lifted: dict[str, object]) -> None:
    fixed = linter().fix_text(f"{before}{line}\n{after}", unsafe=True)
    values = {name: value for name, value in fixed.lifted.items() if name != "keywords_raw"}
    assert (fixed.text, values) == (before + after, lifted)


def test_a_date_that_contradicts_an_undecided_one_stays() -> None:
    text = "تاريخ النشر: 3 أبريل 2020\n" + AR
    fixed = linter().fix_text(text, metadata={"published": "12/05/2019"}, unsafe=True)
    assert (fixed.text, fixed.lifted) == (text, {})


def test_text_behind_names_of_sites_stays() -> None:
    text = "فیس بک اور میسنجر میں واٹس ایپ کو شامل کرنے کا عمل اگلے سال تک ملتوی کر دیا گیا ہے۔\n" + UR
    assert linter().fix_text(text, unsafe=True).text == text
