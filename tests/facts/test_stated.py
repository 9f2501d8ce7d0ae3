"""What metadata state, and what only looks like a value; what kind of page an address leads to."""

from __future__ import annotations

import pytest

from corpuslint import Anatomy, Document, DocumentId
from corpuslint.facts.addresses import AddressKind, address_kind, canonical_address
from corpuslint.facts.sources import SourceRole
from corpuslint.facts.stated import dateline_outlet, stated

BODY = "بدأت الشركة أمس بناء ميناء جديد على الساحل الشرقي يتسع لعشر سفن كبيرة في وقت واحد وفق ما أعلنته في بيان مفصل.\n"


def _anatomy(text: str = BODY, **metadata: str) -> Anatomy:
    return Anatomy(Document(DocumentId("a"), text, metadata))


PLACEHOLDERS = [
    "nan", "NaN", "None", "null", "N/A", "n.a.", "-", "—", " ", "unknown", "Not available", "غير معروف", "غير محدد",
    "مجهول", "لا يوجد", "بدون مصدر", "نامشخص", "نا مشخص", "نامعلوم", "ناشناس", "معلوم نہیں", "دستیاب نہیں", "نادیار",
    "نەزانراو", "نامەلۇم",
]  # fmt: skip
NOBODIES = [
    "المصدر",
    "المصدر:",
    "منبع",
    "source",
    "سەرچاوە",
    "وكالات",
    "عن وكالات",
    "متابعات",
    "خبرگزاری‌ها",
    "agencies",
    "ویب ڈیسک",
    "(وكالات)",
]


@pytest.mark.parametrize("value", [*PLACEHOLDERS, *NOBODIES])
def test_what_names_nobody_is_no_source(value: str) -> None:
    assert _anatomy(source=value).stated("source") == ""


@pytest.mark.parametrize("value", ["رويترز", "وكالة رويترز", "صحيفة المنارة", "السياسة", "ایسنا", "BBC", "NA24 نيوز"])
def test_a_name_is_a_source(value: str) -> None:
    assert _anatomy(source=value).stated("source") == value


@pytest.mark.parametrize("value", [*PLACEHOLDERS[:6], "غير معروف", "نامشخص"])
@pytest.mark.parametrize("key", ["title", "author", "credit", "url", "language"])
def test_a_placeholder_is_no_value_of_any_field(key: str, value: str) -> None:
    assert _anatomy(**{key: value}).stated(key) == ""


@pytest.mark.parametrize(
    ("author", "supplier"),
    [
        ("واس - الرياض", "واس"),
        ("الرباط / و م ع", "و م ع"),
        ("اسلام آباد (اے پی پی)", "اے پی پی"),
        ("تهران", ""),
        ("هيئة التحرير", ""),
        ("inconnue", ""),
    ],
)
def test_a_dateline_or_a_desk_is_no_author(author: str, supplier: str) -> None:
    document = Document(DocumentId("a"), BODY, {"author": author})
    assert (stated(document, "author"), dateline_outlet(author) or "") == ("", supplier)


@pytest.mark.parametrize("author", ["سامي ناصر", "سامي ناصر - الرياض", "رويترز", "صحيفة المنارة", "علي بغداد", "جمعة"])
def test_a_name_is_an_author(author: str) -> None:
    assert _anatomy(author=author).stated("author") == author


@pytest.mark.parametrize("url", ["mailto:news@manara.example", "javascript:void(0)"])
def test_what_opens_no_page_is_no_address(url: str) -> None:
    assert _anatomy(url=url).stated("url") == ""


def test_an_id_is_an_id_whatever_it_says() -> None:
    assert _anatomy(id="0").stated("id") == "0"


@pytest.mark.parametrize("value", ["غير معروف", "N/A", "نامشخص", "المصدر"])
def test_a_label_with_a_word_for_nothing_is_an_empty_label(value: str) -> None:
    (mention,) = _anatomy(BODY + f"المصدر: {value}\n").sources
    assert (mention.role, mention.outlet) == (SourceRole.EMPTY, "")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://manara.example/2024/05/bridge", AddressKind.PAGE),
        ("https://manara.example/news/12345", AddressKind.PAGE),
        ("https://manara.example/?p=12345", AddressKind.PAGE),
        ("https://www.manara.example/fa/news/991/عنوان", AddressKind.PAGE),
        ("https://manara.example", AddressKind.HOME),
        ("https://manara.example/ar/", AddressKind.HOME),
        ("https://manara.example/tag/roads", AddressKind.SECTION),
        ("https://whatsapp.com/channel/0029VaAbCd", AddressKind.CHANNEL),
        ("https://chat.whatsapp.com/AbCdEf", AddressKind.CHANNEL),
        ("https://t.me/manara", AddressKind.CHANNEL),
        ("https://t.me/manara/1203", AddressKind.POST),
        ("https://www.youtube.com/@manara", AddressKind.CHANNEL),
        ("https://m.facebook.com/manara/", AddressKind.CHANNEL),
        ("https://x.com/manara/status/120312031203", AddressKind.POST),
        ("https://eitaa.com/manara", AddressKind.CHANNEL),
        ("https://ble.ir/manara", AddressKind.CHANNEL),
        ("https://play.google.com/store/apps/details?id=example.manara", AddressKind.SHOP),
        ("https://apps.apple.com/us/app/manara/id120312", AddressKind.SHOP),
        ("https://cafebazaar.ir/app/example.manara", AddressKind.SHOP),
        ("https://bit.ly/3AbCdEf", AddressKind.SHORTENER),
        ("https://manara.example/x81A", AddressKind.SHORTENER),
        ("https://manara.example/uploads/2024/05/bridge.JPG", AddressKind.FILE),
        ("https://manara.example/feed.rss", AddressKind.FILE),
        ("https://www.facebook.com/sharer/sharer.php?u=https://manara.example/1", AddressKind.SHARE),
        ("https://twitter.com/intent/tweet?text=x", AddressKind.SHARE),
        ("https://manara.example:bad/1", AddressKind.NONE),
        ("https://[", AddressKind.NONE),
        ("example", AddressKind.NONE),
    ],
)
def test_kind_of_address(url: str, kind: AddressKind) -> None:
    assert address_kind(url) is kind


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Manara.Example:443/A/b?utm_source=x&id=5&fbclid=y#top", "https://manara.example/A/b?id=5"),
        ("http://manara.example:80", "http://manara.example/"),
        ("http://manara.example:8080/a", "http://manara.example:8080/a"),
        ("https://manara.example/#!/a", "https://manara.example/#!/a"),
        ("https://manara.example/a?q=%D8%A8", "https://manara.example/a?q=%D8%A8"),
        ("bbs/thread1.html", "bbs/thread1.html"),
    ],
)
def test_canonical_address(url: str, canonical: str) -> None:
    assert canonical_address(url) == canonical
    assert canonical_address(canonical) == canonical


@pytest.mark.parametrize(("url", "said"), [("pages/1203.html", ""), ("manara.example/1", "manara.example/1")])
def test_a_path_is_no_address(url: str, said: str) -> None:
    assert _anatomy(url=url).stated("url") == said
