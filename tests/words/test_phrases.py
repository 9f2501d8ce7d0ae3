"""The trie of phrases finds whatever `phrase_pattern` finds as whole words."""

from __future__ import annotations

import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuslint.text.phrases import phrase_pattern
from corpuslint.words.phrases import Phrases
from corpuslint.words.reading import read

ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
NBSP = "\N{NO-BREAK SPACE}"
PHRASES = ("اقرأ أيضا", "كلمات دلالية", f"می{ZWNJ}شود", "مؤسسة", "قراءة المزيد", "Read more", "آخر تحديث")
TRIE = Phrases({phrase: 1 << number for number, phrase in enumerate(PHRASES)})


def _bounded(phrase: str) -> regex.Pattern[str]:
    before, after = (r"\d" if edge.isdigit() else "" for edge in (phrase[0], phrase[-1]))
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}{before}])(?:{phrase_pattern(phrase)})(?![\p{{L}}\p{{M}}{after}])")


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="اأإآٱبقرضيىیکكهةۀوؤدلتمزش ،2ـًَ" + ZWNJ + NBSP, max_size=24))
def test_finds_whatever_the_pattern_finds(text: str) -> None:
    woken = TRIE.woken(read(text))
    for number, phrase in enumerate(PHRASES):
        if _bounded(phrase).search(text):
            assert woken >> number & 1


@settings(deadline=None, max_examples=300)
@given(
    st.text("اأىیكکهة شن2" + ZWNJ, min_size=1, max_size=12).filter(lambda phrase: any(map(str.isalnum, phrase))),
    st.sampled_from(("", " ", "نص، ", "7", "\n")),
    st.sampled_from(("", " ", ": نص", "7", "\r\n")),
)
def test_finds_a_phrase_as_it_is_written(phrase: str, before: str, after: str) -> None:
    if _bounded(phrase).search(before + phrase + after):
        assert Phrases({phrase: 1}).woken(read(before + phrase + after)) == 1


def test_names_are_found_over_signs() -> None:
    names = Phrases({"أ.ف.ب": 1, "BBC News": 2}, over_signs=True)
    assert names.woken(read("(أ ف ب)")) == 1
    assert names.woken(read("bbc, news")) == 2
    assert names.woken(read("bbc\nnews")) == 0


def test_a_kept_trie_gives_each_phrase_its_value_of_today() -> None:
    for bits in ((1, 2), (4, 8)):
        trie = Phrases(dict(zip(("خبر عاجل", "خبر"), bits, strict=True)), name="test")
        assert trie.woken(read("خبر عاجل")) == sum(bits)


def test_a_phrase_without_words_is_never_found() -> None:
    assert Phrases({"!!!": 1}).woken(read("!!!")) == 0
