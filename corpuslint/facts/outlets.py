"""Outlets, agencies and credits by name: whose spelling a name is, and which names are nobody's.

Names are data in `rules/sources/data`; one outlet's spellings ("أ ف ب", "فرانس برس", "AFP") are one outlet here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from corpuslint.facts.addresses import AddressKind, address_kind
from corpuslint.facts.phrasebook import derived, derived_and_kept, entries, folded, folded_phrase, words_of
from corpuslint.text.folding import is_placeholder


class Outlet(NamedTuple):
    """A known outlet: its canonical name, and whether it is an agency, whose copy others print."""

    name: str
    agency: bool


NO_OUTLET = Outlet("", False)
AROUND = (
    " \t\N{NO-BREAK SPACE}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT EMBEDDING}"
    "\N{POP DIRECTIONAL FORMATTING}*•·-–—ـ_/\\|()[]{}«»\"“”'.,،؛:>›<‹#=~©"
)
"""What is drawn around names."""


@derived
def known_outlet(name: str) -> Outlet | None:
    """The outlet that `name` is a spelling of.

    >>> known_outlet("أ ف ب"), known_outlet("فرانس برس") == known_outlet("AFP")
    (Outlet(name='AFP', agency=True), True)
    """
    found = _outlets().get(_compact(name)) or _outlets().get(_bare_name(name))
    return Outlet(*found) if found else None


def outlet_key(name: str) -> str:
    """What the spellings of one outlet share: the name the table has for it, else its folded letters without the noun.

    >>> outlet_key("صحيفة عكاظ") == outlet_key("عكاظ"), outlet_key("صحيفة المنارة") == outlet_key("المناره")
    (True, True)
    """
    outlet = known_outlet(name)
    return outlet.name if outlet is not None else _bare_name(name)


def one_spelling(spellings: Mapping[str, int], before: Iterable[str] = ()) -> dict[str, str]:
    """Each spelling of an outlet that is not its usual one -> the usual one: that of `before`, else the most frequent.

    >>> one_spelling({"عكاظ": 5, "صحيفة عكاظ": 2, "رويترز": 1})
    {'صحيفة عكاظ': 'عكاظ'}
    """
    usual = {outlet_key(name): name for name in before if name in spellings}
    for name in sorted(spellings, key=lambda name: (-spellings[name], name)):
        usual.setdefault(outlet_key(name), name)
    return {name: usual[outlet_key(name)] for name in sorted(spellings) if usual[outlet_key(name)] != name}


@derived
def names_nobody(name: str) -> bool:
    """Whether what stands for a source names no one: a word for nothing, a label, a desk, agencies in general.

    >>> [names_nobody(name) for name in ("غير معروف", "المصدر", "عن وكالات", "رويترز")]
    [True, True, True, False]
    """
    value = name.strip(AROUND)
    unknown = known_outlet(value) is None
    labelled = folded_phrase(value) in folded("sources", "labels-source")
    return is_placeholder(value) or (unknown and (labelled or is_general_credit(value)))


def is_general_credit(name: str) -> bool:
    """Whether `name` credits agencies, papers or a desk in general: "عن وكالات", "ویب ڈیسک"."""
    value = name.strip(AROUND)
    return known_outlet(value) is None and (folded_phrase(value) in folded("sources", "desk-words") or is_credit(value))


def outlet_of_address(url: str) -> str:
    """The outlet that an address names by its host: its name where the table knows it, else the host; "" for none.

    >>> outlet_of_address("https://www.alarabiya.net/politics/1"), outlet_of_address("https://manara.example/1")
    ('Al Arabiya', 'manara.example')
    """
    if address_kind(url) not in (AddressKind.PAGE, AddressKind.HOME, AddressKind.SECTION):
        return ""
    host = url.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")
    known = known_outlet(host) or known_outlet(host.rsplit(".", 1)[0].rpartition(".")[2])
    return known.name if known is not None and not known.agency else host


def is_credit(text: str) -> bool:
    """Whether every word belongs to a credit that names nobody, and one of them makes it a credit."""
    joined = folded_phrase(text)
    if joined in folded("sources", "credit-heads"):
        return True
    words = joined.split(" ")
    vocabulary = _credit_words()
    return len(words) >= 2 and any(
        all(word in known or (word[1:] in known and word[0] == "و") for word in words) for known in vocabulary
    )


@derived
def _credit_words() -> tuple[frozenset[str], ...]:
    """The words of credits, by language: what is a word of one may be another word of the next."""
    found: dict[str, set[str]] = {}
    for language, phrase in entries("sources", "credit-words"):
        found.setdefault(language, set()).update(folded_phrase(phrase).split(" "))
    of_all = found.pop("mul")
    return tuple(frozenset(words | of_all) for words in found.values())


def sounds_like_outlet(part: str) -> bool:
    """Whether a name has an outlet's noun in it: "صحيفة …", "… نيوز".

    >>> [sounds_like_outlet(name) for name in ("صحيفة المنارة", "المنارة نيوز", "كتبت صحيفة")]
    [True, True, False]
    """
    words = folded_phrase(part).split(" ")
    behind = folded("sources", "outlet-nouns").isdisjoint((words[-1], " ".join(words[-2:])))
    return 2 <= len(words) <= 5 and (words[0] in outlet_nouns() or not behind)


@derived
def outlet_nouns() -> frozenset[str]:
    """The nouns that may stand before an outlet's name."""
    return folded("sources", "outlet-heads") | folded("sources", "outlet-nouns")


def _compact(name: str) -> str:
    """`name` without anything but its letters and digits: "أ. ف. ب" and "أ ف ب" are one."""
    return "".join(word.text for word in words_of(name.replace(".", " "))).replace("-", "").replace("'", "")


def _bare_name(name: str) -> str:
    """`name` without the noun before it: "صحيفة عكاظ" is عكاظ."""
    words = [word.text for word in words_of(name.replace(".", " "))]
    if len(words) > 1 and words[0] in outlet_nouns() | {"ال", "عن", "نقلا"}:
        words = words[1:]
    return "".join(words)


@derived_and_kept
def _outlets() -> dict[str, tuple[str, bool]]:
    table: dict[str, tuple[str, bool]] = {}
    for name, agency in (("agencies", True), ("outlets", False)):
        for _, entry in entries("sources", name):
            spellings = [spelling.strip() for spelling in entry.split(" = ")]
            outlet = (spellings[0], agency)
            for spelling in spellings:
                table.setdefault(_compact(spelling), outlet)
    return table


@derived
def everyday_names() -> frozenset[str]:
    """Outlets named by an everyday word: alone on a line they may be a subhead."""
    return frozenset(name for _, name in entries("sources", "everyday-names"))
