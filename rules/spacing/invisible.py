"""Characters without width: zero-width spaces, soft hyphens, direction marks and controls, odd separators."""

import re
from collections.abc import Iterator

from corpuslint import (
    LANGUAGES,
    Anatomy,
    Applicability,
    DeclarativeRule,
    Diagnostic,
    Edit,
    Span,
    compile_re,
    invisible,
)

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_ZWSP = "\N{ZERO WIDTH SPACE}"
_SHY = "\N{SOFT HYPHEN}"
_NOT = "\N{NOT SIGN}"
_LRM, _RLM = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
_RLE, _PDF = "\N{RIGHT-TO-LEFT EMBEDDING}", "\N{POP DIRECTIONAL FORMATTING}"
_LETTER = f"[{invisible.LETTERS}]"
_MARK = f"[{invisible.MARKS}]"


_INVISIBLE = f"{_ZWSP}{_SHY}{_NOT}{_LRM}{_RLM}"
_STANDS_IN = compile_re(f"(?<![{_INVISIBLE}])[{_INVISIBLE}]++(?={_LETTER})")
_WORD_CHARACTER = compile_re(f"{_LETTER}|{_MARK}")

# Where a text is too short to tell its language, its own letters do.
_PERSIAN_LETTER = compile_re("[پچژگکی]")


def _stand_ins(anatomy: Anatomy) -> tuple[re.Match[str], ...]:
    """The invisible characters between two Persian letters, where a ZWNJ would stand."""
    text = anatomy.text
    found = tuple(
        match for match in _STANDS_IN.finditer(text) if match.start() and _WORD_CHARACTER.match(text, match.start() - 1)
    )
    if not found:
        return ()
    language = anatomy.language
    known = LANGUAGES.get(language)
    if not (known.non_joiner if known else not language and _PERSIAN_LETTER.search(text)):
        return ()
    return found


# Behind these prefixes and before these suffixes of Persian, LET032 reports all but direction marks.
_PREFIXED = compile_re(f"(?<!{_LETTER})(?:ن?می|بی|هم|پیش|نا|فرا)\\Z")
_SUFFIXED = compile_re(
    "(?:ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان|تر|ترین|تری|ای|اند|ام|ات|اش|ایم|اید|مان|تان|شان|گر|گری)"
    f"(?!{_LETTER})"
)


def _is_reported_as_letter(anatomy: Anatomy, match: re.Match[str]) -> bool:
    text = anatomy.text
    if _LRM in match[0] or _RLM in match[0] or anatomy.language != "fa":
        return False
    prefixed = _PREFIXED.search(text, max(0, match.start() - 6), match.start())
    return bool(prefixed or _SUFFIXED.match(text, match.end()))


def zwnj_stand_in(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A zero-width space, soft hyphen, not sign or direction mark in the place of a ZWNJ."""
    text = anatomy.text
    edits = (
        Edit(Span(*match.span()), "" if _base(text, match.start()) in invisible.NON_JOINING else _ZWNJ)
        for match in anatomy.fact(_stand_ins)
        if not _is_reported_as_letter(anatomy, match)
    )
    return rule.by_line(anatomy, edits)


def _base(text: str, end: int) -> str:
    """The letter before `end`, without the marks it carries."""
    while end > 1 and re.match(_MARK, text[end - 1]) and text[end - 1] != "\N{ARABIC TATWEEL}":
        end -= 1
    return text[end - 1]


def stands_for_no_joiner(anatomy: Anatomy, match: re.Match[str]) -> float:
    """1.0 for a soft hyphen where no ZWNJ would stand, 0.0 for one that `zwnj-stand-in` reports."""
    return float({match.start(), match.start() - 1}.isdisjoint(anatomy.fact(_taken)))


def _taken(anatomy: Anatomy) -> set[int]:
    return {match.start() for match in anatomy.fact(_stand_ins)}


_ZERO = invisible.ZERO_WIDTH_SPACES
_ZERO_RUN = compile_re(f"[{_ZERO}]+")


def zero_width_space(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A zero-width space or word joiner."""
    text = anatomy.text
    theirs = anatomy.fact(_taken)
    loose: list[Edit] = []
    inside: list[Edit] = []
    for match in _ZERO_RUN.finditer(text):
        if match.start() not in theirs:
            between = (
                match.start() and text[match.start() - 1].isalnum() and text[match.end() : match.end() + 1].isalnum()
            )
            (inside if between else loose).append(Edit(Span(*match.span()), " " if between else ""))
    yield from rule.by_line(anatomy, loose, "Delete it")
    yield from rule.by_line(anatomy, inside, "Replace with a space", Applicability.DISPLAY)


_DIRECTION = invisible.DIRECTION_MARKS
_RTL = f"(?:{_LETTER}|{_MARK})"

# Between two Arabic letters, or an Arabic letter and the end of a line, with nothing but spaces on the way, every
# character already runs from right to left, and a mark of either direction changes the place of nothing.
_MARK_RUN = compile_re(f"[{_DIRECTION}]+")
_BEFORE_IDLE = compile_re(f"{_RTL}[ ]?\\Z")
_AFTER_IDLE = compile_re(f"[ ]?{_LETTER}|[ ]*$", re.MULTILINE)


def _is_idle(text: str, start: int, end: int) -> bool:
    """Whether the marks from `start` to `end` change the order of nothing around them."""
    if not _AFTER_IDLE.match(text, end):
        return False
    first = start
    while first and text[first - 1] == " ":
        first -= 1
    if first == 0 or text[first - 1] == "\n":
        return _LRM not in text[start:end]  # at the beginning of a line LRM turns it round
    return bool(_BEFORE_IDLE.search(text, max(0, start - 2), start))


_REPEATED_MARK = compile_re(f"(?<={_LRM}){_LRM}+|(?<={_RLM}){_RLM}+")


def stray_direction_mark(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A direction mark between letters that run the same way without it."""
    text = anatomy.text
    theirs = anatomy.fact(_taken)
    runs = [Span(*match.span()) for match in _MARK_RUN.finditer(text)]
    idle = [span for span in runs if span.start not in theirs and _is_idle(text, *span)]
    taken = {at for span in idle for at in range(span.start, span.end)}
    idle += [Span(*match.span()) for match in _REPEATED_MARK.finditer(text) if not taken & set(range(*match.span()))]
    edits = [Edit(span, "") for span in sorted(idle)]
    return rule.by_line(anatomy, edits)


_OPENERS, _CLOSERS = invisible.DIRECTION_OPENERS, invisible.DIRECTION_CLOSERS
_ISOLATES = _OPENERS[-3:]
_CONTROL = compile_re(f"[{_OPENERS}{_CLOSERS}\n]")


def unpaired_direction_control(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """An embedding, override or isolate without its end, or an end without its beginning."""
    idle: list[Edit] = []
    active: list[Edit] = []
    text = anatomy.text
    stack: list[int] = []
    isolates: list[int] = []
    for match in _CONTROL.finditer(f"{text}\n"):
        at, control = match.start(), match[0]
        if control == "\n":
            for opener in stack:
                (idle if _says_nothing_new(text, opener) else active).append(Edit(Span(opener, opener + 1), ""))
            stack.clear()
            isolates.clear()
        elif control in _OPENERS:
            stack.append(at)
            if control in _ISOLATES:
                isolates.append(at)
        elif (opener := _closed_by(control, stack, isolates, text)) < 0:
            idle.append(Edit(Span(at, at + 1), ""))
        elif opener == at - 1:
            idle += (Edit(Span(opener, at), ""), Edit(Span(at, at + 1), ""))
    yield from rule.by_line(anatomy, sorted(idle))
    yield from rule.by_line(anatomy, sorted(active), applicability=Applicability.UNSAFE)


def _closed_by(control: str, stack: list[int], isolates: list[int], text: str) -> int:
    """The opener that `control` closes, taken off the stack with what is open inside it; -1 where it closes none.

    `isolates` are those of the stack.

    PDF closes the innermost embedding or override, unless an isolate was opened since; PDI closes the innermost
    isolate and all that was opened in it (UAX #9, X6a and X7).
    """
    if control == _PDF:
        return stack.pop() if stack and text[stack[-1]] not in _ISOLATES else -1
    if not isolates:
        return -1
    opener = isolates.pop()
    while stack.pop() != opener:
        pass
    return opener


def _says_nothing_new(text: str, opener: int) -> bool:
    """Whether an unclosed RLE or RLI begins a line whose first letter is Arabic, and so runs that way anyway."""
    if (
        text[opener] not in (_RLE, "\N{RIGHT-TO-LEFT ISOLATE}")
        or text[text.rfind("\n", 0, opener) + 1 : opener].strip()
    ):
        return False
    end = text.find("\n", opener)
    first = next((character for character in text[opener + 1 : end if end >= 0 else None] if character.isalpha()), "")
    return bool(first and re.match(_LETTER, first))
