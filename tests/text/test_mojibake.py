"""Text decoded with a wrong code page is found and read the right way; sound text in any language is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuslint.text.mojibake import find_pollution, pollute

ARABIC = "أعلنت وزارة الصحة أن عدد المصابين ارتفع إلى 120 شخصا، وقالت إن «الوضع» تحت السيطرة."
PERSIAN = "رئیس سازمان گفت: این طرح تا پایان سال اجرا می\N{ZERO WIDTH NON-JOINER}شود و چهار ژنراتور خریداری شد."
PERSIAN_1256 = PERSIAN.replace("ی", "ي")

KINDS = [
    ("utf-8", "windows-1252"),
    ("utf-8", "latin-1"),
    ("utf-8", "mac-roman"),
    ("utf-8", "windows-1256"),
    ("windows-1256", "windows-1252"),
    ("windows-1256", "latin-1"),
    ("windows-1256", "windows-1251"),
]


def repaired(text: str) -> str:
    for one in reversed(find_pollution(text)):
        text = text[: one.span.start] + one.repaired + text[one.span.end :]
    return text


@pytest.mark.parametrize(("written", "read"), [*KINDS, ("utf-8", "windows-1251")], ids="->".join)
@pytest.mark.parametrize("text", [ARABIC, PERSIAN_1256], ids=["ar", "fa"])
def test_undoes_the_accident(text: str, written: str, read: str) -> None:
    assert repaired(pollute(text, written, read)) == text


def test_undoes_iso_8859_6_read_as_latin_1() -> None:
    text = ARABIC.replace("«", "(").replace("»", ")")
    assert repaired(pollute(text, "iso-8859-6", "latin-1")) == text


@pytest.mark.parametrize(("written", "read"), KINDS, ids="->".join)
def test_repairs_one_polluted_paragraph_in_a_sound_document(written: str, read: str) -> None:
    sound = "عاد الفريق إلى العاصمة بعد فوزه.\n"
    text = sound + pollute(ARABIC, written, read) + "\n" + sound
    assert repaired(text) == sound + ARABIC + "\n" + sound


def test_repairs_a_polluted_stretch_inside_a_sound_line() -> None:
    text = "قال الوزير " + pollute("إن القرار نهائي", "utf-8", "windows-1252") + " ثم غادر"
    assert repaired(text) == "قال الوزير إن القرار نهائي ثم غادر"


def test_a_short_line_follows_the_page_it_stands_on() -> None:
    page = f"{ARABIC}\nالمصدر\n"
    assert repaired(pollute(page, "windows-1256", "windows-1252")) == page


def test_undoes_two_layers() -> None:
    twice = pollute(pollute(ARABIC, "utf-8", "windows-1252"), "utf-8", "windows-1252")
    assert repaired(twice) == ARABIC


def test_puts_back_controls_that_a_cleaner_took_out_but_does_not_call_it_proven() -> None:
    polluted = pollute("وقف الوزير في الصف الأول من القاعة", "utf-8", "windows-1252").replace("\x81", "")
    assert repaired(polluted) == "وقف الوزير في الصف الأول من القاعة"
    assert [one.proven for one in find_pollution(polluted)] == [False]


def test_every_repair_is_proven() -> None:
    polluted = pollute(ARABIC, "windows-1256", "windows-1251")
    for one in find_pollution(polluted):
        assert one.proven
        assert pollute(one.repaired, one.written, one.read) == one.span.of(polluted)


@pytest.mark.parametrize(
    "text",
    [
        ARABIC,
        PERSIAN,
        "وزیر خارجہ نے کہا کہ یہ فیصلہ آج ہی کیا جائے گا۔",
        "ئۇيغۇر تىلى دەرسلىكى نەشر قىلىندى.",
        "Президент РФ подписал указ о назначении посла.",
        "ПРЕЗИДЕНТ ПОДПИСАЛ УКАЗ",
        "À l'été, Noël fêta l'aînée; ÉLÈVE, HÔTEL, ÇÀ ET LÀ",
        "Þetta er íslenska: ðæði þúsund árum síðan áður",
        "Đội tuyển Việt Nam; Łódź, Gdańsk; naïveté",
        "«نعم»؛ «لا»؛ ط؛ ظ؛ ع؛ غ؛ “حسنا”…",
        "\N{NO-BREAK SPACE}" * 6 + "نص…………",
    ],
    ids=["ar", "fa", "ur", "ug", "ru", "ru-capitals", "fr", "is", "latin", "marks", "spaces"],
)
def test_leaves_sound_text_alone(text: str) -> None:
    assert find_pollution(text) == ()


@given(st.text(max_size=200))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for one in find_pollution(text):
        assert end <= one.span.start < one.span.end <= len(text)
        end = one.span.end
