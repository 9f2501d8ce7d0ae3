# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True, initializedcheck=False, cpow=True
# cython: infer_types=True
"""The loops that see every letter, every word and every tree: compiled where a C compiler is, plain Python elsewhere.

One source, two ways to run it, the same numbers: `python hatch_build.py` compiles this file in place. Two habits keep
both ways alike. Integers of Python do not wrap, so a product is masked to 64 bits (`_ALL`); and arrays come from
outside (`array.array`, or a mapped file), since only they are arrays in both. An index outside its array raises
IndexError compiled too: no text, however odd, is worth reading memory that is not ours.

A word is known by its *key*: 64 bits made of its letters as a level (`words.levels`) folds them. Equal letters have
equal keys; that two words of one corpus share a key by chance is as likely as winning a lottery twice.
"""

from __future__ import annotations

from array import array
from typing import Any

try:
    import cython
except ImportError:
    from corpuslint.words import uncompiled as cython

COMPILED = bool(cython.compiled)
MADE_OF = ""  # in the compiled module: the SHA-256 of this file (`hatch_build.py`)

_ALL = cython.declare(cython.ulonglong, 0xFFFFFFFFFFFFFFFF)
_FIRST = cython.declare(cython.ulonglong, 0x9E3779B97F4A7C15)
_STEP = cython.declare(cython.ulonglong, 0xD6E8FEB86659FD93)
_STAR = cython.declare(cython.uint, 42)

# What a level's table says of a character below `_TABLED`; anything from 3 on is the letter that it folds to.
_SIGN = cython.declare(cython.uint, 0)
_VANISHES = cython.declare(cython.uint, 1)
_BLANK = cython.declare(cython.uint, 2)
_TABLED = cython.declare(cython.uint, 0x700)


@cython.cfunc
@cython.inline
def _grown(key: cython.ulonglong, letter: cython.uint) -> cython.ulonglong:
    """The key of a word that is one letter longer."""
    key = ((key ^ letter) * _STEP) & _ALL
    return key ^ (key >> 29)


@cython.cfunc
@cython.inline
def _kind(character: cython.Py_UCS4, folds: cython.ushort[::1]) -> cython.uint:
    """The letter that a character folds to at a level, or what else it is: `_SIGN`, `_VANISHES`, `_BLANK`."""
    code: cython.uint = ord(character)
    if code < _TABLED:
        return folds[code]
    if 0x200B <= code <= 0x200F or 0x202A <= code <= 0x202E or 0x2060 <= code <= 0x2069 or code == 0xFEFF:
        return _VANISHES
    if character.isalnum():
        return code
    return _BLANK if character.isspace() else _SIGN


def key_of(word: str, folds: cython.ushort[::1]) -> cython.ulonglong:
    """The key of one word; 0 for a word without letters."""
    return _part_key(word, 0, len(word), folds)


@cython.cfunc
def _part_key(
    text: str, start: cython.Py_ssize_t, end: cython.Py_ssize_t, folds: cython.ushort[::1]
) -> cython.ulonglong:
    key: cython.ulonglong = _FIRST
    found: cython.bint = False
    for place in range(start, end):
        kind = _kind(text[place], folds)
        if kind > _BLANK:
            key = _grown(key, kind)
            found = True
    return key if found else 0


def starred_key_of(letters: str, folds: cython.ushort[::1]) -> cython.ulonglong:
    """The key under which a lexicon keeps what it knows of all words that begin with these letters."""
    return _grown(key_of(letters, folds), _STAR)


def joined_key(first: cython.ulonglong, second: cython.ulonglong) -> cython.ulonglong:
    """The key of two words, or of a sequence of words and one more."""
    return _joined(first, second)


@cython.cfunc
@cython.inline
def _joined(first: cython.ulonglong, second: cython.ulonglong) -> cython.ulonglong:
    first = ((first ^ (second >> 32)) * _STEP) & _ALL
    first = ((first ^ (first >> 29) ^ second) * _STEP) & _ALL
    return first ^ (first >> 32)


def count_words(text: str, folds: cython.ushort[::1]) -> cython.Py_ssize_t:
    """How many words `cut_words` finds: for texts so long that room for the most there could be is too much."""
    count = 0
    inside: cython.bint = False
    numeral: cython.bint = False
    for character in text:
        kind = _kind(character, folds)
        if kind > _BLANK:
            if not inside or numeral != (0x30 <= kind <= 0x39):
                count += 1
                inside = True
                numeral = 0x30 <= kind <= 0x39
        elif kind != _VANISHES or 0x200B <= ord(character) <= 0x200D:
            inside = False
    return count


def cut_words(
    text: str,
    folds: cython.ushort[::1],
    starts: cython.int[::1],
    ends: cython.int[::1],
    keys: cython.ulonglong[::1],
    gaps: cython.uchar[::1],
    lines: cython.int[::1],
) -> cython.Py_ssize_t:
    """Fill the arrays of a `Reading`; the number of words. `lines` has eight numbers for each line of the text."""
    size = len(text)
    count = 0
    row = 0
    end = 0
    key: cython.ulonglong = 0
    inside: cython.bint = False
    numeral: cython.bint = False
    gap: cython.uchar = 3
    arabic = 0
    latin = 0
    other = 0
    digits = 0
    signs = 0
    if size:
        lines[0] = 0
        lines[2] = 0
    place = -1
    for character in text:
        place += 1
        code = ord(character)
        kind = _kind(character, folds)
        if kind > _BLANK:
            if inside and numeral != (0x30 <= kind <= 0x39):  # "24sata": two words, with nothing between
                ends[count] = end
                keys[count] = key
                count += 1
                inside = False
                gap = 1
            if not inside:
                inside = True
                numeral = 0x30 <= kind <= 0x39
                starts[count] = place
                gaps[count] = gap
                key = _FIRST
            key = _grown(key, kind)
            end = place + 1
            if 0x30 <= kind <= 0x39:
                digits += 1
            elif 0x620 <= code < 0x780 or 0x8A0 <= code < 0x900 or 0xFB50 <= code < 0xFF00:
                arabic += 1
            elif code < 0x250 or 0x1E00 <= code < 0x1F00:
                latin += 1
            else:
                other += 1
            continue
        if kind == _VANISHES:
            if inside and not 0x200B <= code <= 0x200D:
                if code < _TABLED:  # a vowel sign belongs to its word, a direction mark does not
                    end = place + 1
                continue
            if inside:  # what joins two words
                ends[count] = end
                keys[count] = key
                count += 1
                inside = False
                gap = 1
            continue
        if inside:
            ends[count] = end
            keys[count] = key
            count += 1
            inside = False
            gap = 0
        if code == 10 or code == 13:
            if code == 13 and place + 1 < size and text[place + 1] == "\n":
                continue
            # The line end of "\r\n" begins one character earlier.
            lines[row + 1] = place - 1 if code == 10 and place > 0 and text[place - 1] == "\r" else place
            lines[row + 3] = arabic
            lines[row + 4] = latin
            lines[row + 5] = other
            lines[row + 6] = digits
            lines[row + 7] = signs
            arabic = latin = other = digits = signs = 0
            row += 8
            gap = 3
            if place + 1 < size:
                lines[row] = place + 1
                lines[row + 2] = count
        elif kind == _BLANK:
            if gap == 1:
                gap = 0
        else:
            signs += 1
            if gap < 2:
                gap = 2
    if inside:
        ends[count] = end
        keys[count] = key
        count += 1
    if size and text[size - 1] != "\n" and text[size - 1] != "\r":
        lines[row + 1] = size
        lines[row + 3] = arabic
        lines[row + 4] = latin
        lines[row + 5] = other
        lines[row + 6] = digits
        lines[row + 7] = signs
    return count


def characters_of(text: str, seen: cython.uchar[::1], tabled: list[str]) -> frozenset[str]:
    """The characters of a text; `seen` are zeros for those that levels have in their tables, which are `tabled`."""
    found: set[str] = set()
    for character in text:
        code: cython.uint = ord(character)
        if code >= _TABLED:
            found.add(character)
        elif not seen[code]:
            seen[code] = 1
            found.add(tabled[code])
    return frozenset(found)


# Tables of keys. A table is a power of two of slots; a key stands in the first free slot from the one it points to.


@cython.cfunc
@cython.inline
def _place_of(slots: cython.ulonglong[::1], key: cython.ulonglong) -> cython.Py_ssize_t:
    """The slot that has a key, or would get it; half of a table's slots are empty."""
    mask = len(slots) - 1
    place = (key ^ (key >> 32)) & mask
    while slots[place] != 0 and slots[place] != key:
        place = (place + 1) & mask
    return place


@cython.cfunc
@cython.inline
@cython.exceptval(-2)
def _number(slots: cython.ulonglong[::1], numbers: cython.int[::1], key: cython.ulonglong) -> cython.int:
    place = _place_of(slots, key)
    return numbers[place] if slots[place] else -1


def fill_slots(
    slots: cython.ulonglong[::1], numbers: cython.int[::1], keys: cython.ulonglong[::1]
) -> cython.Py_ssize_t:
    """Put `keys` into empty slots, each with its index as number; a key that comes again keeps its first number."""
    count = 0
    for index in range(len(keys)):
        place = _place_of(slots, keys[index])
        if slots[place] == 0:
            slots[place] = keys[index]
            numbers[place] = index
            count += 1
    return count


def number_of(key: cython.ulonglong, slots: cython.ulonglong[::1], numbers: cython.int[::1]) -> cython.int:
    """The number of a key in a table, -1 where it is not there."""
    return _number(slots, numbers, key)


FIRST_BITS = 1 << 16


def find_phrases(
    keys: cython.ulonglong[::1],
    gaps: cython.uchar[::1],
    slots: cython.ulonglong[::1],
    numbers: cython.int[::1],
    firsts: cython.uchar[::1],
    found: cython.int[::1],
) -> cython.Py_ssize_t:
    """Walk the phrases from every word on; three numbers for each that stands there: state, first word, last word.

    `firsts` are bits for the numbers in front of keys, set where a phrase begins with such a word: a few kilobytes,
    always at hand, say no for most words. Returns how many numbers were needed; where that is more than `found` has
    room for, the walk is to be done again.
    """
    count = len(keys)
    room = len(found)
    needed = 0
    for first in range(count):
        state = keys[first]
        if not firsts[state >> 51] >> (state >> 48 & 7) & 1:
            continue
        number = _number(slots, numbers, state)
        word = first
        while number >= 0:
            if number & 1:
                if needed + 3 <= room:
                    found[needed] = number >> 1
                    found[needed + 1] = first
                    found[needed + 2] = word
                needed += 3
            word += 1
            if word >= count or gaps[word] == 3:
                break
            state = _joined(state, keys[word]) if gaps[word] < 2 else _joined(state ^ 1, keys[word])
            number = _number(slots, numbers, state)
    return needed


# Where what is looked for in a folded text can begin.

_MOST_WORDS_BEFORE = cython.declare(cython.int, 6)
_MOST_JOINED = cython.declare(cython.int, 4)


def grown_key(key: cython.ulonglong, letter: cython.uint) -> cython.ulonglong:
    """The key of what is one letter longer; of the letter alone where `key` is 0."""
    return _grown(key if key else _FIRST, letter)


def find_openings(
    text: str,
    folds: cython.ushort[::1],
    joined: str,
    slots: cython.ulonglong[::1],
    numbers: cython.int[::1],
    places: cython.int[::1],
) -> cython.Py_ssize_t:
    """Fill `places` with the beginnings of words and numbers at which an opening stands; how many there are."""
    count = 0
    place = -1
    letter: cython.bint = False
    digit: cython.bint = False
    for character in text:
        place += 1
        inside = letter
        running = digit
        digit = "0" <= character <= "9"
        letter = not digit and _kind(character, folds) > _BLANK
        if not (letter and not inside) and not (digit and not running):
            continue
        first: cython.uint = 0x30 if digit else ord(character)
        may_open = _number(slots, numbers, _grown(_FIRST, first)) >= 0 or character in joined
        if may_open and _opens_at(text, place, joined, slots, numbers):
            places[count] = place
            count += 1
    return count


@cython.cfunc
def _opens_at(
    text: str, at: cython.Py_ssize_t, joined: str, slots: cython.ulonglong[::1], numbers: cython.int[::1]
) -> cython.bint:
    """Whether an opening stands at a place, or behind words that may stand before one (their number is 2) and the
    letters that are written together with it."""
    size = len(text)
    key: cython.ulonglong
    character: cython.Py_UCS4
    for _ in range(_MOST_WORDS_BEFORE + 1):
        behind = -1
        for skipped in range(_MOST_JOINED + 1):
            key = _FIRST
            end = at + skipped
            while end < size:
                character = text[end]
                end += 1
                if "0" <= character <= "9":
                    character = "0"
                    while end < size and "0" <= text[end] <= "9":
                        end += 1
                elif character == " ":
                    while end < size and text[end] == " ":
                        end += 1
                key = _grown(key, ord(character))
                number = _number(slots, numbers, key)
                if number < 0:
                    break
                if number == 1:
                    return True
                if number == 2 and end < size and text[end] == " ":
                    behind = end
            if behind >= 0 or at + skipped >= size or text[at + skipped] not in joined:
                break
        if behind < 0:
            return False
        at = behind
        while at < size and text[at] == " ":
            at += 1
    return False


# What texts are compared by.


@cython.cfunc
@cython.inline
def _put_letter(code: cython.uint, room: cython.uchar[::1], at: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Write a letter in UTF-8; where the next begins."""
    if code < 0x80:
        room[at] = code
        return at + 1
    if code < 0x800:
        room[at] = 0xC0 | (code >> 6)
        room[at + 1] = 0x80 | (code & 0x3F)
        return at + 2
    if code < 0x10000:
        room[at] = 0xE0 | (code >> 12)
        room[at + 1] = 0x80 | (code >> 6 & 0x3F)
        room[at + 2] = 0x80 | (code & 0x3F)
        return at + 3
    room[at] = 0xF0 | (code >> 18)
    room[at + 1] = 0x80 | (code >> 12 & 0x3F)
    room[at + 2] = 0x80 | (code >> 6 & 0x3F)
    room[at + 3] = 0x80 | (code & 0x3F)
    return at + 4


@cython.cfunc
def _first_letters(
    text: str, at: cython.Py_ssize_t, end: cython.Py_ssize_t, most: cython.Py_ssize_t, by_paragraph: cython.bint,
    folds: cython.ushort[::1], forms: dict[int, str], room: cython.uchar[::1], filled: cython.Py_ssize_t,
) -> cython.Py_ssize_t:  # fmt: skip
    """Put the first letters between two places behind the bytes that are `filled`; how many are then."""
    line_ended: cython.bint = False
    character: cython.Py_UCS4
    while at < end and most > 0:
        character = text[at]
        code: cython.uint = ord(character)
        at += 1
        if code == 10 or code == 13:
            if by_paragraph and line_ended:
                break
            line_ended = True
            if code == 13 and at < end and text[at] == "\n":
                at += 1
            continue
        if line_ended and not character.isspace():
            line_ended = False
        if code < _TABLED:
            if folds[code]:
                filled = _put_letter(folds[code], room, filled)
                most -= 1
        elif code >= 0xFB50 and code in forms:
            for character in forms[code]:
                if most > 0:
                    filled = _put_letter(ord(character), room, filled)
                    most -= 1
        elif character.isalnum():
            filled = _put_letter(code, room, filled)
            most -= 1
    return filled


def letters_found(
    text: str,
    spans: cython.int[::1],
    most: cython.Py_ssize_t,
    behind: cython.Py_ssize_t,
    folds: cython.ushort[::1],
    forms: dict[int, str],
    room: cython.uchar[::1],
    ends: cython.int[::1],
) -> None:
    """Put letters and digits into `room`, folded and in UTF-8: of each span of a text the first `most`, a NUL, and the
    first `behind` that follow in the same paragraph; `ends` gets where those of each span end.

    `folds` is 0 for what is no letter; `forms` are characters that stand for several. Of four characters one is read
    for a letter at least.
    """
    filled = 0
    for index in range(len(ends)):
        start = spans[2 * index]
        end = spans[2 * index + 1]
        filled = _first_letters(text, start, min(end, start + 4 * most), most, False, folds, forms, room, filled)
        room[filled] = 0
        last = min(len(text), end + 4 * behind)
        filled = _first_letters(text, end, last, behind, True, folds, forms, room, filled + 1)
        ends[index] = filled


# Where findings stand.


@cython.cfunc
@cython.inline
def _bytes_of(code: cython.uint) -> cython.Py_ssize_t:
    """How many bytes a character has in UTF-8."""
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4


@cython.cfunc
@cython.inline
def _ends_line(text: str, at: cython.Py_ssize_t, size: cython.Py_ssize_t, code: cython.uint) -> cython.bint:
    """Whether a line ends behind the character at a place."""
    return code == 10 or (code == 13 and (at + 1 == size or text[at + 1] != "\n"))


PLACE_STRIDE = 64
_STRIDE = cython.declare(cython.Py_ssize_t, 64)


def place_all(text: str, offsets: cython.int[::1], marks: cython.int[::1], places: cython.int[::1]) -> None:
    """Fill `places` with the row, the column, the offset itself and the column in UTF-8 of each of the `offsets`, rows
    and columns from 1 on. One behind the text is its end.

    `marks` has room for three numbers each `PLACE_STRIDE` characters, and three more.
    """
    size = len(text)
    row = 1
    start: cython.Py_ssize_t = 0
    width: cython.Py_ssize_t = 1
    at: cython.Py_ssize_t = 0
    farthest: cython.Py_ssize_t = 0
    for index in range(len(offsets)):
        if offsets[index] > farthest:
            farthest = offsets[index]
    if farthest > size:
        farthest = size
    mark = 0
    while True:
        marks[mark] = row
        marks[mark + 1] = start
        marks[mark + 2] = width
        mark += 3
        if farthest - at < _STRIDE:
            break
        stop = at + _STRIDE
        while at < stop:
            code: cython.uint = ord(text[at])
            width += _bytes_of(code)
            if code < 14 and _ends_line(text, at, size, code):
                row += 1
                start = at + 1
                width = 1
            at += 1
    for index in range(len(offsets)):
        offset: cython.Py_ssize_t = offsets[index]
        if offset > size:
            offset = size
        if not offset - offset % _STRIDE <= at <= offset:  # else what was counted last goes on
            at = offset - offset % _STRIDE
            mark = 3 * (offset // _STRIDE)
            row = marks[mark]
            start = marks[mark + 1]
            width = marks[mark + 2]
        while at < offset:
            code = ord(text[at])
            width += _bytes_of(code)
            if code < 14 and _ends_line(text, at, size, code):
                row += 1
                start = at + 1
                width = 1
            at += 1
        places[4 * index] = row
        places[4 * index + 1] = offset - start + 1
        places[4 * index + 2] = offset
        places[4 * index + 3] = width


@cython.cfunc
def _blank_in(text: str, at: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where the first blank stands between two places, -1 where there is none."""
    while at < end:
        if text[at].isspace():
            return at
        at += 1
    return -1


@cython.cfunc
def _left_edge(
    text: str, line_start: cython.Py_ssize_t, start: cython.Py_ssize_t,
    context: cython.Py_ssize_t, longest: cython.Py_ssize_t,
) -> cython.Py_ssize_t:  # fmt: skip
    """Where an excerpt begins that shows so many characters of the line before a place, and the rest of a word that is
    no longer than `longest`."""
    left = start - context
    if left <= line_start:
        return line_start
    blank = _blank_in(text, left - 1, min(start, left + longest))
    return blank + 1 if blank >= 0 else left


@cython.cfunc
def _line_end(text: str, at: cython.Py_ssize_t, limit: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where the line of a place ends, as far as is looked: a line may be 50 MB long."""
    limit = min(len(text), limit)
    while at < limit and text[at] != "\n" and text[at] != "\r":
        at += 1
    return at


@cython.cfunc
def _right_edge(
    text: str, end: cython.Py_ssize_t, last: cython.Py_ssize_t, context: cython.Py_ssize_t, longest: cython.Py_ssize_t
) -> cython.Py_ssize_t:  # fmt: skip
    """Where an excerpt ends, as `_left_edge` says where it begins; `last` is the end of the line."""
    right = end + context
    if last <= right:
        return last
    blank = _blank_in(text, right, min(last, right + longest))
    if blank >= 0:
        return blank
    return last if last - right <= longest else right


@cython.ccall
def excerpt(
    text: str, line_start: cython.Py_ssize_t, start: cython.Py_ssize_t, end: cython.Py_ssize_t,
    context: cython.Py_ssize_t, most: cython.Py_ssize_t, longest: cython.Py_ssize_t,
) -> tuple[str, str, str]:  # fmt: skip
    """What to show of a match: what stands before it on its line, itself, and what stands behind. Of a match of more
    than `most` characters its two ends are shown; words that are no longer than `longest` stay whole."""
    left = _left_edge(text, line_start, start, context, longest)
    last = _line_end(text, end, end + context + longest + 1)
    right = _right_edge(text, end, last, context, longest)
    match = text[start:end]
    size = len(match)
    if size > most:
        line = match.replace("\n", " ").replace("\r", " ")
        head = _right_edge(line, 0, min(size, 2 * (most // 2 + longest)), most // 2, longest)
        tail = _left_edge(line, 0, size, most // 4, longest)
        if head < tail:
            match = match[:head] + "…" + match[tail:]
    before = text[left:start]
    after = text[end:right]
    return "…" + before if left > line_start else before, match, after + "…" if right < last else after


def excerpts(
    text: str, places: cython.int[::1], context: cython.Py_ssize_t, most: cython.Py_ssize_t, longest: cython.Py_ssize_t
) -> list[tuple[str, str, str]]:  # fmt: skip
    """What to show of each match, whose two places are as `place_all` gives them."""
    shown = []
    for at in range(0, len(places), 8):
        start = places[at + 2]
        shown.append(excerpt(text, start - places[at + 1] + 1, start, places[at + 6], context, most, longest))
    return shown


def sign_runs(keys: cython.ulonglong[::1], smallest: cython.ulonglong[::1], signature: cython.uchar[::1]) -> None:
    """A byte of the smallest key of two words in a row in each of 128 bins, never 0 where there is one; a word that
    stands alone is a run."""
    for place in range(len(smallest)):
        smallest[place] = _ALL
    for word in range(max(len(keys) - 1, min(len(keys), 1))):
        key = _joined(keys[word], keys[word + 1] if len(keys) > 1 else 0)
        if key < smallest[key >> 57]:
            smallest[key >> 57] = key
    for place in range(len(smallest)):
        if smallest[place] != _ALL:  # the smallest of many is small in its high bits: only a mixed byte tells two apart
            byte: cython.ulonglong = _joined(_FIRST, smallest[place]) >> 56
            signature[place] = byte if byte else 1


def openings_of(
    text: str,
    starts: cython.int[::1],
    ends: cython.int[::1],
    keys: cython.ulonglong[::1],
    lines: cython.int[::1],
    words: cython.Py_ssize_t,
    places: cython.int[::1],
    hashes: cython.ulonglong[::1],
) -> cython.Py_ssize_t:
    """Where each line of so many words and more begins, and the key of its first words; how many lines these are.

    Words that a stroke or a colon parts from the others are no part of it: pages show an opening without its dateline.
    """
    count = 0
    key: cython.ulonglong
    for row in range(0, len(lines), 8):
        first = lines[row + 2]
        last = lines[row + 10] if row + 10 < len(lines) else len(keys)
        if last - first >= words:
            for word in range(first, min(first + _LONGEST_DATELINE, last - words)):
                for at in range(ends[word], starts[word + 1]):
                    if text[at] in "-–—:":
                        first = word + 1
            key = keys[first]
            for word in range(first + 1, first + words):
                key = _joined(key, keys[word])
            places[count] = lines[row]
            hashes[count] = key
            count += 1
    return count


_LONGEST_DATELINE = cython.declare(cython.int, 9)


def without_numbers(text: str, starts: cython.int[::1], ends: cython.int[::1], keys: cython.ulonglong[::1]) -> None:
    """Put one key for all numbers in place of theirs, but for those that are glued to letters: "24sata"."""
    for word in range(len(keys)):
        glued = word > 0 and starts[word] == ends[word - 1]
        if not glued and not (word + 1 < len(keys) and ends[word] == starts[word + 1]):
            keys[word] = _sign_key(text, starts, keys, word)


# Terms: words without what Arabic writes together with them.

_SHAPE = cython.declare(cython.int, 15)
"""How many numbers tell of a paragraph how it opens and what it is made of."""
_LONGEST_PART = cython.declare(cython.int, 4000)
"""No more of one paragraph than this is read."""
_MOST_KEPT = cython.declare(cython.int, 1 << 15)
"""So many words of texts are remembered with what a `TermReader` knows of them."""
_AT_ONCE = cython.declare(cython.int, 128)
"""So many words are looked up together. A dateline, and the words behind it that tell of a paragraph, are fewer."""

# What is known of a word, in front of its number and its term's, of 29 bits each, counted from 1.
_TELLS = cython.declare(cython.int, 58)
_NAMES_DAY = cython.declare(cython.ulonglong, 1 << 58)
_TELLS_NEAR = cython.declare(cython.ulonglong, 1 << 59)
_TELLS_FAR = cython.declare(cython.ulonglong, 1 << 60)
_WEIGHS = cython.declare(cython.ulonglong, 1 << 61)
_IS_NUMERAL = cython.declare(cython.ulonglong, 1 << 62)
_NUMBER_BITS = cython.declare(cython.int, 29)
_ONE_NUMBER = cython.declare(cython.ulonglong, (1 << 29) - 1)


def packed(letters: str) -> cython.ulonglong:
    """Up to four letters as one number: what an affix is looked up by, and joined with 0 a piece of a word."""
    code: cython.ulonglong = 0
    for letter in letters:
        code = (code << 16) | ord(letter)
    return code


@cython.cfunc
def _key_between(letters: cython.uint[::1], start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.ulonglong:
    key: cython.ulonglong = _FIRST
    for place in range(start, end):
        key = _grown(key, letters[place])
    return key


@cython.cfunc
def _term(
    letters: cython.uint[::1],
    size: cython.Py_ssize_t,
    word: cython.ulonglong,
    articles: cython.ulonglong[::1],
    endings: cython.ulonglong[::1],
    numbers: cython.int[::1],
) -> cython.ulonglong:
    """The key of a word's stem, 0 for a word of one or two letters; `word` is its own key."""
    start = 0
    end = size
    if _is_number(letters, size):
        return word if size > 1 else 0
    if size < 3:
        return 0
    length = min(size - 3, 4)
    if length >= 2:
        code = 0
        for start in range(length):
            code = (code << 16) | letters[start]
        while length >= 2 and _number(articles, numbers, code) < 0:
            code = code >> 16
            length -= 1
        start = length if length >= 2 else 0
    if start == 0:
        for clitic in (0x0648, 0x0641, 0x0644, 0x0628):  # waw, feh, lam, beh, in this order
            if letters[start] == clitic and size - start > 4:
                start += 1
    code = 0
    length = 0
    while length < 3 and size - start - length > 3:
        length += 1
        code |= cython.cast(cython.ulonglong, letters[size - length]) << (16 * (length - 1))
    while length > 0:
        if _number(endings, numbers, code) >= 0:
            end = size - length
            break
        length -= 1
        code &= (cython.cast(cython.ulonglong, 1) << (16 * length)) - 1
    if start == 0 and end == size:
        return word
    return _key_between(letters, start, end)


@cython.final
@cython.cclass
class TermReader:
    """What is known of words as terms: tables, and what was read of the words before.

    `tables`: `folds` of letters; `articles`, `endings` and their `affixes` as `packed` letters; `slots` and `numbers`
    of words, and by number how much a term weighs (`term`), whether a word names a `day`, and what it says where a
    paragraph opens (`first`, `second`, `near`, `far`); `continuations` and `finals`, walked like phrases; and what
    weighs what is no word (`named`), in the order of `facts.terms.NAMED`.

    A word that comes again is known by its key in the reading of its text. Two keys that point to one place take turns,
    so no text makes this grow. One object is for one thread.
    """

    folds: cython.ushort[::1]
    articles: cython.ulonglong[::1]
    endings: cython.ulonglong[::1]
    affixes: cython.int[::1]
    slots: cython.ulonglong[::1]
    numbers: cython.int[::1]
    term: cython.double[::1]
    tells: cython.uchar[::1]
    first: cython.double[::1]
    second: cython.double[::1]
    near: cython.double[::1]
    far: cython.double[::1]
    named: cython.double[::1]
    continuations: cython.ulonglong[::1]
    finals: cython.int[::1]
    letters: cython.uint[::1]
    kept: cython.ulonglong[::1]
    keys: cython.ulonglong[::1]
    begins: cython.int[::1]
    stops: cython.int[::1]
    tokens: cython.ulonglong[::1]
    terms: cython.ulonglong[::1]
    facts: cython.ulonglong[::1]
    weights: cython.double[::1]
    places: cython.int[::1]
    missed: cython.int[::1]
    fetched: cython.ulonglong

    def __init__(self, tables: dict[str, Any]) -> None:
        self.folds = tables["folds"]
        self.articles = tables["articles"]
        self.endings = tables["endings"]
        self.affixes = tables["affixes"]
        self.slots = tables["slots"]
        self.numbers = tables["numbers"]
        self.term = tables["term"]
        self.first = tables["first"]
        self.second = tables["second"]
        self.near = tables["near"]
        self.far = tables["far"]
        self.named = tables["named"]
        self.continuations = tables["continuations"]
        self.finals = tables["finals"]
        self.letters = array("I", bytes(4 * 64))
        # Four numbers a word: its key in the reading; its letters' key, 0 for a word without letters; the key of its
        # term, 0 for one that weighs nothing; what is known of it.
        self.kept = array("Q", bytes(32 * _MOST_KEPT))
        # The words that are looked up together: their keys, where they begin and end, the same.
        self.keys = array("Q", bytes(8 * _AT_ONCE))
        self.begins = array("i", bytes(4 * _AT_ONCE))
        self.stops = array("i", bytes(4 * _AT_ONCE))
        self.tokens = array("Q", bytes(8 * _AT_ONCE))
        self.terms = array("Q", bytes(8 * _AT_ONCE))
        self.facts = array("Q", bytes(8 * _AT_ONCE))
        self.weights = array("d", bytes(8 * _AT_ONCE))
        self.places = array("i", bytes(4 * _AT_ONCE))
        self.missed = array("i", bytes(4 * _AT_ONCE))
        self._note(tables["day"])

    @cython.cfunc
    def _note(self, day: cython.double[::1]) -> cython.int:
        """Keep of each word, in a byte, which columns have something: they are too large to be at hand themselves."""
        self.tells = array("B", bytes(len(day) + 1))
        self.tells[0] = _WEIGHS >> _TELLS  # no word of the table
        for number in range(len(day)):
            bits: cython.ulonglong = _WEIGHS if self.term[number] > 0.0 else 0
            if day[number] != 0.0:
                bits |= _NAMES_DAY
            if self.near[number] != 0.0:
                bits |= _TELLS_NEAR
            if self.far[number] != 0.0:
                bits |= _TELLS_FAR
            self.tells[number + 1] = bits >> _TELLS
        return 0

    @cython.cfunc
    def _look_up(self, text: str, count: cython.Py_ssize_t) -> cython.int:
        """Find what is known of some words of a text. Nothing is kept under the key 0.

        One step after the other, and nothing that waits for what is fetched: so the processor fetches much at once.
        """
        kept: cython.ulonglong[::1] = self.kept
        keys: cython.ulonglong[::1] = self.keys
        tokens: cython.ulonglong[::1] = self.tokens
        terms: cython.ulonglong[::1] = self.terms
        facts: cython.ulonglong[::1] = self.facts
        places: cython.int[::1] = self.places
        missed: cython.int[::1] = self.missed
        fact: cython.ulonglong
        number: cython.int
        misses = 0
        for at in range(count):
            place = 4 * ((keys[at] ^ (keys[at] >> 32)) & (_MOST_KEPT - 1))
            places[at] = place
            tokens[at] = kept[place]
        for at in range(count):
            place = places[at]
            if tokens[at] == keys[at] and keys[at]:
                tokens[at] = kept[place + 1]
                terms[at] = kept[place + 2]
                facts[at] = kept[place + 3]
            else:
                missed[misses] = at
                misses += 1
        if misses:
            for miss in range(misses):
                self._stem(text, missed[miss])
            self._number_all(tokens, misses)
            for miss in range(misses):
                facts[missed[miss]] |= places[miss]
            self._number_all(terms, misses)
            for miss in range(misses):
                at = missed[miss]
                number = places[miss]
                fact = facts[at] | cython.cast(cython.ulonglong, self.tells[facts[at] & _ONE_NUMBER]) << _TELLS
                fact = fact & ~_WEIGHS | cython.cast(cython.ulonglong, self.tells[number]) << _TELLS & _WEIGHS
                fact |= cython.cast(cython.ulonglong, number) << _NUMBER_BITS
                facts[at] = fact
                if not fact & _WEIGHS:
                    terms[at] = 0
                if keys[at]:
                    place = 4 * ((keys[at] ^ (keys[at] >> 32)) & (_MOST_KEPT - 1))
                    kept[place] = keys[at]
                    kept[place + 1] = tokens[at]
                    kept[place + 2] = terms[at]
                    kept[place + 3] = fact
        for at in range(count):
            number = cython.cast(cython.int, facts[at] >> _NUMBER_BITS & _ONE_NUMBER)
            self.weights[at] = self.term[number - 1] if number > 0 else 1.0
        return 0

    @cython.cfunc
    def _number_all(self, keys: cython.ulonglong[::1], misses: cython.Py_ssize_t) -> cython.int:
        """The numbers, counted from 1, of the keys of the words that were missed; 0 where the table has none."""
        slots: cython.ulonglong[::1] = self.slots
        numbers: cython.int[::1] = self.numbers
        places: cython.int[::1] = self.places
        missed: cython.int[::1] = self.missed
        key: cython.ulonglong
        found: cython.ulonglong = 0
        mask = len(slots) - 1
        for miss in range(misses):
            key = keys[missed[miss]]
            found |= slots[(key ^ (key >> 32)) & mask]
        self.fetched = found
        for miss in range(misses):
            places[miss] = _place_of(slots, keys[missed[miss]])
        for miss in range(misses):
            places[miss] = numbers[places[miss]] + 1 if slots[places[miss]] else 0
        return 0

    @cython.cfunc
    def _stem(self, text: str, at: cython.Py_ssize_t) -> cython.int:
        """Read the letters of a word."""
        letters: cython.uint[::1] = self.letters
        token: cython.ulonglong = _FIRST
        size: cython.Py_ssize_t = self._letters(text, self.begins[at], self.stops[at], len(letters))
        for place in range(size):
            token = _grown(token, letters[place])
        self.tokens[at] = token if size else 0
        self.terms[at] = _term(letters, size, token, self.articles, self.endings, self.affixes) if size else 0
        self.facts[at] = _IS_NUMERAL if size and _is_number(letters, size) else 0
        return 0

    @cython.cfunc
    def _letters(
        self, text: str, start: cython.Py_ssize_t, end: cython.Py_ssize_t, most: cython.Py_ssize_t
    ) -> cython.Py_ssize_t:
        """Fold the first letters of a word; how many there are."""
        size: cython.Py_ssize_t = 0
        for place in range(start, end):
            kind = _kind(text[place], self.folds)
            if kind > _BLANK:
                self.letters[size] = kind
                size += 1
                if size == most:
                    break
        return size

    @cython.cfunc
    def _opened(self, text: str, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.double:
        """What sixty words from `start` on say of a paragraph that opens with them.

        The first and the second speak by themselves and by their first letters, those up to the twelfth and those
        behind it once each.
        """
        facts: cython.ulonglong[::1] = self.facts
        total = 0.0
        begin = start + 2
        bit: cython.ulonglong = _TELLS_NEAR
        fact: cython.ulonglong
        seen: cython.ulonglong = 0
        end = min(start + 60, end)
        if start < end:
            total += self._weight(self.first, cython.cast(cython.int, facts[start] & _ONE_NUMBER) - 1)
            total += self._weight(self.first, self._starred(text, start, 1))
            total += self._weight(self.first, self._starred(text, start, 2))
        if start + 1 < end:
            total += self._weight(self.second, cython.cast(cython.int, facts[start + 1] & _ONE_NUMBER) - 1)
            total += self._weight(self.second, self._starred(text, start + 1, 2))
        for place in range(start + 2, end):
            if place == start + 12:
                begin = place
                bit = _TELLS_FAR
                seen = 0
            fact = facts[place]
            if fact & bit:
                again = begin
                if seen >> (fact & 63) & 1:  # this one, or another
                    while facts[again] & _ONE_NUMBER != fact & _ONE_NUMBER:
                        again += 1
                else:
                    again = place
                if again == place:
                    number = cython.cast(cython.int, fact & _ONE_NUMBER) - 1
                    total += self.near[number] if place < start + 12 else self.far[number]
                seen |= cython.cast(cython.ulonglong, 1) << (fact & 63)
        return total

    @cython.cfunc
    def _starred(self, text: str, at: cython.Py_ssize_t, count: cython.Py_ssize_t) -> cython.int:
        """The number of all words that begin with the first letters of a word."""
        key: cython.ulonglong = _FIRST
        for place in range(self._letters(text, self.begins[at], self.stops[at], count)):
            key = _grown(key, self.letters[place])
        return _number(self.slots, self.numbers, _grown(key, _STAR))

    @cython.cfunc
    @cython.inline
    def _weight(self, column: cython.double[::1], number: cython.int) -> cython.double:
        return column[number] if number >= 0 else 0.0

    @cython.cfunc
    def _goes_on(self, at: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
        """Whether a paragraph that opens with these words goes on with what was said: 1, or 2 behind an "and"."""
        if at >= end:
            return 0
        state: cython.ulonglong = self.tokens[at]
        number = _number(self.continuations, self.finals, state)
        while number == 0:
            at += 1
            if at >= end:
                return 0
            state = _joined(state, self.tokens[at])
            number = _number(self.continuations, self.finals, state)
        return number if number > 0 else 0


@cython.cfunc
def _is_number(letters: cython.uint[::1], size: cython.Py_ssize_t) -> cython.bint:
    place = 0
    while place < size and 0x30 <= letters[place] <= 0x39:
        place += 1
    return place == size


@cython.cfunc
def _first_behind(places: cython.int[::1], offset: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The first of some rising places that is behind an offset."""
    low = 0
    high = len(places)
    while low < high:
        middle = (low + high) // 2
        if places[middle] <= offset:
            low = middle + 1
        else:
            high = middle
    return low


@cython.cfunc
def _behind_letters(
    text: str, start: cython.Py_ssize_t, end: cython.Py_ssize_t, count: cython.Py_ssize_t, folds: cython.ushort[::1]
) -> cython.Py_ssize_t:
    """How far so many characters reach, those that vanish not counted."""
    while start < end:
        if _kind(text[start], folds) != _VANISHES:
            if count == 0:
                break
            count -= 1
        start += 1
    return start


def leads_of(text: str, spans: cython.int[::1], leads: cython.int[::1]) -> list[int]:
    """Fill of each paragraph that a span covers the first two of its four `leads`: whether it may begin with a
    dateline, a stroke before a blank, a bracket or a colon standing near, and whether it may be an item of a list.
    Returns the numbers of those that may."""
    found = []
    for part in range(len(spans) // 2):
        start = spans[2 * part]
        size = spans[2 * part + 1] - start
        place = -1
        character: cython.Py_UCS4
        before: cython.Py_UCS4 = " "
        piece: str = text[start : start + 90]
        for character in piece:
            place += 1
            if character < "ء" or character > "ے":
                if place == 0 and size > 0 and not character.isalpha():
                    leads[4 * part + 1] = 1
                if character == ":":
                    if place < 60:
                        leads[4 * part] = leads[4 * part + 1] = 1
                elif place < size and (character == "(" or (before in "-–—―" and character.isspace())):
                    leads[4 * part] = 1
            before = character
        if leads[4 * part] or leads[4 * part + 1]:
            found.append(part)
    return found


@cython.cfunc
def _marks_of(
    text: str,
    starts: cython.int[::1],
    ends: cython.int[::1],
    gaps: cython.uchar[::1],
    word: cython.Py_ssize_t,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    folds: cython.ushort[::1],
) -> cython.int:
    """The marks of a paragraph, from its first word on."""
    marks = 0
    behind = start
    while word < len(starts) and starts[word] < end:
        if gaps[word] >= 2 and behind < starts[word]:
            marks |= _marks_between(text, start, end, behind, starts[word], folds)
        behind = ends[word]
        word += 1
    return marks | _marks_between(text, start, end, behind, end, folds)


@cython.cfunc
def _marks_between(
    text: str,
    first: cython.Py_ssize_t,
    behind: cython.Py_ssize_t,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    folds: cython.ushort[::1],
) -> cython.int:
    """Of what stands between two words of a paragraph: whether a sentence ends in it (1), whether there are quotation
    marks (2), and one is the paragraph's first character (4)."""
    marks = 0
    for place in range(start, end):
        character: cython.Py_UCS4 = text[place]
        if character in '"«“”»':
            marks |= 2 if place > first else 6
        elif first < place < behind - 2 and text[place - 1] in ".!?؟۔" and _kind(character, folds) == _BLANK:
            marks |= 1
    return marks


# Parts of documents, and how they hang together. Part 0 is the declared title, part n paragraph n - 1.

_NEVER = cython.declare(cython.int, 0x7FFFFFFF)

# Where a foreign text may begin: what its first paragraph may know from before, by how it opens.
_HARDLY_KNOWN = cython.declare(cython.double, 0.2)
_LITTLE_KNOWN = cython.declare(cython.double, 0.45)
_OPENS = cython.declare(cython.double, -1.0)
_GOES_ON = cython.declare(cython.double, -4.0)
_DENSEST = cython.declare(cython.double, 0.5)  # of words that the table does not know, what is denser lists names,
_MOST_NUMBERS = cython.declare(cython.double, 0.3)  # and what has more numbers among its words, figures
_KNOWN_WORDS = cython.declare(cython.double, 0.5)
_KNOWN_MORE = cython.declare(cython.double, 0.06)
_OTHERS = cython.declare(cython.double, 0.75)
_LIKE_LEAD = cython.declare(cython.double, -2.0)
_MOST_INSIDE = cython.declare(cython.int, 8)
_RARE = cython.declare(cython.double, 0.85)  # a name or a figure rather than a word


@cython.final
@cython.cclass
class Parts:
    """The terms of a title and of the paragraphs of a text, one part behind the other, each term once a part.

    `title` and `reading` are readings, `spans` the paragraphs in the second. `leads` has four numbers for each: how
    many characters its dateline takes, whether it is an item of a list, whether it names its agency, and whether lines
    stand between it and the paragraph before (1), and the last ends in a colon (2).
    """

    reader: TermReader
    count: cython.Py_ssize_t
    different: cython.int
    # The key of each term, its number here, its weight; where those of each part begin, and one place more.
    terms: cython.ulonglong[::1]
    numbers: cython.int[::1]
    weights: cython.double[::1]
    term_at: cython.int[::1]
    # `_SHAPE` numbers a paragraph: the weight of its terms, how it opens (above 0: like the first of a story), its
    # length, and whether it has a dateline, names a day, goes on with what was said, is one sentence, ends in a stop,
    # ends in a colon, is announced; its weight a word, the shares of numbers and of words that the table knows, and
    # whether it names its agency or begins with a digit.
    shapes: cython.double[::1]
    slots: cython.ulonglong[::1]
    slot_numbers: cython.int[::1]
    last: cython.int[::1]
    leads: cython.int[::1]

    def __init__(
        self, reader: TermReader, title: Any, reading: Any, spans: cython.int[::1], leads: cython.int[::1]
    ) -> None:
        starts: cython.int[::1] = reading.starts
        ends: cython.int[::1] = reading.ends
        heading: cython.int[::1] = title.starts
        room: cython.Py_ssize_t = len(heading)
        self.reader = reader
        self.leads = leads
        self.count = len(spans) // 2
        self.different = 0
        for part in range(self.count):
            end = min(spans[2 * part + 1], spans[2 * part] + _LONGEST_PART)
            room += _first_behind(starts, end) - _first_behind(ends, spans[2 * part]) + 1
        size = 8
        while size < 2 * room:
            size *= 2
        longs: cython.ulonglong[::1] = array("Q", bytes(8 * (room + size)))
        self.terms = longs[:room]
        self.slots = longs[room:]
        doubles: cython.double[::1] = array("d", bytes(8 * (room + _SHAPE * self.count)))
        self.weights = doubles[:room]
        self.shapes = doubles[room:]
        ints: cython.int[::1] = array("i", bytes(4 * (2 * room + size + self.count + 2)))
        self.numbers = ints[:room]
        self.last = ints[room : 2 * room]
        self.slot_numbers = ints[2 * room : 2 * room + size]
        self.term_at = ints[2 * room + size :]
        self._read(title.text, heading, title.ends, title.keys, title.gaps, 0, 0, len(title.text), leads)
        keys: cython.ulonglong[::1] = reading.keys
        gaps: cython.uchar[::1] = reading.gaps
        text: str = reading.text
        for part in range(self.count):
            end = min(spans[2 * part + 1], spans[2 * part] + _LONGEST_PART)
            self._read(text, starts, ends, keys, gaps, part + 1, spans[2 * part], end, leads)

    @cython.cfunc
    def _read(
        self,
        text: str,
        starts: cython.int[::1],
        ends: cython.int[::1],
        keys: cython.ulonglong[::1],
        gaps: cython.uchar[::1],
        part: cython.Py_ssize_t,
        start: cython.Py_ssize_t,
        end: cython.Py_ssize_t,
        leads: cython.int[::1],
    ) -> cython.int:
        """The terms of one part, and the shape of a paragraph."""
        reader: TermReader = self.reader
        slots: cython.ulonglong[::1] = self.slots
        slot_numbers: cython.int[::1] = self.slot_numbers
        last: cython.int[::1] = self.last
        looked_up: cython.ulonglong[::1] = reader.keys
        begins: cython.int[::1] = reader.begins
        stops: cython.int[::1] = reader.stops
        tokens: cython.ulonglong[::1] = reader.tokens
        terms: cython.ulonglong[::1] = reader.terms
        facts: cython.ulonglong[::1] = reader.facts
        weights: cython.double[::1] = reader.weights
        different: cython.int = self.different
        words: cython.Py_ssize_t = len(keys)
        shaped: cython.bint = part > 0 and len(leads) > 0
        distinct: cython.Py_ssize_t = self.term_at[part]
        place: cython.Py_ssize_t = _SHAPE * (part - 1)
        key: cython.ulonglong
        number: cython.int
        count = 0
        numerals = 0.0
        familiar = 0.0
        total = 0.0
        at = _first_behind(ends, start)
        marks = _marks_of(text, starts, ends, gaps, at, start, end, reader.folds) if shaped else 0
        while True:
            taken = 0
            while taken < _AT_ONCE and at < words and starts[at] < end:
                run = at + 1
                key = keys[at]
                while run < words and gaps[run] == 1 and starts[run] < end:  # what is joined is one word
                    key = _joined(key, keys[run])
                    run += 1
                looked_up[taken] = key if starts[at] >= start and ends[run - 1] <= end else 0
                begins[taken] = max(starts[at], start)
                stops[taken] = min(ends[run - 1], end)
                taken += 1
                at = run
            reader._look_up(text, taken)
            run = 0
            for word in range(taken):
                if tokens[word] == 0:
                    continue
                if run < word:  # one without letters stands before it
                    tokens[run] = tokens[word]
                    terms[run] = terms[word]
                    facts[run] = facts[word]
                    weights[run] = weights[word]
                    begins[run] = begins[word]
                    stops[run] = stops[word]
                if facts[run] & _IS_NUMERAL:
                    numerals += 1.0
                if facts[run] & _ONE_NUMBER:
                    familiar += 1.0
                run += 1
            for word in range(run):
                key = terms[word]
                if key == 0:
                    continue
                slot = _place_of(slots, key)
                if slots[slot] == 0:
                    slots[slot] = key
                    slot_numbers[slot] = different
                    last[different] = -1
                    different += 1
                number = slot_numbers[slot]
                if last[number] != part:
                    last[number] = part
                    self.terms[distinct] = key
                    self.numbers[distinct] = number
                    self.weights[distinct] = weights[word]
                    total += weights[word]
                    distinct += 1
            if shaped and not count:
                self._shape(text, part - 1, start, end, run, marks, leads)
            count += run
            if taken < _AT_ONCE:
                break
        self.different = different
        self.term_at[part + 1] = distinct
        if shaped:
            words = count if count > 0 else 1
            self.shapes[place] = total if total > 0.0 else 1.0
            self.shapes[place + 10] = total / words
            self.shapes[place + 11] = numerals / words
            self.shapes[place + 12] = familiar / words
        return 0

    @cython.cfunc
    def _shape(
        self,
        text: str,
        number: cython.Py_ssize_t,
        start: cython.Py_ssize_t,
        end: cython.Py_ssize_t,
        count: cython.Py_ssize_t,
        marks: cython.int,
        leads: cython.int[::1],
    ) -> cython.int:
        """How a paragraph opens and ends."""
        reader: TermReader = self.reader
        named: cython.double[::1] = reader.named
        shapes: cython.double[::1] = self.shapes
        dateline: cython.int = leads[4 * number]
        quoted: cython.bint = marks & 4 != 0
        above: cython.int = leads[4 * number + 3]
        begin = 0
        goes_on: cython.int = 0 if quoted else reader._goes_on(0, count)
        if goes_on:
            dateline = 0  # "as for the border of A - B, …"
        elif dateline > 0:
            place = _behind_letters(text, start, end, dateline, reader.folds)
            while begin < count and reader.stops[begin] <= place:
                begin += 1
            goes_on = 0 if quoted else reader._goes_on(begin, count)
        if leads[4 * number + 1]:
            goes_on = 1
        day: cython.bint = False
        for at in range(begin, count):
            if reader.facts[at] & _NAMES_DAY:
                day = reader.stops[at] <= _behind_letters(text, start, end, dateline + 140, reader.folds)
                break
        last: cython.Py_UCS4 = text[end - 1] if start < end else "\0"
        score = named[0] + named[9 + min((end - start) // 80, 7)]
        if goes_on == 1:
            score += named[1]
        if day:
            score += named[2]
        if begin < count and reader.facts[begin] & _IS_NUMERAL:
            score += named[3]
        score += named[4] if last in ".!?؟۔" else named[5] if last == ":" else named[6]
        if marks & 2:
            score += named[7] if quoted else named[8]
        score += reader._opened(text, begin, count)
        at = _SHAPE * number
        shapes[at + 1] = score
        shapes[at + 2] = end - start
        shapes[at + 3] = 1.0 if dateline > 0 else 0.0
        shapes[at + 4] = 1.0 if day else 0.0
        shapes[at + 5] = goes_on
        shapes[at + 6] = 0.0 if marks & 1 else 1.0
        shapes[at + 7] = 1.0 if last in ".!?؟۔…:؛\"”»)]'’" else 0.0
        shapes[at + 8] = 1.0 if last == ":" else 0.0
        shapes[at + 9] = 1.0 if above == 2 or (above == 0 and number > 0 and shapes[at + 8 - _SHAPE] > 0.0) else 0.0
        shapes[at + 13] = 1.0 if leads[4 * number + 2] else 0.0
        shapes[at + 14] = 1.0 if start < end and text[start].isdigit() else 0.0
        return 0

    def bare(self, least: cython.int) -> list[int]:
        """The numbers of the paragraphs that have fewer terms."""
        found = []
        for number in range(self.count):
            if self.term_at[number + 2] - self.term_at[number + 1] < least:
                found.append(number)
        return found

    def share_known(self, line: Parts, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> float:
        """Of the terms of a line, which is another's title, the share that the title has, or a paragraph outside a
        stretch."""
        own: cython.uchar[::1] = array("B", bytes(self.different + 1))
        total = 0.0
        shared = 0.0
        for part in range(self.count + 1):
            if not start < part <= end:
                for at in range(self.term_at[part], self.term_at[part + 1]):
                    own[self.numbers[at]] = 1
        for at in range(line.term_at[1]):
            slot = _place_of(self.slots, line.terms[at])
            total += line.weights[at]
            if self.slots[slot] and own[self.slot_numbers[slot]]:
                shared += line.weights[at]
        return shared / (total if total > 0.0 else 1.0)

    def weighed(self, part: cython.Py_ssize_t) -> dict[int, float]:
        """The weight of each term of a part."""
        return {self.terms[at]: self.weights[at] for at in range(self.term_at[part], self.term_at[part + 1])}

    def opening(self, number: cython.Py_ssize_t) -> tuple[float, bool, bool, bool]:
        """How a paragraph opens: its score, whether it has a dateline, names a day, goes on with what was said."""
        at = _SHAPE * number
        shapes: cython.double[::1] = self.shapes
        return shapes[at + 1], shapes[at + 3] > 0.0, shapes[at + 4] > 0.0, shapes[at + 5] == 1.0

    def familiar(self) -> float:
        """The share of words that the table knows, on average over the paragraphs."""
        total = 0.0
        for number in range(self.count):
            total += self.shapes[_SHAPE * number + 12]
        return total / self.count

    def stretches(self) -> tuple[array[int], int]:
        """Where foreign paragraphs could begin and end, pairs of numbers; and how many, the first, go on to the end.

        A foreign text's first paragraph knows little from before, or opens like a story; what a colon announces, a
        list of names or figures is none. It ends where the text comes back to what it was about: the sum of
        differences between the share that is new with it and the share known from before it (to be larger by
        `_KNOWN_MORE`) is largest there, or where it first falls; the strangest few are taken. Or all up to where the
        text speaks of what the declared title says: it does not open like a later paragraph there, and is no first
        one, since leads are not always in the words of their titles. Of the boundaries that the model finds, one in
        fifty is lost here, and most of the work is saved.
        """
        count = self.count
        known: cython.int = self.different
        terms: cython.int[::1] = self.numbers
        weights: cython.double[::1] = self.weights
        term_at: cython.int[::1] = self.term_at
        shapes: cython.double[::1] = self.shapes
        room: cython.int[::1] = array("i", bytes(12 * known))
        pairs = array("i", bytes(8 * (2 * count + _MOST_INSIDE)))
        found: cython.int[::1] = pairs
        strange: cython.double[::1] = array("d", bytes(8 * _MOST_INSIDE))
        # Of a term: the first part that has it, the first paragraph, the last.
        first: cython.int[::1] = room[0:known]
        origin: cython.int[::1] = room[known : 2 * known]
        last: cython.int[::1] = room[2 * known : 3 * known]
        tails = 0
        inside = 0
        for at in range(known):
            first[at] = origin[at] = _NEVER
        for n in range(-1, count):
            for at in range(term_at[n + 1], term_at[n + 2]):
                if first[terms[at]] == _NEVER:
                    first[terms[at]] = n
                if n >= 0 and origin[terms[at]] == _NEVER:
                    origin[terms[at]] = n
                last[terms[at]] = n
        for k in range(1, count):
            at = _SHAPE * k
            if shapes[at + 5] or shapes[at + 9] or shapes[at + 11] > _MOST_NUMBERS:
                continue
            if shapes[at + 10] > _DENSEST and shapes[at + 12] < _KNOWN_WORDS:
                continue
            share = 0.0
            for index in range(term_at[k + 1], term_at[k + 2]):
                if first[terms[index]] < k:
                    share += weights[index]
            share = share / shapes[at]
            if (
                shapes[at + 1] > _OPENS
                or share <= _HARDLY_KNOWN
                or (shapes[at + 1] > _GOES_ON and share <= _LITTLE_KNOWN)
            ):
                found[2 * tails] = k
                found[2 * tails + 1] = count
                tails += 1
        for index in range(tails):
            k = found[2 * index]
            total = 0.0
            best = 0.0
            early = 0.0
            end = 0
            first_end = 0
            for n in range(k, count):
                share = 0.0
                for at in range(term_at[n + 1], term_at[n + 2]):
                    if first[terms[at]] < k:
                        share += weights[at]
                    elif first[terms[at]] < n:
                        share -= weights[at]
                share = _KNOWN_MORE - share / shapes[_SHAPE * n]
                if n > k and total > best and (share < 0.0 or n == count - 1):
                    best = total
                    end = n
                    if first_end == 0:
                        early = total
                        first_end = n
                total += share
            if end > 0:
                inside = _with_stretch(found, strange, tails, inside, k, end, best)
            if first_end != end:
                inside = _with_stretch(found, strange, tails, inside, k, first_end, early)
        size = tails + inside
        for index in range(tails):
            end = found[2 * index]
            if end < 2 or shapes[_SHAPE * end + 1] <= _LIKE_LEAD:
                continue
            total = before = 0.0
            for at in range(term_at[0], term_at[1]):
                if origin[terms[at]] < end:
                    before += weights[at]
                if last[terms[at]] >= end:
                    total += weights[at]
            if before < _OTHERS * total:
                found[2 * size] = 0
                found[2 * size + 1] = end
                size += 1
        return pairs[: 2 * size], tails

    def likeness(
        self,
        slots: cython.ulonglong[::1],
        numbers: cython.int[::1],
        vectors: cython.schar[::1],
        size: cython.Py_ssize_t,
    ) -> array[float]:
        """Sums of products of what parts mean: for each part one number more than there are parts, the product of its
        meaning with those of the parts before the first, the second, and so on.

        A part's meaning is the sum of its terms' vectors, `size` bytes each, by their weights.
        """
        parts = self.count + 1
        terms: cython.ulonglong[::1] = self.terms
        weights: cython.double[::1] = self.weights
        term_at: cython.int[::1] = self.term_at
        meanings: cython.double[::1] = array("d", bytes(8 * size * parts))
        found = array("d", bytes(8 * parts * (parts + 1)))
        sums: cython.double[::1] = found
        for part in range(parts):
            for at in range(term_at[part], term_at[part + 1]):
                number = _number(slots, numbers, terms[at])
                if number >= 0:
                    _add_vector(meanings, part * size, vectors, number * size, size, weights[at])
            for other in range(part + 1):
                sums[(parts + 1) * part + other + 1] = sums[(parts + 1) * other + part + 1] = _product(
                    meanings, part * size, other * size, size
                )
        for at in range(1, len(sums)):
            if at % (parts + 1):
                sums[at] += sums[at - 1]
        return found

    @cython.boundscheck(False)
    def signs(
        self,
        stretches: cython.int[::1],
        width: cython.Py_ssize_t,
        above: cython.Py_ssize_t,
        rows: cython.double[::1],
    ) -> None:
        """What words say of stretches of paragraphs: the first of `facts.cohesion.SIGNS`, a row of `width` signs each.

        From the column `above` on stands what the lines between paragraphs say of a stretch above which there are none.
        """
        count = self.count
        different: cython.Py_ssize_t = self.different
        terms: cython.int[::1] = self.numbers
        weights: cython.double[::1] = self.weights
        term_at: cython.int[::1] = self.term_at
        shapes: cython.double[::1] = self.shapes
        room: cython.int[::1] = array("i", bytes(8 * different))
        gaps: cython.double[::1] = array("d", bytes(8 * count))
        for n in range(1, count):
            gaps[n] = _likeness_around(terms, weights, term_at, n, count, room)
        subheads = 0
        for n in range(1, count):
            subheads += self.leads[4 * n + 3] > 0
        # Of a term: how many of the own parts have it; whether the foreign text has it (1), its first paragraph (2),
        # several of its paragraphs (4).
        counts: cython.int[::1] = room[0:different]
        marks: cython.int[::1] = room[different : 2 * different]
        if len(rows) < width * (len(stretches) // 2) or width < above + 7 or above < 35:
            raise IndexError("the rows are too short")
        for index in range(len(stretches) // 2):
            s = stretches[2 * index]
            e = stretches[2 * index + 1]
            if not (0 <= s < e <= count and e - s < count):
                raise IndexError("a stretch of no paragraphs")
            tail = e - s
            own = count - tail
            lead = e if s == 0 else 0  # the first paragraph of the document's own story
            beside = e if s == 0 else s - 1
            for at in range(different):
                counts[at] = marks[at] = 0
            own_weight = 0.0
            own_length = 0.0
            openings_most = -1e9
            open_ended_own = 0.0
            density_own = 0.0
            agency_own = 0.0
            for n in range(-1, count):
                if s <= n < e:
                    continue
                for at in range(term_at[n + 1], term_at[n + 2]):
                    if counts[terms[at]] == 0:
                        own_weight += weights[at]
                    counts[terms[at]] += 1
                if n < 0:
                    continue
                place = _SHAPE * n
                own_length += shapes[place + 2]
                open_ended_own += 1.0 - shapes[place + 7]
                density_own += shapes[place + 10]
                if n != lead:
                    openings_most = max(openings_most, shapes[place + 1])
                if n < lead + 2:
                    agency_own = max(agency_own, shapes[place + 13])
            known = 0.0
            known_first = 0.0
            known_most = 0.0
            shared = 0.0
            tail_weight = 0.0
            tail_length = 0.0
            links = 0.0
            links_least = 1e9
            in_first = 0.0
            openings = 0.0
            openings_least = 1e9
            leads = 0.0
            open_ended = 0.0
            density = 0.0
            rare_shared = 0.0
            again = 0.0
            again_known = 0.0
            numbered = 0.0
            for n in range(s, e):
                share = link = near = 0.0
                place = _SHAPE * n
                for at in range(term_at[n + 1], term_at[n + 2]):
                    mark = marks[terms[at]]
                    if counts[terms[at]]:
                        share += weights[at]
                    if mark == 0:
                        tail_weight += weights[at]
                        if counts[terms[at]]:
                            shared += weights[at]
                            if weights[at] >= _RARE:
                                rare_shared += 1.0
                        marks[terms[at]] = 3 if n == s else 1
                    else:
                        link += weights[at]
                        if mark & 2:
                            near += weights[at]
                        if mark & 4 == 0:
                            marks[terms[at]] = mark | 4
                            again += weights[at]
                            if counts[terms[at]]:
                                again_known += weights[at]
                share = share / shapes[place]
                known += share
                known_most = max(known_most, share)
                if n == s:
                    known_first = share
                else:
                    links += link / shapes[place]
                    links_least = min(links_least, link / shapes[place])
                    if n < s + 4:
                        in_first += near / shapes[place]
                    openings += shapes[place + 1]
                    openings_least = min(openings_least, shapes[place + 1])
                    if shapes[place + 1] > 0.0:
                        leads += 1.0
                tail_length += shapes[place + 2]
                open_ended += 1.0 - shapes[place + 7]
                density += shapes[place + 10]
                numbered += shapes[place + 14]
            coherence = 0.0
            least = 1.0
            topic = 0.0
            topic_shared = 0.0
            before_known = 0.0
            for n in range(count):
                if s <= n < e:
                    continue
                share = 0.0
                for at in range(term_at[n + 1], term_at[n + 2]):
                    if counts[terms[at]] > 1:
                        share += weights[at]
                        if marks[terms[at]]:
                            topic_shared += weights[at]
                topic += share
                coherence += share / shapes[_SHAPE * n]
                least = min(least, share / shapes[_SHAPE * n])
                if n == beside:
                    before_known = share
            before_foreign = 0.0
            for at in range(term_at[beside + 1], term_at[beside + 2]):
                if marks[terms[at]]:
                    before_foreign += weights[at]
            if own < 2:
                openings_most = -1.0
            coherence = coherence / own
            place = _SHAPE * s
            row = index * width
            rows[row] = known_first
            rows[row + 1] = known / tail
            rows[row + 2] = known_most
            rows[row + 3] = shared / (tail_weight if tail_weight > 0.0 else 1.0)
            rows[row + 4] = shared / (own_weight if own_weight > 0.0 else 1.0)
            rows[row + 5] = coherence - known / tail
            rows[row + 6] = before_known / shapes[_SHAPE * beside]
            rows[row + 7] = before_foreign / shapes[_SHAPE * beside]
            rows[row + 8] = links / (tail - 1) if tail > 1 else -1.0
            rows[row + 9] = links_least if tail > 1 else -1.0
            rows[row + 10] = in_first / min(tail - 1, 3) if tail > 1 else -1.0
            rows[row + 11] = shapes[place + 1]
            rows[row + 12] = openings / (tail - 1) if tail > 1 else 0.0
            rows[row + 13] = openings_least if tail > 1 else 0.0
            rows[row + 14] = leads / (tail - 1) if tail > 1 else 0.5
            rows[row + 15] = shapes[_SHAPE * beside + 1] if beside != lead else -1.0
            rows[row + 16] = openings_most
            rows[row + 17] = (shapes[place + 1] + openings) / tail - openings_most
            rows[row + 18] = min(own_length, 1500.0)
            rows[row + 19] = min(shapes[place + 2], 1500.0)
            rows[row + 20] = open_ended_own / own
            rows[row + 21] = open_ended / tail
            rows[row + 22] = min(tail, 12)
            rows[row + 23] = min(own, 12)
            rows[row + 24] = tail_length / (tail_length + own_length)
            rows[row + 25] = density / tail
            rows[row + 26] = density_own / own
            rows[row + 27] = max(shapes[place + 13], shapes[_SHAPE * min(s + 1, e - 1) + 13])
            rows[row + 28] = agency_own
            rows[row + 29] = 0.0 if e == count else 1.0 if s > 0 else -1.0
            rows[row + 30] = topic_shared / topic if topic > 0.0 else -1.0
            rows[row + 31] = again_known / again if again > 0.0 else -1.0
            rows[row + 32] = least if own > 1 else -1.0
            rows[row + 33] = min(rare_shared, 8.0)
            rows[row + 34] = numbered / tail
            _gap_signs(gaps, s, e, count, rows, row + 35)
            rows[row + above + 4] = -1.0
            rows[row + above + 5] = min(subheads - (1 if s > 0 and self.leads[4 * s + 3] > 0 else 0), 6)
            rows[row + above + 6] = shapes[place + 3]


@cython.cfunc
def _likeness_around(
    terms: cython.int[::1],
    weights: cython.double[::1],
    term_at: cython.int[::1],
    gap: cython.Py_ssize_t,
    count: cython.Py_ssize_t,
    seen: cython.int[::1],
) -> cython.double:
    """How like the two paragraphs before the number `gap` are to the two from it on, by their words."""
    mark: cython.int = cython.cast(cython.int, 2 * gap)
    before = after = shared = 0.0
    for at in range(term_at[max(gap - 2, 0) + 1], term_at[gap + 1]):
        if seen[terms[at]] != mark:
            seen[terms[at]] = mark
            before += weights[at] * weights[at]
    for at in range(term_at[gap + 1], term_at[min(gap + 2, count) + 1]):
        if seen[terms[at]] == mark:
            shared += weights[at] * weights[at]
        if seen[terms[at]] != mark + 1:
            seen[terms[at]] = mark + 1
            after += weights[at] * weights[at]
    return _cosine(shared, before, after)


@cython.cfunc
def _gap_signs(
    gaps: cython.double[::1],
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    count: cython.Py_ssize_t,
    rows: cython.double[::1],
    at: cython.Py_ssize_t,
) -> cython.int:
    """How like the text is on both sides of a stretch's beginning, and beside the other gaps between paragraphs.

    Four signs: the likeness; the share of the other gaps where it is less; how much more it is at the least of them;
    and in the mean.
    """
    here = gaps[end if start == 0 else start]
    others = lower = total = 0.0
    least = 1e9
    for n in range(1, count):
        if n != start and n != end:
            others += 1.0
            total += gaps[n]
            least = min(least, gaps[n])
            if gaps[n] < here:
                lower += 1.0
    rows[at] = here
    rows[at + 1] = lower / others if others > 0.0 else 0.5
    rows[at + 2] = (least if others > 0.0 else 0.0) - here
    rows[at + 3] = (total / others if others > 0.0 else 0.0) - here
    return 0


@cython.cfunc
def _with_stretch(
    found: cython.int[::1], strange: cython.double[::1], tails: cython.int, inside: cython.int, start: cython.int,
    end: cython.int, how: cython.double,
) -> cython.int:  # fmt: skip
    """Keep a stretch inside the text if it is among the strangest; how many are kept."""
    size = inside
    if inside == _MOST_INSIDE:
        for at in range(inside):
            if strange[at] < how and (size == inside or strange[at] < strange[size]):
                size = at
        if size == inside:
            return inside
    else:
        inside += 1
    strange[size] = how
    found[2 * (tails + size)] = start
    found[2 * (tails + size) + 1] = end
    return inside


@cython.cfunc
@cython.boundscheck(False)
def _add_vector(
    meanings: cython.double[::1], part: cython.Py_ssize_t, vectors: cython.schar[::1], at: cython.Py_ssize_t,
    size: cython.Py_ssize_t, weight: cython.double,
) -> cython.int:  # fmt: skip
    if part + size > len(meanings) or at + size > len(vectors):
        raise IndexError("a vector ends outside its array")
    for place in range(size):
        meanings[part + place] += weight * vectors[at + place]
    return 0


@cython.cfunc
@cython.boundscheck(False)
def _product(
    meanings: cython.double[::1], left: cython.Py_ssize_t, right: cython.Py_ssize_t, size: cython.Py_ssize_t
) -> cython.double:
    total = 0.0
    if max(left, right) + size > len(meanings):
        raise IndexError("a vector ends outside its array")
    for place in range(size):
        total += meanings[left + place] * meanings[right + place]
    return total


@cython.cfunc
@cython.inline
def _cosine(product: cython.double, left: cython.double, right: cython.double) -> cython.double:
    """Of two vectors' product and squares; 0 where one of them is nothing."""
    return product / (left * right) ** 0.5 if left > 1e-9 and right > 1e-9 else 0.0


def meaning_signs(
    sums: cython.double[::1],
    stretches: cython.int[::1],
    width: cython.Py_ssize_t,
    column: cython.Py_ssize_t,
    rows: cython.double[::1],
) -> None:
    """What meaning says of stretches of paragraphs: the signs from `column` on; `sums` is what `likeness_of` gives."""
    count: cython.Py_ssize_t = int((4 * len(sums) + 1) ** 0.5 - 3.0) // 2
    gaps: cython.double[::1] = array("d", bytes(8 * count))
    for n in range(1, count):
        s = max(n - 2, 0)
        e = min(n + 2, count)
        like = own_square = tail_square = 0.0
        for at in range(s, e):
            line = (count + 2) * (at + 1)
            product = sums[line + e + 1] - sums[line + n + 1]
            if at < n:
                own_square += sums[line + n + 1] - sums[line + s + 1]
                like += product
            else:
                tail_square += product
        gaps[n] = _cosine(like, own_square, tail_square)
    for index in range(len(stretches) // 2):
        s = stretches[2 * index]
        e = stretches[2 * index + 1]
        tail = e - s
        own = count - tail
        own_square = 0.0
        tail_square = 0.0
        for n in range(count):
            line = (count + 2) * (n + 1)
            if s <= n < e:
                tail_square += sums[line + e + 1] - sums[line + s + 1]
            else:
                own_square += sums[line + count + 1] - sums[line + 1] - sums[line + e + 1] + sums[line + s + 1]
        first = sums[(count + 2) * (s + 1) + s + 2] - sums[(count + 2) * (s + 1) + s + 1]
        like_first = 0.0
        like = 0.0
        own_alike = 0.0
        least = 1.0
        tail_alike = 0.0
        nearest = -1.0
        row = width * index + column
        for n in range(count):
            line = (count + 2) * (n + 1)
            square = sums[line + n + 2] - sums[line + n + 1]
            product = sums[line + e + 1] - sums[line + s + 1]
            if s <= n < e:
                tail_alike += _cosine(product - square, square, tail_square - 2.0 * product + square)
                product = _cosine(sums[line + count + 1] - sums[line + 1] - product, square, own_square)
                like += product
                if n == s:
                    like_first = product
            else:
                product = sums[line + count + 1] - sums[line + 1] - product
                alike = _cosine(product - square, square, own_square - 2.0 * product + square)
                own_alike += alike
                least = min(least, alike)
                product = _cosine(sums[line + s + 2] - sums[line + s + 1], square, first)
                nearest = max(nearest, product)
                if n == (e if s == 0 else s - 1):
                    rows[row + 4] = product
        own_alike = own_alike / own if own > 1 else -1.0
        rows[row] = own_alike
        rows[row + 1] = tail_alike / tail if tail > 1 else -1.0
        rows[row + 2] = (own_alike if own > 1 else 0.5) - like / tail
        rows[row + 3] = (own_alike if own > 1 else 0.5) - like_first
        rows[row + 5] = nearest
        # Of what the title means, how much more is in the foreign text.
        product = sums[e + 1] - sums[s + 1]
        rows[row + 6] = _cosine(product, sums[1], tail_square) - _cosine(
            sums[count + 1] - sums[1] - product, sums[1], own_square
        )
        rows[row + 7] = least if own > 1 else -1.0
        _gap_signs(gaps, s, e, count, rows, row + 8)


# Fitted models: sums of decision trees.


def score_trees(
    roots: cython.int[::1],
    nodes: cython.int[::1],
    thresholds: cython.double[::1],
    rows: cython.double[::1],
    width: cython.Py_ssize_t,
    scores: cython.double[::1],
) -> None:
    """Add what the trees say of each row to its score.

    A node is a sign and the node for values above its threshold; the one for all others is the next. A node of sign -1
    is a leaf, its threshold the value.
    """
    for row in range(len(scores)):
        start = row * width
        total = 0.0
        for tree in range(len(roots)):
            node = roots[tree]
            while nodes[2 * node] >= 0:
                if rows[start + nodes[2 * node]] <= thresholds[node]:
                    node += 1
                else:
                    node = nodes[2 * node + 1]
            total += thresholds[node]
        scores[row] += total


def told_of_lines(
    lines: list[str], shortest: cython.Py_ssize_t, closed: str, long: cython.Py_ssize_t, most: cython.int
) -> list[int]:
    """Of each line that could be a paragraph what `told_at_a_glance` says, and 8; 0 of all others.

    From `long` characters on it could, or from `shortest` on if its last is in `closed`.
    """
    told = []
    for line in lines:
        size = len(line)
        if size >= long or (size >= shortest and line[size - 1] in closed):
            told.append(8 | told_at_a_glance(line, most))
        else:
            told.append(0)
    return told


@cython.ccall
def told_at_a_glance(line: str, most: cython.int) -> cython.int:
    """Whether a line has what pages write and running text hardly does, Latin letters, @, //, rulers (1); whether it
    may be a list of names (2): no more than `most` blanks stand in it for each sign that could part them, and no six
    words between two such signs, unless something may stand beside a name there; whether it may speak of an article,
    of opinions or of an app (4).
    """
    strokes = 0
    blanks = 0
    told = 0
    words = 0
    longest = 0
    place = -1
    plain: cython.bint = True
    names: cython.bint = True
    character: cython.Py_UCS4
    before: cython.Py_UCS4 = " "
    for character in line:
        place += 1
        if "ء" <= character <= "ي" or "ٮ" <= character <= "ے":
            before = character
            continue
        if character == " ":
            blanks += 1
            if "ء" <= before <= "ے":
                words += 1
                if before in "ءلتق" and place > 4 and _speaks_of_itself(line, place):
                    told |= 4
        elif "a" <= character <= "z" or "A" <= character <= "Z" or character == "@":
            told |= 1
        elif character in "-_=*":
            strokes = strokes + 1 if character == before else 1
            if strokes == 3:
                told |= 1
        elif character == "/" and before == "/":
            told |= 1
        elif character in "():" or character.isdecimal():
            plain = False
        if character in "،,؛;/|–—-)":
            blanks -= most
            longest = max(longest, words)
            words = 0
            if character != "-":  # which may join two names
                names = names and not (plain and longest > 5)
                plain = True
                longest = 0
        before = character
    if blanks <= 0 and names and not (plain and max(longest, words) > 5):
        told |= 2
    return told


@cython.cfunc
def _speaks_of_itself(line: str, end: cython.Py_ssize_t) -> cython.bint:
    """Whether a word ends like one of "views", "article", "articles", "app"."""
    last: cython.Py_UCS4 = line[end - 1]
    if last == "ق":
        return line[end - 2] in "يی" and line[end - 3] == "ب" and line[end - 4] == "ط"
    if line[end - 2] != "ا":
        return False
    if last == "ت":
        return line[end - 3] == "ل" and line[end - 4] == "ا" and line[end - 5] == "ق"
    if last == "ل":
        return line[end - 3] == "ق" and line[end - 4] == "م"
    return line[end - 3] == "ر" and end + 3 < len(line) and line[end + 3] in "وكک"


@cython.cfunc
def _is_joined(
    text: str, starts: cython.int[::1], ends: cython.int[::1], gaps: cython.uchar[::1], word: cython.Py_ssize_t
) -> cython.bint:
    """Whether a joiner (ZWNJ, ZWJ) stands between a word and the one before."""
    if word < 1 or word >= len(gaps) or gaps[word] != 1 or starts[word] != ends[word - 1] + 1:
        return False
    return text[starts[word] - 1] in "\u200c\u200d"


@cython.cfunc
def _word_around(
    text: str, starts: cython.int[::1], ends: cython.int[::1], gaps: cython.uchar[::1], offset: cython.int,
    found: cython.int[::1], at: cython.Py_ssize_t,
) -> cython.int:  # fmt: skip
    """Put into `found` where the word at a letter begins and ends, and where the one before begins and the one behind
    ends; where the word ends.

    What a joiner joins is one word; letters of another script that are glued to a word are no part of it. A sign is a
    word of its own.
    """
    low: cython.Py_ssize_t = 0
    high: cython.Py_ssize_t = len(starts)
    while low < high:
        middle = (low + high) // 2
        if starts[middle] <= offset:
            low = middle + 1
        else:
            high = middle
    start: cython.int = offset
    end: cython.int = offset + 1
    before: cython.int = start
    behind: cython.int = end
    if low > 0 and offset < ends[low - 1]:
        first = last = low - 1
        while _is_joined(text, starts, ends, gaps, first):
            first -= 1
        while _is_joined(text, starts, ends, gaps, last + 1):
            last += 1
        start = before = starts[first]
        end = behind = ends[last]
        first -= 1
        last += 1
        while _is_joined(text, starts, ends, gaps, first):
            first -= 1
        while _is_joined(text, starts, ends, gaps, last + 1):
            last += 1
        if first >= 0:
            before = starts[first]
        if last < len(ends):
            behind = ends[last]
        while start < offset and not _is_arabic(ord(text[start])) and text[start] not in "\u200c\u200d":
            start += 1
        while end > offset + 1 and not _is_arabic(ord(text[end - 1])):
            end -= 1
    found[at] = start
    found[at + 1] = end
    found[at + 2] = before
    found[at + 3] = behind
    return end


def clauses_holding(
    text: str,
    at: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    letters: cython.uchar[::1],
    starts: cython.int[::1],
    ends: cython.int[::1],
    gaps: cython.uchar[::1],
) -> list[tuple[int, int, list[tuple[int, int, int, int]]]]:
    """The clauses between two places of a line that have words with one of the `letters`, which are 1: where each
    begins and ends, the signs behind it (2) included, and those words.

    Of each word there are its start and end, and the start of the word before and the end of the word behind.
    """
    found = []
    words = []
    around: cython.int[::1] = array("i", bytes(16))
    begin = at
    told: cython.uint = 0
    while at < end:
        before = told
        code: cython.uint = ord(text[at])
        told = letters[code] if code < _TABLED else 2 if 0x2013 <= code <= 0x201D and text[at] in "–—“”" else 0
        if before == 2 and told != 2:
            if words:
                found.append((begin, at, words))
                words = []
            begin = at
        if told == 1:
            at = max(at + 1, _word_around(text, starts, ends, gaps, at, around, 0))
            words.append((around[0], around[1], around[2], around[3]))
        else:
            at += 1
    if words:
        found.append((begin, end, words))
    return found


@cython.cfunc
@cython.inline
def _is_written(character: cython.Py_UCS4) -> cython.bint:
    """Whether a character is of a word, as patterns have them."""
    return character != " " and ("ء" <= character <= "ي" or character.isalnum() or character == "_")


def told_by_words(
    text: str,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    slots: cython.ulonglong[::1],
    numbers: cython.int[::1],
) -> cython.int:
    """The bits of all words that begin between two places, letters as they are.

    The table walks a word letter by letter. A number has four bits of the word that ends there, four of one that goes
    on, four of one that goes on with two letters or more.
    """
    told: cython.int = 0
    inside: cython.bint = start > 0 and _is_written(text[start - 1])
    at = start - 1
    character: cython.Py_UCS4
    piece: str = text[start:end]
    for character in piece:
        at += 1
        if not _is_written(character):
            inside = False
            continue
        if inside:
            continue
        inside = True
        place = at + 1
        key: cython.ulonglong = _grown(_FIRST, ord(character))
        number = _number(slots, numbers, key)
        while number >= 0:
            if number:
                more = 0
                while more < 2 and place + more < end and _is_written(text[place + more]):
                    more += 1
                told |= (number >> 4 | (number >> 8 if more == 2 else 0)) & 15 if more else number & 15
            if place >= end:
                break
            key = _grown(key, ord(text[place]))
            number = _number(slots, numbers, key)
            place += 1
    return told


def count_known(
    text: str, letters: cython.ushort[::1], slots: cython.ulonglong[::1], numbers: cython.int[::1]
) -> tuple[int, int]:
    """How many runs of `letters` a text has, which are 0 for all else, and how many of them a table knows."""
    runs = 0
    known = 0
    key: cython.ulonglong = 0
    inside: cython.bint = False
    character: cython.Py_UCS4
    piece: str = text + " "
    for character in piece:
        code: cython.uint = ord(character)
        if code < _TABLED and letters[code]:
            key = _grown(key if inside else _FIRST, letters[code])
            inside = True
        elif inside:
            inside = False
            runs += 1
            if _number(slots, numbers, key) >= 0:
                known += 1
    return runs, known


# Which language letters are of.

_LETTER_FIRST = cython.declare(cython.uint, 0x621)
_LETTER_LAST = cython.declare(cython.uint, 0x6CC)
_THREE_LETTERS = cython.declare(cython.ulonglong, 0xFFFFFFFFFFFF)


@cython.cfunc
@cython.inline
def _add_piece(
    code: cython.ulonglong,
    slots: cython.ulonglong[::1],
    numbers: cython.int[::1],
    weights: cython.uchar[::1],
    first: cython.Py_ssize_t,
    sums: cython.int[::1],
    at: cython.Py_ssize_t,
    languages: cython.Py_ssize_t,
) -> cython.int:
    number = _number(slots, numbers, _joined(code, 0))
    if number >= 0:
        for column in range(languages):
            sums[at + column] += weights[languages * (first + number) + column]
    return 0


_KEPT_WORDS = cython.declare(cython.int, 1 << 12)
"""So many words of texts are remembered with what their letters weigh."""


@cython.final
@cython.cclass
class LetterWeights:
    """What letters weigh for each language: those that tell by themselves, and pieces of words.

    `weights` has a row of as many as there are languages: a letter's row is what `telling` has for it, a piece's its
    number in the table, behind those of all `letters`. What a method gives is summed up in `sums`, three longer than a
    row, so one object is for one thread. What a word's pieces weigh is kept for when it comes again.
    """

    folds: cython.ushort[::1]
    slots: cython.ulonglong[::1]
    numbers: cython.int[::1]
    weights: cython.uchar[::1]
    telling: cython.ushort[::1]
    seen: cython.int[::1]
    sums: cython.int[::1]
    keys: cython.ulonglong[::1]
    kept: cython.int[::1]

    def __init__(
        self,
        folds: cython.ushort[::1],
        slots: cython.ulonglong[::1],
        numbers: cython.int[::1],
        weights: cython.uchar[::1],
        telling: cython.ushort[::1],
        seen: cython.int[::1],
        sums: cython.int[::1],
    ) -> None:
        self.folds = folds
        self.slots = slots
        self.numbers = numbers
        self.weights = weights
        self.telling = telling
        self.seen = seen
        self.sums = sums
        self.keys = array("Q", bytes(8 * _KEPT_WORDS))
        self.kept = array("i", bytes(4 * _KEPT_WORDS * (len(sums) - 3)))

    def weigh(self, text: str, start: cython.Py_ssize_t, end: cython.Py_ssize_t, most: cython.int) -> tuple[int, ...]:
        """The sum of each language for the letters of a stretch, and how many are of Arabic script and how many not.

        A letter that tells by itself counts `most` times at most.
        """
        self._sum_up(text, start, end, most)
        return tuple([self.sums[place] for place in range(len(self.sums) - 1)])

    def points_to(self, text: str, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> int:
        """The first language for which the letters of a stretch say most; -1 where they say nothing, or where a letter
        of another script, or of the rarer blocks of Arabic, stands among them."""
        self._sum_up(text, start, end, 0x7FFFFFFF)
        languages = len(self.sums) - 3
        if self.sums[languages + 2]:
            return -1
        best = 0
        said = 0
        for place in range(languages):
            said += self.sums[place]
            if self.sums[place] + self.weights[place] > self.sums[best] + self.weights[best]:
                best = place
        return best if said else -1

    @cython.cfunc
    def _sum_up(self, text: str, start: cython.Py_ssize_t, end: cython.Py_ssize_t, most: cython.int) -> cython.int:
        weights: cython.uchar[::1] = self.weights
        folds: cython.ushort[::1] = self.folds
        telling: cython.ushort[::1] = self.telling
        seen: cython.int[::1] = self.seen
        sums: cython.int[::1] = self.sums
        keys: cython.ulonglong[::1] = self.keys
        kept: cython.int[::1] = self.kept
        languages: cython.Py_ssize_t = len(sums) - 3
        count = 0
        begin = start
        key: cython.ulonglong = _FIRST
        row: cython.int
        character: cython.Py_UCS4
        for place in range(len(seen)):
            seen[place] = 0
        for place in range(languages + 3):
            sums[place] = 0
        piece: str = text[start:end] + " "
        place = start - 1
        for character in piece:
            place += 1
            kind = _kind(character, folds)
            code: cython.uint = ord(character)
            if code < _TABLED and telling[code]:
                row = telling[code]
                seen[row] += 1
                if seen[row] <= most:
                    for column in range(languages):
                        sums[column] += weights[languages * row + column]
            if _LETTER_FIRST <= kind <= _LETTER_LAST:
                if count == 0:
                    begin = place
                    key = _FIRST
                key = _grown(key, kind)
                count += 1
                continue
            if kind == _VANISHES and code != 0x200C:
                continue
            if count:
                sums[languages] += count
                count = 0
                row = cython.cast(cython.int, key & (_KEPT_WORDS - 1))
                if keys[row] != key:
                    keys[row] = key
                    self._weigh_word(text, begin, place, languages * row, languages)
                for column in range(languages):
                    sums[column] += kept[languages * row + column]
            if kind > _BLANK and not character.isdecimal():
                sums[languages + 2] += 1
                sums[languages + 1] += not _is_arabic(code)
        return 0

    @cython.cfunc
    def _weigh_word(
        self, text: str, start: cython.Py_ssize_t, end: cython.Py_ssize_t, at: cython.Py_ssize_t,
        languages: cython.Py_ssize_t,
    ) -> cython.int:  # fmt: skip
        """Keep what the pieces of one word weigh together, of three letters and of four, its edges among them."""
        kept: cython.int[::1] = self.kept
        first = len(self.seen)
        window: cython.ulonglong = _WORD_EDGE
        count = 0
        for column in range(languages):
            kept[at + column] = 0
        for place in range(start, end + 1):
            kind: cython.uint = _kind(text[place], self.folds) if place < end else _WORD_EDGE
            if kind == _VANISHES:
                continue
            window = ((window << 16) & _ALL) | kind
            count += 1
            if count > 1:
                _add_piece(window & _THREE_LETTERS, self.slots, self.numbers, self.weights, first, kept, at, languages)
            if count > 2:
                _add_piece(window, self.slots, self.numbers, self.weights, first, kept, at, languages)
        return 0


@cython.cfunc
@cython.inline
def _is_arabic(code: cython.uint) -> cython.bint:
    """Whether a character is of one of the blocks of Arabic script."""
    if code < 0x900:
        return 0x600 <= code < 0x700 or 0x750 <= code < 0x780 or code >= 0x8A0
    return 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFEFD


# Short lines: their signs, and what the weights of `facts.page_lines` make of them.

_SHORT_LINE = cython.declare(cython.int, 1)
_PARAGRAPH = cython.declare(cython.int, 2)
_GOLDEN = cython.declare(cython.ulonglong, 0x9E3779B97F4A7C15)
_NUMBER_SIGN = cython.declare(cython.ulonglong, 0x1D872B41)
_WORD_EDGE = cython.declare(cython.uint, 3)  # no letter has this number
_OF_LETTERS = cython.declare(cython.uint, 1 << 17)


def filled_lines(
    text: str, lines: cython.int[::1], words: cython.Py_ssize_t, longest: cython.int, shapes: cython.int[::1]
) -> cython.Py_ssize_t:
    """Five numbers for each line that is not blank; how many such lines there are.

    They are the number of the line, its first word, how many words it has, how it ends (2: as a sentence, 1: as a
    label, 0), and whether it is short (1), a paragraph (2), or both. `words` is how many words the text has.
    """
    count = 0
    for row in range(0, len(lines), 8):
        start = lines[row]
        end = lines[row + 1]
        first = lines[row + 2]
        last = lines[row + 10] if row + 10 < len(lines) else words
        if last == first and not lines[row + 7]:
            continue
        ending = 0
        place = end
        while place > start and place > end - 12:
            place -= 1
            character = text[place]
            if character in "»”\"')]’ \t\N{RIGHT-TO-LEFT MARK}":
                continue
            if character in ".!?؟۔…":
                ending = 2
            elif character in ":：":
                ending = 1
            break
        kinds = 0
        if _is_short(lines, row, last, longest):
            kinds = _SHORT_LINE
        if last - first > longest or (last - first >= 8 and ending == 2):
            kinds |= _PARAGRAPH
        shapes[5 * count] = row // 8
        shapes[5 * count + 1] = first
        shapes[5 * count + 2] = last - first
        shapes[5 * count + 3] = ending
        shapes[5 * count + 4] = kinds
        count += 1
    return count


@cython.cfunc
@cython.inline
def _is_short(
    lines: cython.int[::1], row: cython.Py_ssize_t, last: cython.Py_ssize_t, longest: cython.Py_ssize_t
) -> cython.bint:
    """Whether a line that ends before word `last` has words, and at most `longest`."""
    return lines[row + 2] < last <= lines[row + 2] + longest and lines[row + 1] - lines[row] <= 170


def body_of(shapes: cython.int[::1]) -> tuple[int, int]:
    """The first and the last paragraph among the lines that are not blank; (-1, -1) where there is none."""
    return _paragraph(shapes, False), _paragraph(shapes, True)


@cython.cfunc
def _paragraph(shapes: cython.int[::1], last: cython.bint) -> cython.Py_ssize_t:
    """The first paragraph, or the last."""
    found: cython.Py_ssize_t = -1
    for index in range(len(shapes) // 5):
        if shapes[5 * index + 4] & _PARAGRAPH and (last or found < 0):
            found = index
    return found


@cython.cfunc
def _slot(key: cython.ulonglong) -> cython.uint:
    """Which of 131,072 weights a sign has."""
    return (((key ^ (key >> 29)) * _GOLDEN) & _ALL) >> 47


@cython.cfunc
def _signed(key: cython.ulonglong, part: cython.ulonglong) -> cython.uint:
    return _slot(key ^ ((part * _STEP) & _ALL))


@cython.cfunc
def _add_sign(
    found: cython.int[::1], count: cython.Py_ssize_t, slot: cython.uint, part: cython.int, at: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    found[3 * count] = slot
    found[3 * count + 1] = part
    found[3 * count + 2] = at
    return count + 1


@cython.cfunc
def _sign_key(
    text: str, starts: cython.int[::1], keys: cython.ulonglong[::1], at: cython.Py_ssize_t
) -> cython.ulonglong:
    """The key of a word; one for all numbers."""
    return _NUMBER_SIGN if text[starts[at]].isdigit() else keys[at]


@cython.cfunc
def _beside(shapes: cython.int[::1], index: cython.Py_ssize_t) -> cython.int:
    """What sort of line stands at `index`, 0 where none does."""
    if index < 0 or 5 * index >= len(shapes):
        return 0
    if shapes[5 * index + 4] & _PARAGRAPH:
        return 1 if shapes[5 * index + 3] == 2 else 2
    if shapes[5 * index + 2] <= 4:
        return 3
    return 4 if shapes[5 * index + 3] == 2 else 5


@cython.cfunc
def _letter_signs(
    text: str,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    skeletons: cython.ushort[::1],
    word: cython.Py_ssize_t,
    count: cython.Py_ssize_t,
    found: cython.int[::1],
) -> cython.Py_ssize_t:
    """The runs of three and four letters of a word, its edges marked; their weights lie behind all others."""
    first: cython.uint = 0
    second: cython.uint = 0
    third: cython.uint = _WORD_EDGE
    for place in range(start, end + 1):
        kind = _WORD_EDGE if place == end else _kind(text[place], skeletons)
        if kind <= _BLANK:
            continue
        if second:
            key = _grown(_grown(_grown(_FIRST, second), third), kind)
            count = _add_sign(found, count, _OF_LETTERS + _signed(key, 10), 26, word)
        if first:
            key = _grown(_grown(_grown(_grown(_FIRST, first), second), third), kind)
            count = _add_sign(found, count, _OF_LETTERS + _signed(key, 11), 26, word)
        first = second
        second = third
        third = kind
    return count


@cython.cfunc
def _signs(
    text: str,
    starts: cython.int[::1],
    ends: cython.int[::1],
    keys: cython.ulonglong[::1],
    lines: cython.int[::1],
    folds: cython.ushort[::1],
    skeletons: cython.ushort[::1],
    shapes: cython.int[::1],
    index: cython.Py_ssize_t,
    body_first: cython.Py_ssize_t,
    body_last: cython.Py_ssize_t,
    found: cython.int[::1],
) -> cython.Py_ssize_t:
    count = 0
    row = 8 * shapes[5 * index]
    first = shapes[5 * index + 1]
    words = shapes[5 * index + 2]
    ending = shapes[5 * index + 3]
    above = min(index, 4)
    below = min(len(shapes) // 5 - 1 - index, 4)
    start = lines[row]
    end = lines[row + 1]
    whole: cython.ulonglong = 0
    left: cython.ulonglong = 0
    separators = 0
    slotted: cython.bint = False
    braced: cython.bint = False
    quoted: cython.bint = False
    colon: cython.bint = False
    opened: cython.bint = False
    for at in range(first, first + words):
        count = _add_sign(found, count, _signed(_sign_key(text, starts, keys, at), 1), 0, at)
    for at in range(first, first + words):
        key = _sign_key(text, starts, keys, at)
        if at == first:
            whole = key
        else:
            count = _add_sign(found, count, _signed(_joined(left, key), 2), 1, at - 1)
            whole = _joined(whole, key)
        left = key
    at = first + words - 1
    count = _add_sign(found, count, _signed(_sign_key(text, starts, keys, first), 3), 2, first)
    count = _add_sign(found, count, _signed(left, 4), 3, at)
    count = _add_sign(found, count, _signed(whole, 7), 4, -1)
    for at in range(first, first + words):
        if ends[at] - starts[at] > 4:
            key = _part_key(text, starts[at], starts[at] + 4, folds)
            count = _add_sign(found, count, _signed(key, 5), 5, at)
            key = _part_key(text, ends[at] - 4, ends[at], folds)
            count = _add_sign(found, count, _signed(key, 6), 6, at)
        if not text[starts[at]].isdigit():
            count = _letter_signs(text, starts[at], ends[at], skeletons, at, count, found)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    for at in range(start, end):
        character = text[at]
        if character.isalnum() or character.isspace():
            continue
        if character not in "_.،,:" and not 0x64B <= ord(character) <= 0x65F:
            count = _add_sign(found, count, _signed(ord(character), 9), 7, at)
        if character in "|/\\»«›‹>→←•·–—":
            separators += 1
        if character in '«"“‘':
            quoted = True
        elif character == ":" and at + 1 < end:
            colon = True
        elif character == "%" and at + 1 < end and text[at + 1] in "sd1":
            slotted = True
        elif character == "{":
            braced = True
        elif character == "}":
            slotted = slotted or braced
            braced = False
        elif character == ".":
            slotted = slotted or (at >= start + 2 and text[at - 1] == "." and text[at - 2] == ".")
        elif character == "…":
            slotted = slotted or at + 1 == end
    opened = start < end and not text[start].isalnum()
    letters = lines[row + 3] + lines[row + 4] + lines[row + 5]
    place = 0 if body_first < 0 else 1 if index < body_first else 2 if index > body_last else 3
    before = _beside(shapes, index - 1)
    behind = _beside(shapes, index + 1)
    count = _shape_sign(found, count, 0, words)
    count = _shape_sign(found, count, 1, min(words, 15) * 3 + ending)
    count = _shape_sign(found, count, 2, place)
    count = _shape_sign(found, count, 3, ending + 3 * place)
    count = _shape_sign(found, count, 4, place * 16 + min(words, 15))
    count = _shape_sign(found, count, 5, above + (5 if place == 1 else 0))
    count = _shape_sign(found, count, 6, below + (5 if place == 2 else 0))
    count = _shape_sign(found, count, 7, before)
    count = _shape_sign(found, count, 8, behind)
    count = _shape_sign(found, count, 9, before * 6 + behind)
    count = _shape_sign(found, count, 10, 1 + 4 * lines[row + 4] // letters if letters else 0)
    count = _shape_sign(found, count, 11, min(4, lines[row + 6]))
    count = _shape_sign(found, count, 12, min(6, lines[row + 7]))
    count = _shape_sign(found, count, 13, opened)
    count = _shape_sign(found, count, 14, min(3, separators))
    count = _shape_sign(found, count, 15, slotted)
    count = _shape_sign(found, count, 16, quoted)
    return _shape_sign(found, count, 17, colon)


@cython.cfunc
def _shape_sign(
    found: cython.int[::1], count: cython.Py_ssize_t, number: cython.int, value: cython.int
) -> cython.Py_ssize_t:
    key: cython.ulonglong = (8 * _STEP) & _ALL
    return _add_sign(found, count, _slot((key + number * 64 + value) & _ALL), 8 + number, -1)


def line_signs(
    text: str,
    starts: cython.int[::1],
    ends: cython.int[::1],
    keys: cython.ulonglong[::1],
    lines: cython.int[::1],
    folds: cython.ushort[::1],
    skeletons: cython.ushort[::1],
    shapes: cython.int[::1],
    index: cython.Py_ssize_t,
    found: cython.int[::1],
) -> cython.Py_ssize_t:
    """The signs of a short line, three numbers each: its weight's, its part's in `facts.page_lines.PARTS`, its place.

    The place is a word's number, a sign's offset, or -1. Returns how many signs there are.
    """
    first = _paragraph(shapes, False)
    last = _paragraph(shapes, True)
    return _signs(text, starts, ends, keys, lines, folds, skeletons, shapes, index, first, last, found)


def line_scores(
    text: str,
    starts: cython.int[::1],
    ends: cython.int[::1],
    keys: cython.ulonglong[::1],
    lines: cython.int[::1],
    folds: cython.ushort[::1],
    skeletons: cython.ushort[::1],
    shapes: cython.int[::1],
    own: cython.schar[::1],
    scale: cython.double,
    base: cython.double,
    found: cython.int[::1],
    seen: cython.ulonglong[::1],
    scores: cython.double[::1],
) -> None:
    """The log odds of each short line by its own signs, each sign once.

    `found` is room for the signs of one line, `seen` are empty slots, a power of two and more than twice as many.
    """
    mask = len(seen) - 1
    first = _paragraph(shapes, False)
    last = _paragraph(shapes, True)
    for index in range(len(shapes) // 5):
        if not shapes[5 * index + 4] & _SHORT_LINE:
            continue
        total = 0
        for sign in range(_signs(text, starts, ends, keys, lines, folds, skeletons, shapes, index, first, last, found)):
            mark = (cython.cast(cython.ulonglong, index + 1) << 32) | found[3 * sign]
            place = found[3 * sign] & mask
            while seen[place] >> 32 == mark >> 32 and seen[place] != mark:
                place = (place + 1) & mask
            if seen[place] != mark:
                seen[place] = mark
                total += own[found[3 * sign]]
        scores[index] = base + scale * total


@cython.cfunc
def _within(score: cython.double) -> cython.double:
    return max(-6.0, min(6.0, score))


def surroundings(
    shapes: cython.int[::1],
    scores: cython.double[::1],
    listed: cython.double[::1],
    weights: cython.double[::1],
    base: cython.double,
    rows: cython.double[::1],
    sums: cython.double[::1],
) -> None:
    """What stands around each short line, as a row in the order of `facts.page_lines.AROUND`, and the row weighed.

    `listed` is how surely lists know each line; `scores` are `line_scores`.
    """
    count = len(shapes) // 5
    first = _paragraph(shapes, False)
    last = _paragraph(shapes, True)
    for index in range(count):
        if not shapes[5 * index + 4] & _SHORT_LINE:
            continue
        row = 18 * index
        own = _within(scores[index])
        before = behind = -2.0
        if index > 0 and shapes[5 * index - 1] & _SHORT_LINE:
            before = _within(scores[index - 1])
        if index + 1 < count and shapes[5 * index + 9] & _SHORT_LINE:
            behind = _within(scores[index + 1])
        start = end = index
        while start > 0 and shapes[5 * start - 1] & _SHORT_LINE and shapes[5 * start - 2] != 2 and index - start < 20:
            start -= 1
        while end + 1 < count and shapes[5 * end + 9] & _SHORT_LINE and shapes[5 * end + 8] != 2 and end - index < 20:
            end += 1
        total = near = 0.0
        sure = 0
        for at in range(start, end + 1):
            total += _within(scores[at])
            sure += 1 if _within(scores[at]) > 2.0 else 0
            if at != index:
                near = max(near, listed[at])
        rows[row] = own
        rows[row + 1] = before
        rows[row + 2] = behind
        rows[row + 3] = 1.0 if before > 2.0 else 0.0
        rows[row + 4] = 1.0 if behind > 2.0 else 0.0
        rows[row + 5] = min(end - start + 1, 8) / 8.0
        rows[row + 6] = total / (end - start + 1)
        rows[row + 7] = 1.0 if first < 0 else 0.0
        rows[row + 8] = 1.0 if index < first else 0.0
        rows[row + 9] = 1.0 if index > last >= 0 else 0.0
        rows[row + 10] = 1.0 if shapes[5 * index + 3] == 2 else 0.0
        rows[row + 11] = _highest(shapes, scores, max(0, index - 3), index)
        rows[row + 12] = _highest(shapes, scores, index + 1, min(count, index + 4))
        rows[row + 13] = sure / cython.cast(cython.double, end - start + 1)
        rows[row + 14] = min(own, 0.0)
        rows[row + 15] = max(own - 3.0, 0.0)
        rows[row + 16] = listed[index]
        rows[row + 17] = near
        total = 0.0
        for at in range(18):
            total += weights[at] * rows[row + at]
        sums[index] = base + total


@cython.cfunc
def _highest(
    shapes: cython.int[::1], scores: cython.double[::1], start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.double:
    """The highest score of the short lines among some lines, -2 where there is none."""
    highest = -9.5
    for at in range(start, end):
        if shapes[5 * at + 4] & _SHORT_LINE:
            highest = max(highest, _within(scores[at]))
    return highest if highest > -9.0 else -2.0


def look_again(
    shapes: cython.int[::1], rows: cython.double[::1], covers: cython.int[::1], covered: cython.double[::1],
    again: cython.double[::1], signs: cython.double[::1], once: cython.double[::1], scores: cython.double[::1],
) -> None:  # fmt: skip
    """What each short line comes to by the first 62 signs of the third look, `once`, and by all.

    `rows` are of `surroundings`, `covers` of `cover_lines`; `covered` weighs the first signs, `again` all; the last
    weight of each is its base. `signs` has room for one line, and three more.
    """
    for index in range(len(shapes) // 5):
        if shapes[5 * index + 4] & _SHORT_LINE:
            _signs_of_cover(shapes, rows, covers, index, signs)
            once[index] = covered[62] + _weighed(covered, signs, 62)
    _count_short(shapes, once, signs)
    for index in range(len(shapes) // 5):
        if shapes[5 * index + 4] & _SHORT_LINE:
            _signs_of_cover(shapes, rows, covers, index, signs)
            _signs_beside(shapes, once, index, signs)
            scores[index] = again[73] + _weighed(again, signs, 73)


def signs_again(
    shapes: cython.int[::1], rows: cython.double[::1], covers: cython.int[::1], once: cython.double[::1],
    index: cython.Py_ssize_t, signs: cython.double[::1],
) -> None:  # fmt: skip
    """The 73 signs of one short line at the third look."""
    _signs_of_cover(shapes, rows, covers, index, signs)
    _count_short(shapes, once, signs)
    _signs_beside(shapes, once, index, signs)


@cython.cfunc
def _weighed(weights: cython.double[::1], signs: cython.double[::1], count: cython.Py_ssize_t) -> cython.double:
    total: cython.double = 0.0
    for at in range(count):
        total += weights[at] * signs[at]
    return total


def cover_signs(
    covers: cython.int[::1], line: cython.Py_ssize_t, at: cython.Py_ssize_t, signs: cython.double[::1]
) -> None:
    """How far words of the interface cover a line, and what they are about: `facts.furniture.COVERED`."""
    row = 19 * line
    words: cython.double = covers[row]
    unknown: cython.double = covers[row + 1]
    whole: cython.bint = covers[row + 1] == 0 and covers[row + 8] > 0
    for place in range(at, at + 14):
        signs[place] = 0.0
    if covers[row] == 0:
        return
    signs[at] = 1.0 - unknown / words
    signs[at + 1] = 1.0 if whole else 0.0
    signs[at + 2] = covers[row + 3] / words
    signs[at + 3] = min(unknown, 6.0) / 6
    signs[at + 4] = 1.0 if covers[row + 10] else 0.0
    signs[at + 5] = 1.0 if covers[row + 12] else 0.0
    signs[at + 6] = 1.0 if covers[row + 13] else 0.0
    signs[at + 7] = 1.0 if covers[row + 16] else 0.0
    signs[at + 8] = 1.0 if covers[row + 15] else 0.0
    signs[at + 9] = 1.0 if covers[row + 17] else 0.0
    signs[at + 10] = 1.0 if covers[row + 11] else 0.0
    signs[at + 11] = 1.0 if covers[row + 4] else 0.0
    signs[at + 12] = 1.0 if covers[row + 5] else 0.0
    signs[at + 13] = 1.0 if whole and covers[row] <= 2 else 0.0


@cython.cfunc
def _signs_of_cover(
    shapes: cython.int[::1],
    rows: cython.double[::1],
    covers: cython.int[::1],
    index: cython.Py_ssize_t,
    signs: cython.double[::1],
) -> None:
    """What stands around a short line, how far interface words cover it, and both together."""
    for at in range(18):
        signs[at] = rows[18 * index + at]
    cover_signs(covers, shapes[5 * index], 18, signs)
    signs[32] = signs[0] * signs[18]
    signs[33] = signs[0] * signs[19]
    for at in range(14):
        signs[34 + at] = signs[8] * signs[18 + at]
        signs[48 + at] = signs[9] * signs[18 + at]


@cython.cfunc
@cython.inline
def _capped(score: cython.double) -> cython.double:
    return max(-5.0, min(6.0, score))


@cython.cfunc
def _count_short(shapes: cython.int[::1], once: cython.double[::1], signs: cython.double[::1]) -> None:
    """What all short lines come to, how many are sure, and how many there are: the last three of `signs`."""
    total: cython.double = 0.0
    sure: cython.double = 0.0
    short: cython.double = 0.0
    for index in range(len(shapes) // 5):
        if shapes[5 * index + 4] & _SHORT_LINE:
            score = _capped(once[index])
            total += score
            sure += 1.0 if score > 2.0 else 0.0
            short += 1.0
    signs[73] = total
    signs[74] = sure
    signs[75] = short


@cython.cfunc
def _signs_beside(
    shapes: cython.int[::1], once: cython.double[::1], index: cython.Py_ssize_t, signs: cython.double[::1]
) -> None:
    """What the other short lines say of one, by their log odds so far: the last eleven signs."""
    short = signs[75]
    others = max(1.0, short - 1.0)
    score = _capped(once[index])
    signs[62] = score
    before = _next_short(shapes, index, -1)
    behind = _next_short(shapes, index, 1)
    signs[63] = _score_of(once, before)
    signs[64] = _score_of(once, behind)
    signs[65] = _score_of(once, _next_short(shapes, before, -1) if before >= 0 else -1)
    signs[66] = _score_of(once, _next_short(shapes, behind, 1) if behind >= 0 else -1)
    signs[67] = 1.0 if signs[63] > 2.0 else 0.0
    signs[68] = 1.0 if signs[64] > 2.0 else 0.0
    signs[69] = (signs[73] - score) / others
    signs[70] = (signs[74] - (1.0 if score > 2.0 else 0.0)) / others
    signs[71] = 1.0 if short == 1.0 else 0.0
    signs[72] = min(short, 30.0) / 30


@cython.cfunc
def _next_short(shapes: cython.int[::1], index: cython.Py_ssize_t, step: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The short line that comes next in one direction; -1 where none does."""
    index += step
    while 0 <= index < len(shapes) // 5:
        if shapes[5 * index + 4] & _SHORT_LINE:
            return index
        index += step
    return -1


@cython.cfunc
def _score_of(once: cython.double[::1], index: cython.Py_ssize_t) -> cython.double:
    return -2.0 if index < 0 else _capped(once[index])


# Words as the lists of packs have them ("google+", "1,204", "e-mail"), and how far a vocabulary covers a line.

_CLASSES = cython.declare(cython.int, 0xFFFF)
_BARED = cython.declare(cython.int, 1 << 16)
_ASKS_FIRST = cython.declare(cython.int, 1 << 16)
_ASKS_LAST = cython.declare(cython.int, 1 << 17)
_SERVES = cython.declare(cython.int, 1 << 18)
_REACH = cython.declare(cython.int, 20)


@cython.cfunc
@cython.inline
def _spells(character: cython.Py_UCS4) -> cython.bint:
    """Whether a character is a letter, or a number that is no digit."""
    return character.isalnum() and not character.isdecimal()


@cython.cfunc
@cython.inline
def _is_ascii_letter(character: cython.Py_UCS4) -> cython.bint:
    return "a" <= character <= "z" or "A" <= character <= "Z"


@cython.cfunc
def _past_digits(text: str, at: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.Py_ssize_t:
    while at < end and text[at].isdecimal():
        at += 1
    return at


@cython.cfunc
def _past_number(text: str, at: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where a number ends, with its separators and "3.5K"; letters right behind it take the last digit along."""
    group = at
    past = _past_digits(text, at, end)
    while past + 1 < end and text[past] in ".,:/٬٫،" and text[past + 1].isdecimal():
        group = past + 1
        past = _past_digits(text, group, end)
    if past < end and text[past] in "kKmM%" and not (past + 1 < end and _spells(text[past + 1])):
        return past + 1
    if past == end or not _spells(text[past]):
        return past
    if past - group > 1:
        return past - 1
    if group > at:
        return group - 1
    while past < end and _spells(text[past]):  # "5kg"
        past += 1
    return past


@cython.cfunc
def _past_listed(
    text: str, start: cython.Py_ssize_t, at: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Where the word ends that begins at a place of a piece of text; the place itself where none does."""
    if text[at].isdecimal():
        return _past_number(text, at, end)
    past = at
    while past < end and (
        _spells(text[past]) or (past > at and (0x64B <= ord(text[past]) <= 0x655 or text[past] == "\u0670"))
    ):
        past += 1
    if past == at:
        return at
    while past + 1 < end and text[past] in ".'’-" and _is_ascii_letter(text[past + 1]):
        past += 1
        while past < end and _is_ascii_letter(text[past]):
            past += 1
    if past < end and text[past] == "+":
        return past + 1
    if past == end or text[past] != "-" or text[past - 1] not in "AaعFf":
        return past
    # "A-", a button for smaller letters, where no word ends with it
    lone = past - 1 == start or not (text[past - 2].isalnum() or text[past - 2] == "_")
    return past + 1 if lone else past


@cython.cfunc
@cython.inline
def _listed_letter(character: cython.Py_UCS4, folds: cython.ushort[::1]) -> cython.uint:
    """What a character of such a word folds to: signs stand for themselves; 0 for what vanishes."""
    kind = _kind(character, folds)
    if kind == _VANISHES:
        return 0
    return kind if kind > _BLANK else ord(character)


@cython.cfunc
def _rest_key(
    text: str, start: cython.Py_ssize_t, end: cython.Py_ssize_t, folds: cython.ushort[::1], without: cython.int
) -> cython.ulonglong:
    """The key of a word without its first letters; 0 where nothing is left."""
    key: cython.ulonglong = _FIRST
    count = 0
    for place in range(start, end):
        letter = _listed_letter(text[place], folds)
        if letter:
            count += 1
            if count > without:
                key = _grown(key, letter)
    return key if count > without else 0


@cython.cfunc
def _cut_listed(
    text: str, start: cython.Py_ssize_t, end: cython.Py_ssize_t, folds: cython.ushort[::1],
    keys: cython.ulonglong[::1], places: cython.int[::1],
) -> cython.Py_ssize_t:  # fmt: skip
    """The words of a piece of text: the key of each, and start, end and number of letters."""
    count = 0
    at = start
    while at < end:
        past = _past_listed(text, start, at, end)
        letters = 0
        key: cython.ulonglong = _FIRST
        for place in range(at, past):
            letter = _listed_letter(text[place], folds)
            if letter:
                letters += 1
                key = _grown(key, letter)
        if letters:
            keys[count] = key
            places[3 * count] = at
            places[3 * count + 1] = past
            places[3 * count + 2] = letters
            count += 1
        at = max(past, at + 1)
    return count


def listed_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand, as lists have words."""
    found = []
    at: cython.Py_ssize_t = 0
    end = len(text)
    while at < end:
        past = _past_listed(text, 0, at, end)
        if past > at:
            found.append((at, past))
            at = past
        else:
            at += 1
    return found


def listed_keys(
    text: str, folds: cython.ushort[::1], keys: cython.ulonglong[::1], places: cython.int[::1]
) -> cython.Py_ssize_t:
    """The keys of the words of an entry, with room in `places` for three numbers each; how many they are."""
    return _cut_listed(text, 0, len(text), folds, keys, places)


@cython.cfunc
def _bared(
    text: str, at: cython.Py_ssize_t, end: cython.Py_ssize_t, size: cython.int, folds: cython.ushort[::1], joined: str,
    slots: cython.ulonglong[::1], numbers: cython.int[::1],
) -> cython.int:  # fmt: skip
    """The classes of a word without one of the particles, parted by blanks, that are written `joined` to it."""
    first: cython.uint = 0
    second: cython.uint = 0
    third: cython.uint = 0
    place = at
    while place < end and not third:
        letter = _listed_letter(text[place], folds)
        if letter and not first:
            first = letter
        elif letter and not second:
            second = letter
        else:
            third = letter
        place += 1
    same: cython.bint = True
    length: cython.int = 0
    for character in joined:
        if character != " ":
            same = same and ord(character) == (first if length == 0 else second if length == 1 else third)
            length += 1
            continue
        if same and size - length >= 3:
            classes = _known(slots, numbers, _rest_key(text, at, end, folds, length)) & _CLASSES
            if classes:
                return classes
        same = True
        length = 0
    return 0


@cython.cfunc
def _cover(
    text: str, count: cython.Py_ssize_t, keys: cython.ulonglong[::1], places: cython.int[::1],
    folds: cython.ushort[::1], joined: str, slots: cython.ulonglong[::1], numbers: cython.int[::1],
    found: cython.int[::1],
) -> cython.Py_ssize_t:  # fmt: skip
    """Cut words into phrases of a vocabulary, the longest first: classes, first word and the one past the last."""
    pieces = 0
    at = 0
    while at < count:
        known: cython.int = _known(slots, numbers, keys[at])
        classes: cython.int = 0
        past = at + 1
        key = keys[at]
        for word in range(at + 1, min(count, at + (known >> _REACH))):
            key = _joined(key, keys[word])
            longer: cython.int = _known(slots, numbers, key) & _CLASSES
            if longer:
                classes = longer
                past = word + 1
        if not classes:
            classes = known & _CLASSES
        if not classes:
            classes = _bared(
                text, places[3 * at], places[3 * at + 1], places[3 * at + 2], folds, joined, slots, numbers
            )
            if classes:
                classes |= _BARED
        found[3 * pieces] = classes
        found[3 * pieces + 1] = at
        found[3 * pieces + 2] = past
        pieces += 1
        at = past
    return pieces


def cover_words(
    text: str, folds: cython.ushort[::1], joined: str, slots: cython.ulonglong[::1], numbers: cython.int[::1],
    keys: cython.ulonglong[::1], places: cython.int[::1], found: cython.int[::1],
) -> cython.Py_ssize_t:  # fmt: skip
    """How a vocabulary covers a text: classes, start and end of each piece; how many pieces they are.

    The table has for a phrase its classes, and for a word that phrases begin with how many words the longest has.
    `keys`, `places` and `found` have room for as many words as the text has letters.
    """
    count = _cut_listed(text, 0, len(text), folds, keys, places)
    pieces = _cover(text, count, keys, places, folds, joined, slots, numbers, found)
    for piece in range(pieces):
        found[3 * piece + 1] = places[3 * found[3 * piece + 1]]
        found[3 * piece + 2] = places[3 * found[3 * piece + 2] - 2]
    return pieces


def cover_lines(
    text: str, lines: cython.int[::1], words: cython.Py_ssize_t, opened: cython.uchar[::1], longest: cython.int,
    most: cython.int, folds: cython.ushort[::1], joined: str, slots: cython.ulonglong[::1], numbers: cython.int[::1],
    keys: cython.ulonglong[::1], places: cython.int[::1], found: cython.int[::1], shapes: cython.int[::1],
) -> None:  # fmt: skip
    """How interface words cover each line of at most `longest` characters, as nineteen numbers.

    How many words, words that are unknown, numbers and telling pieces it has; whether a verb of request stands where
    its language has it, how many words name a service; the classes of the first and the last piece that has some, how
    many have, and how many have each class. Of the `words` of the text a line that does not open or close like a button
    has at most so many as `most`. `keys`, `places` and `found` have room for a line.
    """
    for line in range(len(lines) // 8):
        start = lines[8 * line]
        end = lines[8 * line + 1]
        last = lines[8 * line + 10] if 8 * line + 10 < len(lines) else words
        if end - start > longest or (last - lines[8 * line + 2] > most and not opened[line] & _BUTTON):
            continue
        count = _cut_listed(text, start, end, folds, keys, places)
        if not count:
            continue
        row = 19 * line
        shapes[row] = count
        for word in range(count):
            known: cython.int = _known(slots, numbers, keys[word])
            if not known & _SERVES and places[3 * word + 2] > 2:
                known |= _SERVES & _known(
                    slots, numbers, _rest_key(text, places[3 * word], places[3 * word + 1], folds, 2)
                )
            if (word == 0 and known & _ASKS_FIRST) or (word == count - 1 and known & _ASKS_LAST):
                shapes[row + 4] = 1
            shapes[row + 5] += 1 if known & _SERVES else 0
        for piece in range(_cover(text, count, keys, places, folds, joined, slots, numbers, found)):
            classes: cython.int = found[3 * piece] & _CLASSES
            word = found[3 * piece + 1]
            if classes:
                if not shapes[row + 8]:
                    shapes[row + 6] = classes
                shapes[row + 7] = classes
                shapes[row + 8] += 1
                shapes[row + 3] += 1 if classes & 0x1FE else 0
                for bit in range(10):
                    shapes[row + 9 + bit] += (classes >> bit) & 1
            elif text[places[3 * word]].isdigit():
                shapes[row + 2] += 1
            elif places[3 * word + 2] > 1:
                shapes[row + 1] += 1


# How lines open and close: the bits of `facts.openers`.

_BUTTON = cython.declare(cython.int, 1)
_LONE_NUMBER = cython.declare(cython.int, 2)
_LABEL = cython.declare(cython.int, 4)
_SOURCE = cython.declare(cython.int, 8)
_EDGE = cython.declare(cython.int, 16)
_GLUED = cython.declare(cython.int, 32)
_DATED = cython.declare(cython.int, 64)
_BROKEN = cython.declare(cython.int, 128)
_SHORT = cython.declare(cython.int, 256)
_STAMP = cython.declare(cython.int, 512)
_HEADLINE = cython.declare(cython.int, 1024)
_GAPPED = cython.declare(cython.int, 2048)
_OPENS_PAIRED = cython.declare(cython.int, 6)
_CLOSES = cython.declare(cython.int, 1 << 12)
_DATES = cython.declare(cython.int, 1 << 13)


def open_lines(
    text: str,
    starts: cython.int[::1],
    ends: cython.int[::1],
    keys: cython.ulonglong[::1],
    gaps: cython.uchar[::1],
    lines: cython.int[::1],
    few: cython.Py_ssize_t,
    slots: cython.ulonglong[::1],
    numbers: cython.int[::1],
    found: cython.uchar[::1],
) -> int:
    """The bits of each line, and those of all lines and of both ends of the text together.

    A short line has at most `few` words. The table has for a word the bits of lines that open with it, those that the
    next word must bear out (which has them under the key of both), whether lines close with it, and whether it is an
    everyday label of dates.
    """
    words = len(keys)
    bits = 0
    seen = 0
    first = 0
    for row in range(0, len(lines), 8):
        last = lines[row + 10] if row + 10 < len(lines) else words
        if row and last == first:  # no word stands on it, nor on the line above
            bits |= _GAPPED
        first = lines[row + 2]
        kinds = _opening_of(
            text, starts, ends, keys, gaps, slots, numbers, lines[row], lines[row + 1], lines[row + 2], last
        )
        found[row // 8] = kinds
        bits |= kinds
        if not bits & _BROKEN and row + 8 < len(lines) and last > lines[row + 2] and _is_broken(text, lines, row):
            bits |= _BROKEN
        if _is_short(lines, row, last, few):
            bits |= _SHORT
        if row > 0 and not bits & _HEADLINE and _may_be_headline(text, starts, ends, lines, row, last):
            bits |= _HEADLINE
        if seen < 8 and (last > lines[row + 2] or lines[row + 7]):
            seen += 1
            if seen <= 4 and not bits & _EDGE and _stands_alone(text, lines[row], lines[row + 1]):
                bits |= _EDGE
            if _may_be_stamp(starts, ends, lines, row, last):
                bits |= _STAMP
    for word in range(words):
        if _known(slots, numbers, keys[word]) & _DATES and _is_dated(text, starts[word], ends[word]):
            bits |= _DATED
            break
    row = len(lines) - 8
    seen = 0
    while row >= 0 and (seen < 4 or (seen < 14 and not bits & _EDGE)):
        last = lines[row + 10] if row + 10 < len(lines) else words
        if last > lines[row + 2] or lines[row + 7]:
            seen += 1
            if not bits & _EDGE and _stands_alone(text, lines[row], lines[row + 1]):
                bits |= _EDGE
            if seen <= 4 and _may_be_stamp(starts, ends, lines, row, last):
                bits |= _STAMP
        row -= 8
    if words > 0 and (
        _opens(keys, slots, numbers, 0, words) & _BUTTON
        or (_known(slots, numbers, keys[words - 1]) & _CLOSES and _only_signs_after(text, ends[words - 1], len(text)))
    ):
        bits |= _GLUED
    return bits


@cython.cfunc
def _may_be_stamp(
    starts: cython.int[::1], ends: cython.int[::1], lines: cython.int[::1], row: cython.Py_ssize_t,
    last: cython.Py_ssize_t,
) -> cython.bint:  # fmt: skip
    """Whether a line has the digits of a day and a year (in any script), and is short enough for the date line of a
    page."""
    first = lines[row + 2]
    return last > first and (lines[row + 5] > 0 or lines[row + 6] > 2) and ends[last - 1] - starts[first] <= 110


@cython.cfunc
def _may_be_headline(
    text: str, starts: cython.int[::1], ends: cython.int[::1], lines: cython.int[::1], row: cython.Py_ssize_t,
    last: cython.Py_ssize_t,
) -> cython.bint:  # fmt: skip
    """Whether a line is as long as a headline, and no stop stands at its end or at that of its quotation."""
    start = lines[row]
    end = lines[row + 1]
    first = lines[row + 2]
    if end - start < 28 or (last > first and ends[last - 1] - starts[first] > 105):
        return False
    while end > start and text[end - 1].isspace():
        end -= 1
    while end > start and text[end - 1] in "\"”»’'":
        end -= 1
    return end == start or text[end - 1] not in ".!:؛،,۔…-*)"


@cython.cfunc
def _is_dated(text: str, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.bint:
    """Whether a colon or a number stands behind a word, or a colon before it, with three blanks between at most."""
    at = end
    while at < len(text) and at < end + 3 and text[at] in " \u00a0\u200e\u200f":
        at += 1
    if at < len(text):
        character = text[at]
        if character in ":：" or "0" <= character <= "9" or "٠" <= character <= "٩" or "۰" <= character <= "۹":
            return True
    at = start - 1
    while at >= 0 and at > start - 4 and text[at] in " \u00a0\u200e\u200f":
        at -= 1
    return at >= 0 and text[at] in ":："


@cython.cfunc
def _is_broken(text: str, lines: cython.int[::1], row: cython.Py_ssize_t) -> cython.bint:
    """Whether a line may go on in the next: it is no short one, ends no sentence, and the next is not blank."""
    end = lines[row + 1]
    if end - lines[row] < 45 or lines[row + 9] == lines[row + 8]:
        return False
    while text[end - 1].isspace() or text[end - 1] in "»”\"')]":
        end -= 1
    return text[end - 1] not in ".!?؟۔…:؛"


@cython.cfunc
def _known(slots: cython.ulonglong[::1], numbers: cython.int[::1], key: cython.ulonglong) -> cython.int:
    number = _number(slots, numbers, key)
    return number if number > 0 else 0


@cython.cfunc
def _opens(
    keys: cython.ulonglong[::1],
    slots: cython.ulonglong[::1],
    numbers: cython.int[::1],
    first: cython.Py_ssize_t,
    last: cython.Py_ssize_t,
) -> cython.int:
    """The bits of what opens with these words."""
    known = _known(slots, numbers, keys[first])
    bits = known & 63
    if known & (63 << _OPENS_PAIRED) and first + 1 < last:
        bits |= _known(slots, numbers, _joined(keys[first], keys[first + 1])) & 63
    return bits


@cython.cfunc
def _opening_of(
    text: str,
    starts: cython.int[::1],
    ends: cython.int[::1],
    keys: cython.ulonglong[::1],
    gaps: cython.uchar[::1],
    slots: cython.ulonglong[::1],
    numbers: cython.int[::1],
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    first: cython.Py_ssize_t,
    last: cython.Py_ssize_t,
) -> cython.int:
    """What the first and the last word of one line say about it."""
    bits: cython.int = 0
    known: cython.int
    at = first
    if first >= last:
        return 0
    if ends[first] == end or text[ends[first]] != "_":  # "[ad_1]" is code
        bits = _opens(keys, slots, numbers, first, last)
    if end - start > 130:
        known = _GLUED if bits & _BUTTON else 0
        return known | (bits & ~_BUTTON) if bits and _is_marked(text, start, end) else known
    if bits & _LABEL and end - start > 36 and not _is_marked(text, start, end):
        bits &= ~(_LABEL | _SOURCE)
    if text[starts[first]].isdigit():
        if end - start <= 14:
            bits |= _LONE_NUMBER
        else:  # "1,204 views", "3.5K views": the word behind the number decides
            while at < last and (text[starts[at]].isdigit() or (gaps[at] == 1 and ends[at] == starts[at] + 1)):
                at += 1
            if at < last:
                known = _known(slots, numbers, keys[at])
                bits |= (known | known >> _OPENS_PAIRED) & _BUTTON
    if not bits & _BUTTON and _known(slots, numbers, keys[last - 1]) & _CLOSES:
        known = gaps[last - 1] != 1 or last - 1 == first
        bits |= _BUTTON if known and _only_signs_after(text, ends[last - 1], end) else 0
    return bits


@cython.cfunc
def _is_marked(text: str, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.bint:
    """Whether near the beginning of a line a sign stands that may end a label."""
    end = min(end, start + 60)
    for at in range(start, end):
        character = text[at]
        if character in ":：﹕|/\\؛،…":
            return True
        if character == "." and at + 1 < end and text[at + 1] == ".":
            return True
        if character in "-–—" and (at + 1 == end or text[at + 1].isspace()):
            return True
    return False


@cython.cfunc
def _only_signs_after(text: str, at: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.bint:
    """Whether nothing stands behind the last word but what may stand behind a button."""
    while at < end:
        if text[at] not in " \t\r\n.…!:)]»←→<>|\u00a0\u200b\u200e\u200f":
            return False
        at += 1
    return True


@cython.cfunc
def _stands_alone(text: str, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.bint:
    """Whether a line may be a desk line or a signature: short, of few words or with signs between them, no question."""
    blanks = 0
    points = 0
    while end - start > 1 and text[end - 1].isspace():
        end -= 1
    if end - start > 90 or text[end - 1] in "؟!۔":
        return False
    for at in range(start, end):
        character = text[at]
        if character in '-–—ـ/|\\([«*"“':
            return True
        if character == " ":
            blanks += 1
        if character == ".":
            points += 1
    return blanks <= 3 or points > 1
