"""Texts for laws: pieces of the rules' own examples, odd characters and any Unicode at all, shuffled together.

`CORPUSLINT_LAWS=deep` draws many more, anew in each run; otherwise the same few each time.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from corpuslint.engine.ruleset import ruleset
from corpuslint.model.document import Document, DocumentId, MetadataValue, Origin
from corpuslint.model.rule import Example, Rule
from corpuslint.packs.loader import load_packs
from corpuslint.resources import rules_folder
from corpuslint.text import invisible

DEEP = os.environ.get("CORPUSLINT_LAWS") == "deep"

PACKS = load_packs(sorted(path.parent for path in rules_folder().glob("*/pack.toml")))
RULES: tuple[Rule, ...] = ruleset(rule for pack in PACKS for rule in pack.rules).rules

ODD = (
    invisible.BLANKS
    + invisible.ZERO_WIDTH_SPACES
    + invisible.DIRECTION_MARKS
    + invisible.DIRECTION_OPENERS
    + invisible.DIRECTION_CLOSERS
    + invisible.LINE_SEPARATORS
    + "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{SOFT HYPHEN}\N{ZERO WIDTH NO-BREAK SPACE}\N{ARABIC TATWEEL}"
    + "\N{REPLACEMENT CHARACTER}\N{ARABIC FATHA}\N{ARABIC SHADDA}\N{ARABIC HAMZA ABOVE}\N{COMBINING ACUTE ACCENT}"
    + "\n\r\t \x00\x1a\x0b\x0c\x1c\x85\x93.،؛؟,;?!:()[]{}<>«»“”\"'%٪|-–/&#@0123456789٠١٢٣۴۵۶"
)
WORDS = re.findall(
    r"\S+",
    """
    قال الوزير إن القرار نهائي ولن تتراجع الحكومة عنه في العاصمة على مدى می\u200cرود کتاب های کرد علی یک که از
    لە ئەم کوردی ہے کے میں نے پہ کې دي بىلەن CNN Reuters العربية المصدر: التاريخ: اقرأ أيضا أمس 2023 10/20
    """,
)
METADATA: tuple[Mapping[str, MetadataValue], ...] = (
    {},
    *({"language": language} for language in ("ar", "fa", "ur", "ckb", "ps", "ug")),
    {"title": "قال الوزير", "source": "رويترز", "published": "2023-10-20", "keywords": ("سياسة", "سياسة")},
)


def examples(count: int, deep: int = 20) -> settings:
    """How many texts a law is tried on."""
    return settings(
        max_examples=count * deep if DEEP else count,
        deadline=None,
        derandomize=not DEEP,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def document(text: str, metadata: Mapping[str, MetadataValue] = METADATA[0]) -> Document:
    """A document as a reader would give it."""
    return Document(DocumentId("a.txt"), text, dict(metadata), Origin("a.txt"))


def pieces_of(rules: Iterable[Rule]) -> list[str]:
    """The texts of the rules' examples, whole, by lines and by words."""
    found: dict[str, None] = {}
    for rule in rules:
        example: Example
        for example in (*rule.spec.invalid, *rule.spec.valid):
            found[example.text] = None
            for line in example.text.splitlines():
                found[line] = None
            for word in re.findall(r"\S+\s?", example.text)[:40]:
                found[word] = None
    return list(found)


def metadata_of(rules: Iterable[Rule]) -> list[Mapping[str, MetadataValue]]:
    """What the rules' examples declare, and some more."""
    declared = [dict(example.metadata) for rule in rules for example in (*rule.spec.invalid, *rule.spec.valid)]
    return [*METADATA, *(one for one in declared if one)]


def _crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


_SHAPES = (
    str,
    str,
    lambda text: unicodedata.normalize("NFC", text),
    lambda text: unicodedata.normalize("NFD", text),
    _crlf,
    lambda text: text.replace("\n", "\r"),
    lambda text: text + "\n",
)


def texts(pieces: list[str], size: int = 8) -> st.SearchStrategy[str]:
    """Pieces with line ends, blanks, odd characters and words between them, in any Unicode form and line end."""
    piece = st.one_of(
        st.sampled_from(pieces),
        st.sampled_from(["\n", "\n\n", " ", ""]),
        st.sampled_from(ODD),
        st.sampled_from(WORDS),
        st.text(max_size=4),
    )
    joined = st.lists(piece, max_size=size).map("".join)
    return st.builds(lambda text, shape: shape(text), joined, st.sampled_from(_SHAPES))
