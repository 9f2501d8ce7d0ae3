"""How the paragraphs of a document hang together, and what that says of each place where another story could begin.

`Paragraph` is a body paragraph with its terms and opening; `boundary_signs` measures every candidate boundary "the
text from paragraph k to the end is foreign". Signs are numbers with a name (`SIGNS`), so that a model of them can be
read and a finding can say what it rests on. All cost is bounded: the document by `MOST_PARAGRAPHS`, a paragraph by
`LONGEST`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpuslint.facts.openings import Opening, goes_on, opening_of
from corpuslint.facts.terms import fold_letters, share_of, terms_of, tokens_of
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span

SHORTEST = 60
"""A line with fewer characters is a headline, a label or a subhead, not a paragraph."""

LONGEST_HEADLINE = 105
"""Up to this length a line without a stop at its end is a headline."""

LONGEST = 4000
"""No more of one paragraph than this is read."""

MOST_PARAGRAPHS = 120
"""A longer document is a book, a protocol or a list; no boundary is sought in it."""

SIGNS = (
    "first_in_own",  # of the first foreign paragraph's terms, the share known from before
    "first_in_lead",  # … from the title and the opening
    "mean_in_own",
    "most_in_own",
    "least_in_own",
    "last_in_own",
    "mean_in_lead",
    "most_in_lead",
    "tail_in_own",  # all foreign terms together
    "own_in_tail",
    "own_coherence",  # how well the paragraphs before hang together
    "own_in_own_lead",
    "drop",  # own coherence less the foreign paragraphs' share in it
    "before_in_own",  # the paragraph before the boundary, in the rest before it
    "before_in_tail",
    "chain",  # how well each foreign paragraph continues those after the boundary
    "chain_least",
    "in_first",  # … the first foreign one
    "first_opening",
    "first_dateline",
    "first_day",
    "rest_leads",  # the share of later foreign paragraphs that open like a story
    "own_leads",
    "before_colon",
    "own_length",
    "first_goes_on",
    "rest_goes_on",
    "own_goes_on",
    "rest_opening",
    "rest_opening_least",
    "rest_opening_most",
    "before_opening",
    "own_opening",
    "own_opening_most",
    "rest_days",
    "own_days",
    "restarts",  # runs of three words of the own opening, said again in the tail
    "restarts_own",
    "repeats",  # … said again of any paragraph before
    "repeats_own",
    "first_in_recurrent",  # the share of what the own text says more than once: its people, places, matter
    "mean_in_recurrent",
    "least_in_recurrent",
    "own_in_recurrent",
    "strangers",  # the share of paragraphs that hardly name what the own text says more than once
    "strangers_own",
    "first_in_before",  # of the first foreign paragraph, in the paragraph right before it
    "opening_over_own",  # the mean opening of the tail over the best later opening of the own text
    "one_sentence",  # the share of paragraphs of one sentence
    "one_sentence_own",
    "tail_count",
    "own_count",
    "tail_share",
    "length_ratio",
    "length_spread",
    "first_length",
    "before_stop",  # the paragraph before ends in a full stop
    "headline_between",
    "own_open_ended",  # no stop at the paragraphs' ends
    "tail_open_ended",
    "step_before",  # first_in_own, one candidate earlier and later
    "step_after",
    "opening_gain",
    "declared_title",
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A body paragraph: where it stands, its terms with their weights, how it opens and ends."""

    span: Span
    terms: dict[str, float]
    total: float
    opening: Opening
    runs: frozenset[tuple[str, str, str]]
    length: int
    one_sentence: bool
    stopped: bool
    announces: bool
    headline_before: bool


def is_paragraph(line: str) -> bool:
    """Whether a line (stripped) is running text: long enough, and no headline, ruler, contact line or disclaimer."""
    if len(line) < SHORTEST or (len(line) < LONGEST_HEADLINE and line[-1] not in _STOPS):
        return False
    if not _LATIN.search(line, 0, 2000) and not any(hint in line for hint in _FURNITURE_HINTS):
        return True  # nearly every paragraph; the pattern below takes ten times as long to say so
    return _FURNITURE.search(line, 0, 2000) is None


def may_be_paragraph(line: str) -> bool:
    """The same of a filled line that is not stripped yet, by its length and last sign alone."""
    if len(line) >= 2 * LONGEST_HEADLINE:
        return True
    line = line.rstrip()
    return len(line) >= LONGEST_HEADLINE or line[-1:] in _STOPS


_LATIN = compile_re("[A-Za-z]")
_FURNITURE_HINTS = ("@", "://", "---", "___", "===", "***", "مقال", "راء ال", "تطبيق")
"""One of these, or a Latin letter, is in everything that `_FURNITURE` finds."""

_FURNITURE = compile_re(
    r"""
    [\w.+-]+@[\w-]+\.\w | https?:// | \bwww\. | \bSMS\b | \bsms\b   # ways to write to the author
    | (?i:\bimage\ caption\b | \bgetty\ images\b)                     # a picture's line
    | -{5,} | _{5,} | ={5,} | \*{5,}                                    # rulers
    | ^\W*(?:ال)?مقالات\ أخرى\ لل                                      # the author's other columns
    | ^\W*هذا\ (?:ال)?مقال\ (?:بقلم|يعبر|يعكس) | [اآ]راء\ ال(?:واردة|كاتب) # whose opinion it is
    | تطبيق\ .{0,40}\ (?:هاتفكم|هواتفكم|هاتفك)                          # an app to load
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph of which only the terms are known yet."""

    span: Span
    raw: str
    folded: str
    tokens: list[str]
    terms: dict[str, float]
    total: float
    goes_on: bool
    headline_before: bool

    @classmethod
    def of(cls, text: str, span: Span, headline_before: bool = False) -> Draft:
        """The paragraph that `span` of `text` covers."""
        raw = text[span.start : min(span.end, span.start + LONGEST)]
        folded = fold_letters(raw)
        tokens = tokens_of(folded)
        terms = terms_of(tokens)
        return cls(span, raw, folded, tokens, terms, sum(terms.values()) or 1.0, goes_on(raw, folded), headline_before)

    def read(self, opening: Opening | None = None) -> Paragraph:
        """The paragraph, its opening read, unless it is known already."""
        ending = self.raw[-1:] if len(self.raw) < LONGEST else "."
        tokens = self.tokens
        return Paragraph(
            self.span,
            self.terms,
            self.total,
            opening or opening_of(self.raw, self.folded, tokens),
            frozenset(zip(tokens, tokens[1:], tokens[2:], strict=False)),
            self.span.end - self.span.start,
            _SENTENCE_END.search(self.raw, 0, len(self.raw) - 2) is None,
            ending in _STOPS,
            ending == ":",
            self.headline_before,
        )


def paragraph_of(text: str, span: Span, headline_before: bool = False) -> Paragraph:
    """The paragraph that `span` of `text` covers, wholly read."""
    return Draft.of(text, span, headline_before).read()


_SENTENCE_END = compile_re(r"[.!?؟۔]\s")


def possible_boundaries(drafts: Sequence[Draft], title: dict[str, float]) -> tuple[tuple[int, ...], dict[int, Opening]]:
    """The k for which paragraph k could be the first foreign one; the openings that were read to tell.

    It knows little from before and may open a story.
    Of the boundaries that the model finds, one in fifty is lost here, and most of the work is saved.
    """
    known = set(title)
    openings: dict[int, Opening] = {}
    likely: dict[int, float] = {}
    for number, draft in enumerate(drafts):
        if number and not draft.goes_on:
            shared = sum([weight for term, weight in draft.terms.items() if term in known]) / draft.total
            openings[number] = opening = opening_of(draft.raw, draft.folded, draft.tokens)
            score = opening.score
            if score > _OPENS or shared <= _HARDLY_KNOWN or (score > _GOES_ON and shared <= _LITTLE_KNOWN):
                likely[number] = min(score, _BEST_OPENING) - _KNOWN_WEIGHS * shared
        known.update(draft.terms)
    kept = sorted(likely, key=lambda number: -likely[number])[:MOST_BOUNDARIES]
    return tuple(sorted(kept)), openings


MOST_BOUNDARIES = 7
"""No more places in one document are measured than these: each costs as much as all other looks at it together."""

_BEST_OPENING = 6.0
_KNOWN_WEIGHS = 9.0

_HARDLY_KNOWN = 0.2
_LITTLE_KNOWN = 0.45
_OPENS = -1.0
_GOES_ON = -4.0

_STOPS = frozenset(".!?؟۔…:؛\"”»)]'’")


def boundary_signs(
    paragraphs: Sequence[Paragraph], title: dict[str, float], wanted: Collection[int] | None = None
) -> list[tuple[float, ...]]:
    """For k = 1 … n-1, the signs (in the order of `SIGNS`) that paragraphs[k:] are foreign to paragraphs[:k].

    `title` are the terms of the declared title, empty where none is declared. With `wanted` only these k, in order.
    """
    count = len(paragraphs)
    # Most terms come once and say nothing of how paragraphs hang together.
    known = _repeated(paragraphs, title)
    first: dict[str, int] = dict.fromkeys(title, -1)
    second: dict[str, int] = {}
    for number, terms in enumerate(known):
        for term in terms:
            if term not in first:
                first[term] = number
            elif term not in second:
                second[term] = number
    lead = dict(title)
    lead.update(paragraphs[0].terms)
    lead_runs = paragraphs[0].runs

    own = [
        [(first[term], weight) for term, weight in terms.items() if first[term] < number]
        for number, terms in enumerate(known)
    ]
    again = [[(second[term], weight) for term, weight in terms.items() if term in second] for terms in known]
    earlier = _previous_sightings(known)
    later = _next_sightings(known)
    totals = [paragraph.total for paragraph in paragraphs]
    seen_before = [
        sum([weight for _, weight in sightings]) / total for sightings, total in zip(earlier, totals, strict=True)
    ]
    in_lead = [share_of(terms, lead) / total for terms, total in zip(known, totals, strict=True)]
    runs = [len(paragraph.runs & lead_runs) for paragraph in paragraphs]

    said: set[tuple[str, str, str]] = set()
    repeats = []
    for paragraph in paragraphs:
        repeats.append(len(paragraph.runs & said))
        said |= paragraph.runs

    signs: list[tuple[float, ...]] = []
    own_terms: dict[str, float] = dict(title)
    lengths = [paragraph.length for paragraph in paragraphs]
    whole = sum(lengths)
    for k in range(1, count):
        own_terms.update(paragraphs[k - 1].terms)
        if wanted is not None and k not in wanted:
            continue
        tail = paragraphs[k:]
        tail_terms = _union([paragraph.terms for paragraph in tail])
        shared = share_of(_union(known[k:]), own_terms)
        tail_weight = sum(tail_terms.values()) or 1.0
        own_weight = sum(own_terms.values()) or 1.0
        own_shares = _shares_before(own[k:], k, totals[k:])
        lead_shares = in_lead[k:]
        recurrent = _shares_before(again[k:], k, totals[k:])
        recurrent_own = _shares_before(again[:k], k, totals[:k])
        # Within its own text a paragraph is known by what comes before it and what comes after it.
        known_later = _shares_before(later[:k], k, totals[:k])
        own_known = [min(1.0, before + after) for before, after in zip(seen_before, known_later, strict=False)]
        own_coherence = sum(own_known) / k
        links = _shares_from(earlier[k + 1 :], k, totals[k + 1 :])
        rest_openings = [paragraph.opening.score for paragraph in tail[1:]]
        own_openings = [paragraph.opening.score for paragraph in paragraphs[1:k]]
        opening = tail[0].opening
        mean_own = sum(own_shares) / len(own_shares)
        tail_lengths = lengths[k:]
        mean_length = sum(tail_lengths) / len(tail_lengths)
        own_length = sum(lengths[:k])
        near = [share_of(known[i], tail[0].terms) / totals[i] for i in range(k + 1, min(k + 4, count))]
        own_count, tail_count = k, count - k
        mean_opening = (opening.score + sum(rest_openings)) / tail_count
        mean_own_opening = sum(own_openings) / len(own_openings) if own_openings else -1.0
        signs.append(
            (
                own_shares[0],
                lead_shares[0],
                mean_own,
                max(own_shares),
                min(own_shares),
                own_shares[-1],
                sum(lead_shares) / tail_count,
                max(lead_shares),
                shared / tail_weight,
                shared / own_weight,
                own_coherence,
                sum(in_lead[1:k]) / (k - 1) if k > 1 else 0.5,
                own_coherence - mean_own,
                own_known[-1],
                share_of(known[k - 1], tail_terms) / totals[k - 1],
                sum(links) / len(links) if links else -1.0,
                min(links) if links else -1.0,
                sum(near) / len(near) if near else -1.0,
                opening.score,
                float(opening.dateline),
                float(opening.day),
                sum(score > 0 for score in rest_openings) / len(rest_openings) if rest_openings else 0.5,
                sum(score > 0 for score in own_openings) / len(own_openings) if own_openings else 0.5,
                float(paragraphs[k - 1].announces),
                float(min(own_length, 1500)),
                float(opening.goes_on),
                sum(paragraph.opening.goes_on for paragraph in tail[1:]) / max(1, tail_count - 1),
                sum(paragraph.opening.goes_on for paragraph in paragraphs[1:k]) / max(1, k - 1),
                sum(rest_openings) / len(rest_openings) if rest_openings else 0.0,
                min(rest_openings) if rest_openings else 0.0,
                max(rest_openings) if rest_openings else 0.0,
                paragraphs[k - 1].opening.score if k > 1 else -1.0,
                mean_own_opening,
                max(own_openings) if own_openings else -1.0,
                sum(paragraph.opening.day for paragraph in tail) / tail_count,
                sum(paragraph.opening.day for paragraph in paragraphs[:k]) / k,
                sum(runs[k:]) / tail_count,
                sum(runs[1:k]) / (k - 1) if k > 1 else 0.0,
                sum(repeats[k:]) / tail_count,
                sum(repeats[1:k]) / (k - 1) if k > 1 else 0.0,
                recurrent[0],
                sum(recurrent) / tail_count,
                min(recurrent),
                sum(recurrent_own) / k,
                sum([share < _HARDLY for share in recurrent]) / tail_count,
                sum([share < _HARDLY for share in recurrent_own[1:]]) / (k - 1) if k > 1 else 0.0,
                share_of(known[k], paragraphs[k - 1].terms) / totals[k],
                mean_opening - max(own_openings, default=-1.0),
                sum([paragraph.one_sentence for paragraph in tail]) / tail_count,
                sum([paragraph.one_sentence for paragraph in paragraphs[:k]]) / k,
                float(min(tail_count, 12)),
                float(min(own_count, 12)),
                (whole - own_length) / whole,
                mean_length / (own_length / k),
                (sum(abs(length - mean_length) for length in tail_lengths) / tail_count) / mean_length,
                float(min(lengths[k], 1500)),
                float(paragraphs[k - 1].stopped),
                float(tail[0].headline_before),
                sum(not paragraph.stopped for paragraph in paragraphs[:k]) / k,
                sum(not paragraph.stopped for paragraph in tail) / tail_count,
                _shares_before(own[k - 1 : k], k - 1, totals[k - 1 : k])[0] if k > 1 else 1.0,
                _shares_before(own[k + 1 : k + 2], k + 1, totals[k + 1 : k + 2])[0] if k + 1 < count else 1.0,
                mean_opening - mean_own_opening,
                float(bool(title)),
            )
        )
    return signs


_HARDLY = 0.08

Sightings = list[tuple[int, float]]


def _repeated(paragraphs: Sequence[Paragraph], title: dict[str, float]) -> list[dict[str, float]]:
    """The terms of each paragraph that another one has too, or the title."""
    seen = set(title)
    repeated: set[str] = set()
    for paragraph in paragraphs:
        repeated |= seen & paragraph.terms.keys()
        seen |= paragraph.terms.keys()
    return [{term: weight for term, weight in paragraph.terms.items() if term in repeated} for paragraph in paragraphs]


def _previous_sightings(known: Sequence[dict[str, float]]) -> list[Sightings]:
    """The terms of each paragraph that stood in one before: in which one last."""
    last: dict[str, int] = {}
    sightings = []
    for number, terms in enumerate(known):
        sightings.append([(last[term], weight) for term, weight in terms.items() if term in last])
        last.update(dict.fromkeys(terms, number))
    return sightings


def _next_sightings(known: Sequence[dict[str, float]]) -> list[Sightings]:
    """Where the terms that a paragraph is the first to have come again."""
    new: dict[str, int] = {}
    for number in range(len(known) - 1, -1, -1):
        new.update(dict.fromkeys(known[number], number))
    following: dict[str, int] = {}
    sightings: list[Sightings] = []
    for number in range(len(known) - 1, -1, -1):
        terms = known[number]
        sightings.append(
            [(following[term], weight) for term, weight in terms.items() if term in following and new[term] == number]
        )
        following.update(dict.fromkeys(terms, number))
    sightings.reverse()
    return sightings


def _shares_before(sightings: Sequence[Sightings], k: int, totals: Sequence[float]) -> list[float]:
    """Of each paragraph's weight the share that is sighted before paragraph k."""
    return [
        sum([weight for number, weight in seen if number < k]) / total
        for seen, total in zip(sightings, totals, strict=True)
    ]


def _shares_from(sightings: Sequence[Sightings], k: int, totals: Sequence[float]) -> list[float]:
    """Of each paragraph's weight the share that is sighted in paragraph k or after it."""
    return [
        sum([weight for number, weight in seen if number >= k]) / total
        for seen, total in zip(sightings, totals, strict=True)
    ]


def _union(several: Sequence[dict[str, float]]) -> dict[str, float]:
    union: dict[str, float] = {}
    for terms in several:
        union.update(terms)
    return union
