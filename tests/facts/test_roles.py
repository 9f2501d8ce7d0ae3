"""What each line of a page is for."""

from __future__ import annotations

from corpuslint import Anatomy, Document, DocumentId, Role

PAGE = """أنباء عن توسعة الساحل
ميناء جديد على الساحل الشرقي

41
[ad_1]
بدأت الشركة أمس بناء ميناء جديد على الساحل الشرقي يتسع لعشر سفن كبيرة في وقت واحد.
آمال الصيادين
وينتهي العمل في المرحلة الأولى من المشروع قبل نهاية العام المقبل بحسب الشركة المنفذة.
المصدر: هسبريس
عن وكالات
الوسوم: ميناء، ساحل
شارك عبر واتساب وتلغرام
التعليقات المنشورة لا تعبر عن رأي الموقع
مقالات مشابهة
• سفينة أولى ترسو في الميناء
• أسعار السمك ترتفع بعد أن...
"""


def test_each_line_gets_its_role() -> None:
    roles = Anatomy(Document(DocumentId("d"), PAGE)).roles
    assert roles == (
        Role.KICKER,
        Role.HEADLINE,
        Role.BLANK,
        Role.COUNTER,
        Role.CODE,
        Role.BODY,
        Role.SUBHEAD,
        Role.BODY,
        Role.SOURCE,
        Role.CREDIT,
        Role.KEYWORDS,
        Role.SHARE,
        Role.COMMENT_POLICY,
        Role.LABEL,
        Role.RELATED,
        Role.TEASER,
    )


def test_page_without_an_article_is_only_page() -> None:
    tail = "\n".join(PAGE.splitlines()[8:13])
    assert Anatomy(Document(DocumentId("d"), tail)).only_page
    assert not Anatomy(Document(DocumentId("d"), PAGE)).only_page
    assert not Anatomy(Document(DocumentId("d"), "")).only_page


def test_a_sentence_that_opens_like_text_is_no_page() -> None:
    sentence = "الآراء الواردة في هذا المقال لا تعبر عن رأي الموقع"
    assert not Anatomy(Document(DocumentId("d"), sentence)).only_page
    assert Anatomy(Document(DocumentId("d"), f"{sentence}\nشارك عبر واتساب وتلغرام")).only_page
