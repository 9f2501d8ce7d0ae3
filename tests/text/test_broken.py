"""Escapes are read back, and letters that became question marks or boxes are seen, while questions are left alone."""

import pytest

from corpuslint.text.broken import ESCAPED, lost_letters, unescape


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (r"\u0646\u0639\u0645", "نعم"),
        (r"\\u0646\\u0639\\u0645", "نعم"),
        (r"\u0646\n\u0639", "ن\nع"),
        (r"\u003c", "<"),
        (r"\ud83d\ude00", "😀"),
        (r"\ud83d", ""),
        (r"\u0000", ""),
        ("%u0646%u0639", "نع"),
        ("%D9%86%D8%B9", "نع"),
        ("%41%42", ""),
        ("%D9", ""),
        (r"\xd9\x86", "ن"),
        ("u0646u0639u0645", "نعم"),
    ],
)
def test_an_escape_is_read_back_where_it_stands_for_text(run: str, text: str) -> None:
    match = ESCAPED.fullmatch(run)
    assert match
    assert unescape(match[0]) == text


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("أعلن ????? أمس", []),
        ("??? ?????? ????", ["??? ?????? ????"]),
        ("نادي ?ولف الجديد", ["?"]),
        ("ا?غاز اور ا?خری اور ا?یا", ["?", "?", "?"]),
        ("فاز □□□ أمس", ["□□□"]),
        ("أعلن? الوزي? ع? خط?", ["أعلن? الوزي? ع? خط?"]),
        ("هل وصل??? نعم", []),
        ("متى?قال غدا", []),
        ("□ نعم □ لا", []),
        ("قال ؟ ؟؟ ؟ ؟ ثم سكت", []),
        ("https://example.org/كتاب?صفحة=2", []),
    ],
)
def test_lost_letters_are_told_from_questions(text: str, lost: list[str]) -> None:
    assert [span.of(text) for span in lost_letters(text)] == lost
