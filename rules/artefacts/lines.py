"""Lines of the page's template: labels with and without a value, tag lines, captions, lists of other pieces.

A label is a word at the start of a line with a mark after it or nothing at all; the lists of label words are data.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpuslint import (
    Anatomy,
    Applicability,
    DeclarativeRule,
    Diagnostic,
    Edit,
    FieldChange,
    Fix,
    Line,
    Role,
    Span,
    compile_re,
    furniture,
    labels,
    outlets,
    page_lines,
    phrasebook,
    sources,
)

_STOP = compile_re(r"[.!?؟۔][\s»”\"')\]]*$")
_SEPARATORS = compile_re(
    r"\s*(?:[،,؛;|/•·#\t\n]|\s[-–—]\s|\N{NO-BREAK SPACE}{2,}| {2,})\s*".replace("\\N{NO-BREAK SPACE}", "\u00a0")
)


def labelled(anatomy: Anatomy, *kinds: str) -> Iterator[tuple[int, Line, labels.Label]]:
    """The label lines of `kinds` beside an article, each with its number among the filled lines."""
    found = [(one.index, one.line, one.label) for one in anatomy.labels if one.label.kind in kinds]
    return iter(() if found and anatomy.only_page else found)


def _is_item(line: Line) -> bool:
    """Whether a line is short enough, and unfinished enough, to be an entry of a list of tags."""
    return len(line.text) <= 40 and len(line.text.split()) <= 6 and not _STOP.search(line.text)


def keyword_line(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A label of tags, and the tags behind it or below it."""
    lines = anatomy.filled
    tagged = list(labelled(anatomy, "keywords"))
    furnished = {piece.line.number for piece in anatomy.furniture} if tagged else ()
    for index, line, label in tagged:
        last, raw = index, label.value
        if any(rule.lists("abstract", _COLON.split(one.text)[0].strip()) for one in lines[:index][-_ABSTRACT:]):
            continue  # keywords of a paper, by its authors
        if not raw:
            headings = {one.line.number for one in anatomy.labels}
            while last + 1 < len(lines) and _follows(lines[last], lines[last + 1]) and _is_item(lines[last + 1]):
                if lines[last + 1].number in headings:
                    break  # "most read", and the menu below it
                last += 1
            while last > index + 1 and lines[last].number in furnished:
                last -= 1  # buttons below the tags
            ends = last + 1 == len(lines) or lines[last + 1].number in headings.union(furnished)
            tags = tuple(item.text.strip("#•-*· ") for item in lines[index + 1 : last + 1])
            if not tags or not (label.marked or ends):
                continue
            raw = "، ".join(tags)
        elif _NAMED_SITE.match(anatomy.text, label.words.end) and not _SEPARATORS.search(raw):
            continue  # "Tags - the site of a poet", in a list of links
        elif _is_prose(raw) or (rule.lists("everyday", label.words.of(anatomy.text)) and not _SEPARATORS.search(raw)):
            continue
        span = Span(line.body.start, lines[last].body.end)
        edit = Edit(Span(line.span.start, lines[last].full.end), "")
        fix = _lift(edit, _keywords(anatomy, raw, span))
        yield rule.report(anatomy, span, fix=fix, confidence=0.97)


_COLON = compile_re(r"\s*[:：]")
_ABSTRACT = 4
"""Filled lines of a paper in which its abstract is named, above its keywords."""
_NAMED_SITE = compile_re(r"\s-\s(?:\S+\s){3}")


def _is_prose(value: str) -> bool:
    sentence = len(value) > 60 or (len(value.split()) > _MOST_WORDS_OF_A_TAG and not _SEPARATORS.search(value))
    return labels.reads_as_clause(value) or (bool(_STOP.search(value)) and sentence) or len(value) > 700


_MOST_WORDS_OF_A_TAG = 4


def _follows(above: Line, below: Line) -> bool:
    return below.number == above.number + 1


def _lift(edit: Edit, fields: tuple[FieldChange, ...]) -> Fix:
    """Take a line of tags out of the text and into the field that the title names."""
    return Fix(
        f"Lift the tags into `{fields[-1].name if fields else 'keywords'}`", Applicability.UNSAFE, (edit,), fields
    )


def _keywords(anatomy: Anatomy, raw: str, span: Span) -> tuple[FieldChange, ...]:
    """The tags in the letters of the article itself, each once; as a list where the text separates them."""
    if anatomy.metadata.get("keywords_raw") or anatomy.metadata.get("keywords"):
        return ()
    article = _Article(anatomy.text, span)
    raw = _WORD.sub(lambda match: article.spelling_of(match[0]), raw)
    if not _SEPARATORS.search(raw.strip(" ،,|#")):
        return (FieldChange("keywords_raw", _without_repeated_tail(article, raw)),)
    tags: dict[str, str] = {}
    for tag in _SEPARATORS.split(raw):
        if tag.strip("# .:"):
            tags.setdefault(phrasebook.folded_phrase(tag), tag.strip("# .:"))
    values = tuple(tags.values())
    return (FieldChange("keywords_raw", raw), FieldChange("keywords", "، ".join(values), values))


@dataclass(frozen=True)
class _Article:
    """A text without the line at `span`, and how it spells its words."""

    text: str
    span: Span

    def __contains__(self, words: str) -> bool:
        """Whether the article says `words`, not too far from the line: a text may have as many lines of tags as it
        has lines."""
        start, end = self.span
        return words in self.text[max(0, start - _NEAR) : start] or words in self.text[end : end + _NEAR]

    def spelling_of(self, word: str) -> str:
        """`word` as the article first spells it, where it has the same word in other letters only."""
        places = _spellings(self.text).get(phrasebook.fold(word), ())
        outside = next((at for at in places if not self.span.start <= at.start < self.span.end), None)
        return word if outside is None or word in self else outside.of(self.text)


_NEAR = 20_000
"""Characters on either side of a line of tags in which its words are looked for."""


@lru_cache(maxsize=1)  # each line of tags of a document asks
def _spellings(text: str) -> Mapping[str, Sequence[Span]]:
    """Folded word -> where the text has it, in order."""
    places: dict[str, list[Span]] = {}
    for match in _WORD.finditer(text):
        places.setdefault(phrasebook.fold(match[0]), []).append(Span(*match.span()))
    return places


_WORD = compile_re(r"[^\W\d_]+")


def _without_repeated_tail(article: _Article, raw: str) -> str:
    """Tags without separators: drop a last tag that is there already, standing for itself.

    Two or more words at the end that stand earlier too are a repeated tag, unless the word before the earlier ones
    belongs to them, as the article shows by using all of them together.
    """
    words = raw.split()
    for length in range(len(words) // 2, 1, -1):
        tail = [phrasebook.fold(word) for word in words[-length:]]
        for at in range(len(words) - 2 * length, -1, -1):
            if [phrasebook.fold(word) for word in words[at : at + length]] != tail:
                continue
            longer = " ".join(words[at - 1 : at + length]) if at else ""
            if longer and longer in article:
                return raw
            return " ".join(words[:-length])
    return raw


def photo_caption_line(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A label for pictures with a value, a caption that is one whole, or who made a picture."""
    yield from _label_lines(rule, anatomy, "photo")
    known = {found.line.number for found in anatomy.labels if found.label.kind == "photo"}
    for mention in anatomy.sources:
        if mention.role is sources.SourceRole.PICTURE and mention.line.number not in known:
            yield rule.line(anatomy, mention.line, confidence=_NAMED)
    lines = anatomy.filled
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        credited = _CREDITED.fullmatch(line.text) if line.text[-1] in ")]" else None
        if credited and line.number not in known and len(below.text) > _PARAGRAPH:
            agency = outlets.known_outlet(_BEFORE_AGENCY.sub("", credited["credit"]))
            if agency and agency.agency and (_STOP.search(above.text) or above is lines[0]):
                yield rule.line(anatomy, line, confidence=_CAPTION)


_CREDITED = compile_re(  # "CAPTION (PHOTOGRAPHER/AGENCY)", in which no agency is quoted
    r"(?![-–—•*\d])(?:[^\s():.؟!۔]+ ){3,24}?(?<!الأنباء )(?<!وكالة )[^\s():.؟!۔]{1,20}"
    r" ?[(\[](?P<credit>[^()\[\]]{2,40})[)\]]"
)
_BEFORE_AGENCY = compile_re(r".*[/–-]\s*")
_CAPTION = 0.9


def section_or_number_line(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A label of the page's sections and numbers with a value."""
    return _label_lines(rule, anatomy, "section")


def _label_lines(rule: DeclarativeRule, anatomy: Anatomy, kind: str) -> Iterator[Diagnostic]:
    for index, line, label in labelled(anatomy, kind):
        words = label.words.of(anatomy.text)
        caption = rule.lists("whole", words) and index + 1 < len(
            anatomy.filled
        )  # at the end a label alone is a dangling one
        template = bool(label.value) and len(line.text) <= 140 and _is_template(anatomy, line, label)
        if template or (caption and not label.value):
            heads = rule.lists("heads", words) and _heads_a_paragraph(anatomy, index)
            stated = heads or rule.lists("of-facts", words) or _is_beside_a_fact(anatomy, index)
            named = caption or (not stated and _names(label))
            yield rule.line(anatomy, line, confidence=_NAMED if named else _TOLD)


def _heads_a_paragraph(anatomy: Anatomy, index: int) -> bool:
    """Whether text stands above a line and right below it, as an item's own heading has it."""
    lines = anatomy.filled[max(0, index - 1) : index + 2]
    return len(lines) == 3 and all(len(line.text) > _PARAGRAPH for line in lines[::2])


def _is_beside_a_fact(anatomy: Anatomy, index: int) -> bool:
    """Whether a line with a label of no page stands beside it: the picture of a film is one of its makers'."""
    beside = anatomy.filled[max(0, index - 1) : index + 2]
    return any(line.number in anatomy.fact(furniture.facts_of) for line in beside)


def _names(label: labels.Label) -> bool:
    """Whether the value is a name, a code or a link."""
    return len(label.value.split()) <= 4 and not labels.reads_as_clause(label.value)


def _is_template(anatomy: Anatomy, line: Line, label: labels.Label) -> bool:
    words = label.value.split()
    if label.kind == "section":
        return bool(re.fullmatch(r"[\w/.:#-]{1,60}", label.value)) or (
            len(words) <= 3 and not _STOP.search(label.value) and _at_edge(anatomy, line)
        )
    return len(words) <= 18 and (not _STOP.search(label.value) or len(words) <= 6) and "؟" not in label.value


_NAMED, _TOLD = 0.97, 0.85
"""How often labelled lines were right where they were read: with a name behind the label, and with words that tell."""


def _at_edge(anatomy: Anatomy, line: Line) -> bool:
    """Whether no paragraph stands before the line, or none after it."""
    first, last = anatomy.fact(_paragraphs)
    return first == 0 or line.number < first or line.number > last


def _paragraphs(anatomy: Anatomy) -> tuple[int, int]:
    """The numbers of the first and the last line that is a paragraph; 0 where there is none."""
    texts = [
        line.number
        for line, role in zip(anatomy.lines, anatomy.roles, strict=True)
        if role is Role.BODY and (len(line.text) > 80 or _STOP.search(line.text))
    ]
    return (texts[0], texts[-1]) if texts else (0, 0)


_KINDS = ("keywords", "photo", "author", "section", "related")


def dangling_label(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A label whose value the scraper lost."""
    lines = anatomy.filled
    labelled_lines = {found.line.number for found in anatomy.labels}
    for index, line, label in labelled(anatomy, *_KINDS):
        if label.value or len(line.text) > 60:
            continue
        below = lines[index + 1] if index + 1 < len(lines) else None
        edge = below is None or (_at_edge(anatomy, line) and _is_page(anatomy, below))
        colon_at_end = label.marked and below is not None and below.number in labelled_lines
        words = label.words.of(anatomy.text)
        single = len(words.split()) == 1
        told = label.marked or not single
        last = below is None and (told or label.kind == "related" or rule.lists("alone", words))
        if not (index and (last or (told and (edge or colon_at_end)))):
            continue
        sure, severity, evidence = page_lines.verdict(anatomy, line)
        if severity is None:
            sure = round(1 - (1 - sure) / 2, 4)  # what stands around the label, asked for above, the weights know not
        yield rule.line(anatomy, line, severity=severity, confidence=sure, evidence=evidence, label=words)


def _is_page(anatomy: Anatomy, line: Line) -> bool:
    """Whether the line below is no value of the label: furniture, a label, code."""
    role = anatomy.roles[line.number - 1]
    return role not in (Role.BODY, Role.SUBHEAD, Role.QUOTE, Role.HEADLINE, Role.KICKER, Role.RELATED, Role.TEASER)


def player_or_gallery(anatomy: Anatomy, line: Line) -> float:
    """How sure a player, a rating or a gallery is: a story counts pictures, too."""
    above = anatomy.text[: line.span.start].rstrip()[-1:]
    told = _STOP.search(line.text) or _QUOTE.search(line.text) or above in (":", "：")
    gallery = not _PLAYER_OR_RATING.search(line.text)
    return 0.9 if gallery and (told or not anatomy.page_lines.at_an_edge(line.number)) else 0.98


_PLAYER_OR_RATING = compile_re(r"[/:(★☆⭐]")
_QUOTE = compile_re("[«»\"“”„‘’']")


def related_headlines(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A heading of other pieces and the headlines below it; or a line of headlines with wide gaps between them."""
    lines = anatomy.filled
    for index, line in enumerate(lines):
        if (items := _headlines_on(line.text)) and not anatomy.only_page:
            confidence = _TOLD if _is_all_text(anatomy, index, index) else 0.98
            fix = rule.fix((Edit(line.full, ""),), "Cut the list")
            yield rule.report(anatomy, line.body, fix=fix, count=items, confidence=confidence)
    known = {found.index for found in anatomy.labels if found.label.kind == "related" and not found.label.value}
    headings = [
        index
        for index, line in enumerate(lines)
        if len(line.text) <= 60 and (index in known or _heads_a_list(lines, index))
    ]
    if not headings or anatomy.only_page:
        return
    roles = anatomy.roles
    # "Video: …" names the kind of a piece in a list, and "report: …" and "sources: …" open headlines
    valued = [found for found in anatomy.labels if found.label.value]
    named = {mention.line.number for mention in anatomy.sources} if valued else set[int]()
    opens = {
        found.index
        for found in valued
        if _is_long(found.label.value)
        and found.line.number not in named
        and rule.lists("opens", found.label.words.of(anatomy.text))
    }
    kinds = opens | {found.index for found in valued if found.label.kind == "photo"}
    _, last_paragraph = anatomy.fact(_paragraphs)
    taken = -1
    for index in headings:
        if index <= taken:
            continue
        line = lines[index]
        last = index
        while last + 1 < len(lines) and (
            _is_entry(lines[last + 1], roles[lines[last + 1].number - 1]) or (last > index and last + 1 in kinds)
        ):
            if last > index and _is_starred(lines[last + 1]) != _is_starred(lines[index + 1]):
                break  # a subhead of the story's own
            last += 1
        if last in opens:
            last -= 1  # behind the last headline such a line may be a byline
        last = max(last, _starred_to_the_end(anatomy, index + 1, last))
        ends = last + 1 == len(lines) or roles[lines[last + 1].number - 1] not in (Role.BODY, Role.QUOTE)
        under = index in known and 0 < last_paragraph < line.number
        while (
            not ends
            and last > index + 2
            and (_GOES_ON.match(lines[last].text) or _is_subhead(lines[index + 1 : last + 1]))
        ):
            last -= 1  # a sentence that goes on with the story, whose stop was lost, or the story's next subhead
        items, bulleted = last - index, sum(bool(_BULLET.match(one.text)) for one in lines[index + 1 : last + 1])
        between = index in known and index > 0 and not ends and _is_box(rule, lines[index : last + 1])
        if items == 0 or not (between or (bulleted == items and index in known) or ((items >= 2 or under) and ends)):
            continue
        first, taken = taken < 0, last
        span = Span(line.body.start, lines[last].body.end)
        edit = Edit(Span(line.span.start, lines[last].full.end), "")
        fix = rule.fix((edit,), "Cut the list")
        own = line.text == anatomy.stated("title") or (first and _is_all_text(anatomy, index, last))
        yield rule.report(anatomy, span, fix=fix, count=items, confidence=_TOLD if own else 1.0)


def _headlines_on(text: str) -> int:
    """How many headlines a line holds, 0 for a verse, a table, a menu or text: a ticker's links, printed in a row."""
    if len(text) < _LONG_ROW or not any(gap in text for gap in _GAPS):
        return 0
    pieces = [piece for piece in _WIDE_GAP.split(text.strip()) if piece.strip()]
    worded = [piece for piece in pieces if _is_long(piece) and piece[-1] not in ".،؛:۔" and len(piece) <= 200]
    if len(worded) < _FEWEST_IN_ROW or 5 * len(worded) < 4 * len(pieces):
        return 0
    lengths = sorted(map(len, worded))
    return len(pieces) if lengths[-1] >= _UNLIKE * lengths[0] else 0


_LONG_ROW, _FEWEST_IN_ROW = 150, 4
_UNLIKE = 1.7
"""How much longer than the shortest the longest headline is at least; the halves of verses are of one length."""
_GAPS = ("   ", "\t", "\u00a0\u00a0\u00a0")
_WIDE_GAP = compile_re("[ \t\u00a0]{3,}|\t")


def _is_all_text(anatomy: Anatomy, first: int, last: int) -> bool:
    """Whether no line outside of these filled ones is text: the document is a list of headlines."""
    furnished = {piece.line.number for piece in anatomy.furniture}
    lines = anatomy.filled
    return not any(
        line.number not in furnished and (len(line.text) >= _PARAGRAPH or _STOP.search(line.text))
        for line in (*lines[:first], *lines[last + 1 :])
    )


def _is_subhead(entries: Sequence[Line]) -> bool:
    """Whether the last of these lines has the few words of a subhead, and the headlines above it have more."""
    *above, last = (len(entry.text.split()) for entry in entries)
    return last <= _MOST_OF_SUBHEAD < min(above)


_MOST_OF_SUBHEAD = 3


def _is_long(value: str) -> bool:
    """Whether a value behind a label has more words than a name."""
    return len(value.split()) > 4


def _starred_to_the_end(anatomy: Anatomy, first: int, last: int) -> int:
    """The last of two or more entries with a star that follow a list without, where nothing follows but the page: one
    star before more text is a subhead of the story's own."""
    lines = anatomy.filled
    through = last
    while through + 1 < len(lines) and _is_starred(lines[through + 1]):
        through += 1
    plain = first <= last and not _is_starred(lines[first])
    ended = through + 1 == len(lines) or _is_page(anatomy, lines[through + 1])
    listed = all(_is_entry(line, anatomy.roles[line.number - 1]) for line in lines[last + 1 : through + 1])
    return through if plain and ended and listed and through > last + 1 else last


def _is_box(rule: DeclarativeRule, lines: Sequence[Line]) -> bool:
    """Whether a heading that points away and two to six short headlines stand between paragraphs, as a box did."""
    heading, *items = lines
    words = phrasebook.folded_phrase(heading.text)
    return (
        2 <= len(items) <= 6
        and any(word in words for word in rule.prepared.lists["away"])
        and all(len(item.text) <= 90 and not _STOP.search(item.text) for item in items)
    )


_GOES_ON = compile_re(
    r"و(?:قد|لم|لن|لا|ما|في|من|على|عن|إن|هو|هي|كانت?|يقول|تقول|قالت?|أضافت?|أكدت?|أوضحت?|ذكرت?|أشارت?|جاء|يأتي|تأتي|تم)\s"
)


def _is_entry(line: Line, role: Role) -> bool:
    """Whether a line below a heading is a headline of another piece: bulleted, or without a full stop."""
    if role in (Role.RELATED, Role.TEASER):
        return True
    if role not in (Role.BODY, Role.SUBHEAD, Role.QUOTE, Role.HEADLINE, Role.KICKER) or line.text[-1] in ":：":
        return False
    if _BULLET.match(line.text):
        return True
    # headlines ask, and a list cuts long ones short
    return 15 <= len(line.text) <= 160 and (not _STOP.search(line.text) or line.text.endswith(("؟", "...", "…")))


def _is_starred(line: Line) -> bool:
    return line.text.startswith(("*", "•", "●"))


def _heads_a_list(lines: tuple[Line, ...], index: int) -> bool:
    """Whether a short line without a stop, in no known wording, heads a list: its words name collections of pieces."""
    text = lines[index].text
    if index == 0 or len(text) > 40 or text[-1] in ".!؟?۔،" or _GREETS.match(text):
        return False
    words = phrasebook.folded_phrase(text).split(" ")
    return len(words) <= 6 and not _collections().isdisjoint(words)


_GREETS = compile_re(r"\W*[اإأ]قر[أا]ي?\s+على\s[^:：]*\Z")
"""“Read greetings to …”, as verses have it; a list of other pieces has a colon behind such words."""


@cache
def _collections() -> frozenset[str]:
    return phrasebook.folded("artefacts", "words-collection")


_BULLET = compile_re(r"[•●▪■◾*►▶»›>+✓-]\s|\d{1,2}[-.)]\s")


def read_also_line(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """“Read also: HEADLINE” on one line."""
    for index, line, label in labelled(anatomy, "related"):
        if index and label.value and label.marked and len(line.text) <= 220 and "." not in label.value[:-1]:
            if any(cut.covers(line.body) for cut in anatomy.marked_cuts):
                continue  # a story or more headlines follow, and the line leaves with them (MIX001, MIX004)
            told = _STOP.search(label.value) and not label.value.endswith(("؟", "?", "!"))
            told = told or labels.reads_as_clause(label.value.split()[0])
            yield rule.line(anatomy, line, confidence=_TOLD if told else 0.98)


def tag_bar(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Tags without a label, under the text, with bars or bullets between them."""
    lines = anatomy.filled
    for index in range(max(2, len(lines) - _TAGS_REACH), len(lines)):
        line = lines[index]
        tags = [tag.strip("#: ") for tag in _BAR.split(line.text) if tag.strip()]
        if not 3 <= len(tags) <= 15 or len(line.text) > 300 or _STOP.search(line.text):
            continue
        if any(len(tag) > 32 or tag.count(" ") > 3 or _DIGIT_OR_COLON.search(tag) for tag in tags):
            continue
        near = anatomy.text[max(0, line.span.start - _NEAR) : line.span.start].split("\n")
        article = phrasebook.folded_phrase(" ".join(above for above in near if len(above) > _PARAGRAPH))
        told = sum(1 for tag in tags if f" {phrasebook.folded_phrase(tag)} " in f" {article} ")
        if told < 2 or 3 * told < len(tags) or any(piece.line.number == line.number for piece in anatomy.furniture):
            continue
        fix = _lift(Edit(line.full, ""), _keywords(anatomy, " | ".join(tags), line.body))
        yield rule.report(anatomy, line.body, fix=fix, confidence=0.95)


_TAGS_REACH = 6
_PARAGRAPH = 60
"""Characters from which a line is text: what only menus name is no tag."""
_BAR = compile_re(r"\s*[|•·]\s*")
_DIGIT_OR_COLON = compile_re(r"[\d:?!؟،,]")
