"""Lines that page templates print around an article, weighed rather than listed (`facts.page_lines`)."""

import re
from collections.abc import Collection, Iterator
from itertools import islice, pairwise

from corpuslint import (
    Anatomy,
    DeclarativeRule,
    Diagnostic,
    Edit,
    Severity,
    compile_re,
    furniture,
    name_lines,
    page_lines,
    phrase_pattern,
    phrasebook,
)

_LIKELY = {True: 0.6, False: 0.88}
"""From what probability a line is named at an edge of the text, and between its paragraphs beside no sure one."""
_FEW_WORDS, _LIKELY_OF_FEW, _LIKELY_ABOVE = 3, 0.75, 0.8
_SURE = {True: page_lines.SURE, False: 0.98}
_DOUBTED, _UNSURE = 0.8, 0.94
_COVERED = 0.5
"""Interface words among the words of a line that is cut out of an article: of 16 different lines without them that were
cut from 28,000 articles, 15 were the article's own, or the name of its writer."""
_DOUBTS = {False: Severity.WARNING, True: Severity.INFO}
"""How loud a doubted line is. One that ends with a colon heads what follows: of 14 that no interface word told, 13."""
_VALUE = compile_re(r"[:：]\s*[^\W_]|(?:\D*\d){5}")
"""What stands behind a label, or is a day: this rule lifts nothing."""
_ARTICLE = compile_re(r"\W*(?:ال)?(?:ماد[ةه]|فصل|دفعہ|ماددە|مادە)ی?\s+\W?(?:\d|ال)")
_FEWEST_ARTICLES = 2
"""Numbered articles from which a text is a law: offices, names and days below it sign it."""
_SENTENCE = compile_re(r"[.!؟?۔…،][\W_]*\Z|(?:\w+\W+){7}\w")
"""Lines that end as a clause or a sentence, or have eight words: where they were read, some were the article's."""


def template_line(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Short lines that a fitted model takes for lines of the page; the rules that know more of a line go first."""
    weighed = anatomy.page_lines
    sure_of = {number for number, sure in weighed.lines.items() if sure >= page_lines.SURE}
    found = {
        number: likely
        for number, likely in weighed.lines.items()
        if likely >= _LIKELY[True]
        and likely
        >= (
            _LIKELY_ABOVE
            if {number - 1, number + 1} & sure_of or weighed.is_above(number)
            else _LIKELY[weighed.at_an_edge(number)]
        )
    }
    if not found or len(anatomy.filled) == 1 or anatomy.only_page:
        return
    headline = 0 if anatomy.stated("title") else weighed.headline()
    table = furniture.holds_table(anatomy)  # short lines beside its numbers are its cells
    numbers = {piece.line.number for piece in anatomy.furniture if piece.kind is furniture.Furniture.NUMBER}
    signed = sum(bool(_ARTICLE.match(line.text)) for line in anatomy.filled) >= _FEWEST_ARTICLES
    cards = anatomy.fact(furniture.cards_of)
    doubted = _about_addresses(anatomy) | _items(anatomy) | (set() if _is_forum(anatomy, cards) else cards)
    alone = len(found) == len(anatomy.filled)
    for number, likely in found.items():
        line = anatomy.lines[number - 1]
        cover, covered, telling, *_ = furniture.coverage(line.text)
        heads, above = line.text.endswith((":", "：")), weighed.is_above(number)
        told = telling and cover >= _COVERED + 0.3 * heads and not _VALUE.search(line.text)
        saved = weighed.has_menus and not weighed.is_above_text(number)
        few = likely < _LIKELY_OF_FEW and len(line.text.split()) <= _FEW_WORDS
        beside = weighed.has_menus and cover < _COVERED and weighed.is_beside_text(number)
        guards = (  # how sure a line is at most for which one holds; at 0 it is not reported
            (0.0, few or beside or number == headline or number in anatomy.wrapped),
            (0.0, (table and number in numbers) or (signed and not covered)),
            (_DOUBTED, table or number in doubted),
            (_UNSURE, likely < _SURE[weighed.at_an_edge(number)]),
            (_UNSURE, _SENTENCE.search(line.text)),
            (_UNSURE, not (told or saved)),
            (_UNSURE, above and (heads or not covered)),  # there stand headlines
        )
        most = min((least for least, holds in guards if holds), default=1.0)
        if most:
            kind = weighed.kind(number)
            yield rule.report(
                anatomy,
                line.body,
                fix=None if alone else rule.fix((Edit(line.full, ""),), "Delete the line"),
                severity=Severity.ERROR if most == 1.0 else _DOUBTS[heads and cover < _COVERED],
                confidence=min(likely, most),
                evidence={"kind": kind, "signs": weighed.reasons(number)},
                kind=kind,
            )


def _about_addresses(anatomy: Anatomy) -> frozenset[int]:
    """The lines that are an address, and what stands above one without a label of the page: a rule of its own judges
    the address, and its title stays as long as it does."""
    found = set[int]()
    labelled = {one.line.number for one in anatomy.labels if one.label.kind == "section"}  # "short link:"
    for above, line in pairwise(anatomy.filled):
        if _ADDRESS.match(line.text):
            found.update({line.number, above.number} - labelled)
    return frozenset(found)


def _items(anatomy: Anatomy) -> set[int]:
    """The lines that continue a numbered list of the article: the number before theirs, or after it, opens another."""
    numbers: dict[tuple[int, str], set[int]] = {}
    for line in anatomy.filled:
        if found := _ITEM.match(line.text):
            numbers.setdefault((int(found["number"]), found["mark"]), set()).add(line.number)
    return {
        number
        for (value, mark), lines in numbers.items()
        if (value - 1, mark) in numbers or (value + 1, mark) in numbers
        for number in lines
    }


def _is_forum(anatomy: Anatomy, cells: Collection[int]) -> bool:
    """Whether facts are those of the members of a forum, beside each post: many, and the weights are sure of most."""
    weighed = anatomy.page_lines
    sure = sum((weighed.probability(number) or 0.0) >= page_lines.SURE for number in cells)
    return weighed.has_menus and len(cells) > _MOST_CELLS and 4 * sure > 3 * len(cells)


_MOST_CELLS = 20
_ITEM = compile_re(r"\s*(?P<number>\d{1,3})\s?(?P<mark>[.)\-–—/])\s*[^\W\d_]")
_ADDRESS = compile_re(r"\W*(?:https?:?//|www\.)", re.IGNORECASE)


def is_of_several(anatomy: Anatomy, match: re.Match[str]) -> float:
    """How sure a prefix is: one message alone may be quoted."""
    return 0.97 if len(list(islice(match.re.finditer(anatomy.text), 2))) > 1 else 0.8


def _linked(words: str) -> re.Pattern[str]:
    return compile_re(
        rf"\W{{0,3}}(?:[^\W\d]{{2,12}} )?(?:{words})(?: [^\W\d]{{2,12}})?\s*[:：]\s*(?P<title>\S.{{3,150}})"
    )


_BACK, _ON = (
    "|".join(phrase_pattern(phrase) for _, phrase in phrasebook.entries("artefacts", name))
    for name in ("words-previous", "words-next")
)
_PAGER_WORDS = compile_re(rf"(?<!\w)(?:{_BACK}|{_ON})(?!\w)")
_BACK_LINK, _ON_LINK = _linked(_BACK), _linked(_ON)
PAGER = (rf"(?:{_BACK}|{_ON})(?: [^ :：\n]{{2,12}})?[ \t]*[:：]",)


def pager_links(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """“Previous: TITLE” and “next: TITLE” on two lines, one below the other, or one of them below the text."""
    lines = anatomy.filled
    links = [bool(_BACK_LINK.fullmatch(line.text)) - bool(_ON_LINK.fullmatch(line.text)) for line in lines]
    for index, (line, link) in enumerate(zip(lines, links, strict=True)):
        paired = link and -link in (links[index - 1] if index else 0, *links[index + 1 : index + 2])
        weighed = anatomy.page_lines
        below = index and weighed.at_an_edge(line.number) and not weighed.is_above(line.number)
        pair = [near for near in range(max(0, index - 1), index + 2) if near < len(lines) and links[near]]
        fixture = any(_is_fixture(lines[near].text) for near in pair)
        if link and (paired or (below and line.text[-1] not in ".!۔…")):
            found = line.text.replace("：", ":").split(":")[0]
            told = max(anatomy.fact(furniture.prose_of), default=0) > line.number or fixture or not _names_pieces(found)
            yield rule.line(anatomy, line, confidence=0.97 if paired and not told else 0.85, found=found)


def _names_pieces(label: str) -> bool:
    """Whether “previous” or “next” stands alone, or beside a word for what pages publish."""
    other = _PAGER_WORDS.sub(" ", label).strip(" \t*•-–—»«<>")
    return not other or phrasebook.folded_phrase(other) in phrasebook.folded("artefacts", "words-object")


def _is_fixture(text: str) -> bool:
    """Whether a score or a weekday tells that the line is about matches: the last one, the next one."""
    return bool(_SCORE.search(text)) or any(
        name_lines.kind_of(word) == name_lines.Kind.DAY for word in text.split() if word.isalpha()
    )


_SCORE = compile_re(r"(?<!\d)\d{1,3}\s?[-–:]\s?\d{1,3}(?!\d)")
