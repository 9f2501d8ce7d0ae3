"""Bytes to text and back, without losing one byte.

`decode` finds out how a file was written; `encode` undoes it. The promise that everything else builds on: for any
bytes, `encode(decode(data).text, decode(data)) == data`. Bytes that mean nothing in the file's encoding become
U+FFFD in the text, and `Decoded.trouble` remembers each of them, so that a file with one broken byte can be linted,
fixed elsewhere and written with its broken byte still in place.

UTF-8 comes first and wins whenever it can be right. What is not UTF-8 is tried as UTF-16 without a byte order mark,
Windows-1256, ISO-8859-6 and MacArabic, and taken for one of them only where it then reads like text in a language
(`evidence.weigh`). What reads like nothing is UTF-8 with trouble, or binary.
"""

from __future__ import annotations

import codecs
from unicodedata import category

import msgspec
from msgspec import structs

from corpuslint.text.evidence import weigh
from corpuslint.text.patterns import compile_re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

BINARY = "binary"
"""The `encoding` of data that is not text at all; its text is empty."""


class Undecoded(msgspec.Struct, frozen=True):
    """Bytes that could not be read: where they stand in the text, and which U+FFFD stands for them.

    `ordinal` counts every U+FFFD of the text from 0, those that the file itself holds too.
    """

    offset: int
    ordinal: int
    raw: bytes


class Decoded(msgspec.Struct, frozen=True):
    """A file's text and how it was written.

    `encoding` is a name that Python knows (`utf-8`, `utf-16-le`, `windows-1256`, `iso-8859-6`, `mac-arabic`, …) or
    `BINARY`. `bom` says whether a byte order mark stood first; it is not part of the text. `newline` is the
    commonest line end, "" in a text of one line; line ends stay in the text as they were. `trouble` lists the bytes
    that could not be read. `verbatim` holds the data itself where the encoding cannot give it back (binary data, and
    MacArabic, which has two codes for each of many characters), and is empty otherwise.
    """

    text: str
    encoding: str = "utf-8"
    bom: bool = False
    newline: str = "\n"
    trouble: tuple[Undecoded, ...] = ()
    verbatim: bytes = b""

    @property
    def is_binary(self) -> bool:
        """Whether the data is not text."""
        return self.encoding == BINARY


def decode(data: bytes) -> Decoded:
    """The text of `data`, with everything `encode` needs to give back exactly `data`.

    >>> decode("قال".encode()).text
    'قال'
    >>> decode("قال الرئيس إن بلاده".encode("windows-1256")).encoding
    'windows-1256'
    >>> [(one.offset, one.raw) for one in decode(b"a\\xffb").trouble]
    [(1, b'\\xff')]
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark) and (not encoding.startswith("utf-32") or _is_utf32(data, encoding)):
            return _read(data, encoding, mark)
    if data.startswith(_SIGNATURES):
        return _binary(data)
    sample = data[:_SAMPLE]
    if b"\x00" in sample or b"\x06" in sample:
        encoding = _utf16_without_mark(sample)
        if encoding:
            return _read(data, encoding)
        if _looks_binary(sample):
            return _binary(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _read(data, _legacy_encoding(data))
    return Decoded(text, newline=_newline(text))


def encode(text: str, decoded: Decoded) -> bytes:
    """`text` written the way `decoded` was: its encoding, its byte order mark, its unreadable bytes.

    For `text == decoded.text` these are the bytes that were read, always. For an edited text every U+FFFD that stood
    for unreadable bytes becomes those bytes again, as long as the text still holds as many U+FFFD as it did.

    Raises UnicodeEncodeError where an edited text holds a character that the encoding lacks.
    """
    if decoded.verbatim and text == decoded.text:
        return decoded.verbatim
    codec = "utf-8" if decoded.is_binary else decoded.encoding
    mark = _MARK_OF[codec] if decoded.bom else b""
    if not decoded.trouble:
        return mark + text.encode(codec)
    pieces = text.split(REPLACEMENT)
    kept = {one.ordinal: one.raw for one in decoded.trouble}
    if len(pieces) - 1 != decoded.text.count(REPLACEMENT):
        kept = {}
    written = [mark]
    for ordinal, piece in enumerate(pieces):
        if ordinal:
            raw = kept.get(ordinal - 1)
            written.append(REPLACEMENT.encode(codec) if raw is None else raw)
        written.append(piece.encode(codec))
    return b"".join(written)


_SAMPLE = 16_384
"""Bytes looked at where the whole would teach no more."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16 LE, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK_OF = {encoding: mark for mark, encoding in _MARKS}

_SIGNATURES = (
    b"%PDF-",
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",  # JPEG
    b"GIF8",
    b"PK\x03\x04",  # zip, docx, xlsx, epub
    b"\x1f\x8b",  # gzip
    b"\x28\xb5\x2f\xfd",  # zstd
    b"BZh9",
    b"7z\xbc\xaf\x27\x1c",
    b"\xfd7zXZ\x00",
    b"Rar!\x1a\x07",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",  # Office documents before 2007
    b"\x7fELF",
    b"SQLite format 3\x00",
    b"PAR1",  # Parquet
)
"""How files begin that hold no text. https://en.wikipedia.org/wiki/List_of_file_signatures"""

_LEGACY = ("windows-1256", "iso-8859-6", "mac-arabic")

_SURROGATE = compile_re("[\ud800-\udfff]")
_CONTROL = compile_re(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")


def _read(data: bytes, encoding: str, mark: bytes = b"") -> Decoded:
    """`data` in `encoding`, each unreadable byte as U+FFFD; in UTF-16 each half of a pair, and a cut last unit."""
    content = data[len(mark) :]
    wide = encoding.startswith("utf-16")
    whole = len(content) // 2 * 2 if wide else len(content)
    text = content[:whole].decode(encoding, "surrogatepass" if wide else "surrogateescape")
    pieces: list[str] = []
    trouble: list[Undecoded] = []
    at = byte_offset = ordinal = 0
    for match in _SURROGATE.finditer(text):
        piece = text[at : match.start()]
        byte_offset += len(piece.encode(encoding))
        ordinal += piece.count(REPLACEMENT)
        raw = content[byte_offset : byte_offset + (2 if wide else 1)]
        trouble.append(Undecoded(match.start(), ordinal, raw))
        pieces += (piece, REPLACEMENT)
        at = match.end()
        byte_offset += len(raw)
        ordinal += 1
    pieces.append(text[at:])
    if whole < len(content):
        ordinal += text[at:].count(REPLACEMENT)
        trouble.append(Undecoded(len(text), ordinal, content[whole:]))
        pieces.append(REPLACEMENT)
    decoded = Decoded("".join(pieces), encoding, bool(mark), _newline(text), tuple(trouble))
    return decoded if encode(decoded.text, decoded) == data else structs.replace(decoded, verbatim=data)


def _is_utf32(data: bytes, encoding: str) -> bool:
    """Whether all of `data` is UTF-32; what only begins like it is UTF-16 or no text."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _binary(data: bytes) -> Decoded:
    return Decoded("", BINARY, False, "", (), verbatim=data)


def _looks_binary(sample: bytes) -> bool:
    """Whether control characters are so many that no accident of a scraper explains them."""
    controls = len(_CONTROL.findall(sample))
    return controls >= 8 and controls * 10 > len(sample)


def _utf16_without_mark(sample: bytes) -> str:
    """The byte order of UTF-16 text without a mark, "" where the sample is something else.

    The Arabic block is U+06xx and the space is U+0020, so every second byte is 06 or 00: which, in UTF-8, are
    control characters. A UTF-16 file of Arabic without a mark is therefore *valid* UTF-8, and only this tells it.
    """
    sample = sample[: len(sample) // 2 * 2]
    units = len(sample) // 2
    if not units:
        return ""
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        telling = high.count(0x00) + high.count(0x06)
        misleading = low.count(0x00) + low.count(0x06)
        if telling * 10 >= units * 7 and misleading * 4 < telling and _is_plain(sample, encoding):
            return encoding
    return ""


def _is_plain(sample: bytes, encoding: str) -> bool:
    """Whether the sample decodes to text that is hardly ever interrupted by controls and unassigned characters."""
    text = sample.decode(encoding, "replace")
    odd = sum(category(character) in _ODD and character not in "\t\r\n" for character in text)
    return odd * 20 <= len(text)


_ODD = ("Cc", "Cn", "Co", "Cs")


def _legacy_encoding(data: bytes) -> str:
    """The encoding of data that is not valid UTF-8.

    Broken UTF-8 stays UTF-8: where most characters beyond ASCII are well formed, the others are damage.
    """
    text = data[:_SAMPLE].decode("utf-8", "surrogateescape")
    bad = len(_SURROGATE.findall(text))
    good = len(_BEYOND_ASCII.findall(text)) - bad
    if good >= 4 * bad and good:
        return "utf-8"
    first = _HIGH_BYTE.search(data)
    sample = data[max(0, first.start() - 1_000) :][:_SAMPLE] if first else data[:_SAMPLE]
    return _best_arabic(sample) or "utf-8"


_BEYOND_ASCII = compile_re("[^\x00-\x7f]")
_HIGH_BYTE = compile_re(rb"[\x80-\xff]")


def _best_arabic(sample: bytes) -> str:
    """The Arabic code page in which the sample reads like text, "" if in none."""
    weighed = []
    for rank, encoding in enumerate(_LEGACY):
        text = sample.decode(encoding, "replace")
        found = weigh(text)
        # Codes without a character, and C1 controls, are what a wrong code page shows first.
        oddities = text.count(REPLACEMENT) + len(_C1.findall(text))
        if found.convincing and oddities * 20 <= len(_HIGH_BYTE.findall(sample)):
            weighed.append((found.score - 4 * oddities, -rank, encoding))
    return max(weighed)[2] if weighed else ""


_C1 = compile_re("[\x80-\x9f]")


def _newline(text: str) -> str:
    if "\r" not in text:
        return "\n" if "\n" in text else ""
    both = text.count("\r\n")
    counted = ((both, "\r\n"), (text.count("\n") - both, "\n"), (text.count("\r") - both, "\r"))
    return max(counted, key=lambda pair: pair[0])[1]
