"""Bytes to text and back: which encoding is recognised, and that no byte is ever lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuslint.text.decoding import Decoded, Undecoded, decode, encode

ARABIC = "قال وزير الخارجية إن بلاده لن تشارك في الاجتماع المقبل، وأضاف أن القرار نهائي.\n"
PERSIAN = "وزير امور خارجه گفت که اين تصميم با توجه به شرايط کشور گرفته شده است.\n"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "windows-1256", "iso-8859-6", "mac-arabic")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_recognises_the_encoding_of_arabic(encoding: str) -> None:
    data = ARABIC.encode(encoding)
    decoded = decode(data)
    assert (decoded.encoding, decoded.text) == (encoding, ARABIC)
    assert encode(decoded.text, decoded) == data


def test_recognises_persian_of_the_cp1256_years() -> None:
    assert decode(PERSIAN.encode("windows-1256")).text == PERSIAN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_takes_off_the_byte_order_mark_and_puts_it_back(encoding: str) -> None:
    data = ("\N{ZERO WIDTH NO-BREAK SPACE}" + ARABIC).encode(encoding)
    decoded = decode(data)
    assert (decoded.encoding, decoded.bom, decoded.text) == (encoding, True, ARABIC)
    assert encode(decoded.text, decoded) == data


def test_broken_utf8_stays_utf8_and_names_its_broken_bytes() -> None:
    data = "بداية".encode() + b"\xd8" + " و\N{REPLACEMENT CHARACTER} ثم ".encode() + b"\xff" + "نهاية".encode()
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.trouble == (Undecoded(5, 0, b"\xd8"), Undecoded(13, 2, b"\xff"))
    assert encode(decoded.text, decoded) == data


def test_broken_bytes_survive_an_edit_elsewhere() -> None:
    decoded = decode("نص\N{NO-BREAK SPACE}فيه ".encode() + b"\xd8" + " حرف مكسور".encode())
    edited = decoded.text.replace("\N{NO-BREAK SPACE}", " ")
    assert encode(edited, decoded) == "نص فيه ".encode() + b"\xd8" + " حرف مكسور".encode()


def test_a_cut_utf16_file_keeps_its_last_byte() -> None:
    data = ARABIC.encode("utf-16-le") + b"\x27"
    decoded = decode(b"\xff\xfe" + data)
    assert decoded.trouble == (Undecoded(len(ARABIC), 0, b"\x27"),)
    assert encode(decoded.text, decoded) == b"\xff\xfe" + data


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n\xe2\xe3", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04rest", bytes(range(32)) * 8],
    ids=["pdf", "png", "zip", "controls"],
)
def test_what_is_no_text_is_binary(data: bytes) -> None:
    decoded = decode(data)
    assert (decoded.is_binary, decoded.text) == (True, "")
    assert encode(decoded.text, decoded) == data


@pytest.mark.parametrize(
    "text",
    ["", "a", "نص\x00قصير", "Only English here, naïve café.", "2015/07/21", "ملف\x06 فيه محرف تحكم"],
    ids=["empty", "letter", "nul", "latin", "digits", "control"],
)
def test_valid_utf8_is_read_as_utf8(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, newline="")


@pytest.mark.parametrize(
    ("text", "newline"),
    [("a\nb\n", "\n"), ("a\r\nb\r\nc\n", "\r\n"), ("a\rb", "\r"), ("a", "")],
    ids=["lf", "mostly-crlf", "cr", "none"],
)
def test_tells_the_commonest_line_end(text: str, newline: str) -> None:
    assert decode(text.encode()).newline == newline


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_gives_back_any_bytes(data: bytes) -> None:
    decoded = decode(data)
    assert encode(decoded.text, decoded) == data


@given(
    st.sampled_from([b"", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\xef\xbb\xbf"]),
    st.sampled_from(ENCODINGS),
    st.integers(0, 60),
    st.binary(max_size=9),
)
def test_gives_back_damaged_text(mark: bytes, encoding: str, cut: int, noise: bytes) -> None:
    whole = ARABIC.encode(encoding)
    data = mark + whole[:cut] + noise + whole[cut:]
    decoded = decode(data)
    assert encode(decoded.text, decoded) == data
    assert not any("\ud800" <= character <= "\udfff" for character in decoded.text)
