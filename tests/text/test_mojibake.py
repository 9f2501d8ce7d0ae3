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


@pytest.mark.parametrize("read", ["windows-1252", "latin-1", "windows-1254", "windows-1251"])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize(
    "sign", ["“", "”", "’", "–", "…", "•", "،", "؛", "؟", "ﷺ", "\N{ZERO WIDTH NON-JOINER}", "\N{RIGHT-TO-LEFT MARK}"]
)
def test_repairs_one_sign_in_a_sound_sentence(sign: str, layers: int, read: str) -> None:
    polluted = sign
    for _ in range(layers):
        polluted = pollute(polluted, "utf-8", read)
    before, after = "أعلنت البلدية عن خطة", " جديدة للحدائق"
    found = find_pollution(f"{before}{polluted}{after}")
    assert repaired(f"{before}{polluted}{after}") == f"{before}{sign}{after}"
    assert [one.proven for one in found] == [True]


def test_repairs_quotes_whose_last_byte_windows_1256_shows_as_a_non_joiner() -> None:
    assert (
        repaired("قالت إن â€œالطريق مفتوحâ€\N{ZERO WIDTH NON-JOINER} منذ الصباح") == "قالت إن “الطريق مفتوح” منذ الصباح"
    )


def test_an_emoji_comes_back_whole() -> None:
    assert repaired("شكرا لكم " + pollute("😀", "utf-8", "windows-1252")) == "شكرا لكم 😀"


def test_windows_1256_read_as_windows_1254_is_no_half_repair() -> None:
    polluted = pollute("افتتح السوق القديم أبوابه قبل الظهر", "windows-1256", "windows-1254")
    assert "Ş" in polluted
    assert repaired(f"{polluted}\nثم غادر الجميع") == "افتتح السوق القديم أبوابه قبل الظهر\nثم غادر الجميع"


def test_iso_8859_6_read_as_windows_1256_is_told_by_the_line() -> None:
    text = "اجتمع الوزراء في قصر المؤتمرات ثم غادر الجميع"
    assert repaired(pollute(text, "iso-8859-6", "windows-1256")) == text


def test_a_closing_quote_that_lost_its_last_byte_is_guessed_and_not_proven() -> None:
    text = "قالت إن â€œالطريق مفتوحâ€ منذ الصباح"
    assert repaired(text) == "قالت إن “الطريق مفتوح” منذ الصباح"
    assert [one.proven for one in find_pollution(text)] == [True, False]


def test_a_no_break_space_that_lost_its_last_byte_is_guessed_and_not_proven() -> None:
    text = "المحصول\N{LATIN CAPITAL LETTER A WITH CIRCUMFLEX} وفير، وكلمة Âge فرنسية"
    assert repaired(text) == "المحصول وفير، وكلمة Âge فرنسية"
    assert [one.proven for one in find_pollution(text)] == [False]


def test_a_remnant_is_found_and_has_no_repair() -> None:
    assert [one.repaired for one in find_pollution("انتهى اللقاء â€ ثم غادر الجميع")] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "نمایش «مده\N{ZERO WIDTH NON-JOINER}آ» و حرف «آ» در آن",
        "يسمى ‹المقسط› بالتقسيط› هنا",
        "في الشرق الأوسط، وبيئة الإبداع، فقط",
    ],
    ids=["name-in-alef-madda", "single-guillemets", "letters-before-commas"],
)
def test_a_page_that_was_polluted_elsewhere_keeps_its_sound_words(text: str) -> None:
    page = pollute(ARABIC, "utf-8", "windows-1256")
    assert repaired(f"{page}\n{text}") == f"{ARABIC}\n{text}"


@pytest.mark.parametrize("read", ["windows-1252", "latin-1", "mac-roman", "windows-1254", "windows-1251"])
@pytest.mark.parametrize("word", ["«نعم»", "😀 مرحبا", "نص… ثم"])
def test_repairs_a_short_word_with_its_signs_in_a_sound_sentence(word: str, read: str) -> None:
    polluted = pollute(word, "utf-8", read)
    assert repaired(f"أعلنت البلدية {polluted} في المدينة") == f"أعلنت البلدية {word} في المدينة"


def test_no_reading_is_proven_that_leaves_signs_inside_words() -> None:
    polluted = pollute(pollute("😀 مرحبا", "utf-8", "latin-1"), "utf-8", "latin-1")
    assert {one.written for one in find_pollution(f"أعلنت البلدية {polluted} في المدينة")} <= {"utf-8"}


def test_half_of_a_sign_that_was_polluted_twice_is_no_sign_of_its_own() -> None:
    twice = pollute(pollute("ب\N{ARABIC TATWEEL}«نعم»", "utf-8", "windows-1252"), "utf-8", "windows-1252")
    assert repaired(f"وصفها {twice} في المدينة") == "وصفها ب\N{ARABIC TATWEEL}«نعم» في المدينة"
    assert repaired("وصفها بÃ¤™â‚¬ في المدينة") == "وصفها بÃ¤™â‚¬ في المدينة"


def test_a_sign_that_was_polluted_leaves_the_sound_words_around_it_alone() -> None:
    sound = "ناظران روس حریف را می\N{ZERO WIDTH NON-JOINER}شناسند."
    polluted = sound.replace("\N{ZERO WIDTH NON-JOINER}", pollute("\N{ZERO WIDTH NON-JOINER}", "utf-8", "latin-1"))
    assert repaired(polluted) == sound


def test_repairs_a_line_of_one_short_word() -> None:
    assert repaired(pollute("يا:", "utf-8", "windows-1252")) == "يا:"
