"""Words are compared folded; entries of lists are read as they stand."""

from __future__ import annotations

import pytest

from corpuslint.facts.phrasebook import (
    BARED,
    Cues,
    Vocabulary,
    cue_table,
    entries,
    fold,
    folded_phrase,
    vocabulary_table,
    words_of,
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("أخبار", "اخبار"),
        ("كلمة", "کلمه"),
        ("شارِك", "شارك"),
        ("١٢", "12"),
        ("۱۲", "12"),
        ("رأي", "رأى"),
        ("ڕێکلام", "رێکلام"),
    ],
)
def test_spellings_fold_together(left: str, right: str) -> None:
    assert fold(left) == fold(right)


def test_words_keep_their_places() -> None:
    text = "«شارِك» 1,204 مرة"
    assert [(word.text, text[word.start : word.end]) for word in words_of(text)] == [
        ("شارک", "شارِك"),
        ("1,204", "1,204"),
        ("مره", "مرة"),
    ]


def test_vocabulary_takes_the_longest_phrase_and_bares_joined_words() -> None:
    vocabulary = Vocabulary(vocabulary_table([(1, ["جوجل"]), (2, ["جوجل بلس"]), (4, ["تعليق"])]))
    text = "وجوجل بلس والتعليق سفينة"
    assert [(bits % BARED, bits >= BARED, text[start:end]) for bits, start, end in vocabulary.cover(text)] == [
        (1, True, "وجوجل"),
        (0, False, "بلس"),
        (4, True, "والتعليق"),
        (0, False, "سفينة"),
    ]
    assert vocabulary.cover("جوجل بلس") == [(2, 0, 8)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("24sata", ["2", "4sata"]),
        ("15kg 3.5K 5%", ["1", "5kg", "3.5k", "5%"]),
        ("1,204,5x", ["1,204", "5x"]),
        ("e-mail O'Neil Google+ A- bA-", ["e-mail", "o'neil", "google+", "a-", "ba"]),
        ("شـارِك ـ ٣٬٤", ["شارک", "3٬4"]),
    ],
)
def test_numbers_and_latin_words_keep_the_signs_inside_them(text: str, words: list[str]) -> None:
    assert [word.text for word in words_of(text)] == words


def test_cue_is_found_in_any_order() -> None:
    cues = Cues(cue_table([(1, ["الحقوق محفوظة + الساحل"])]))
    found = [cues.found_in(words_of(text)) for text in ("الساحل: الحقوق محفوظة", "الحقوق محفوظة", "الساحل")]
    assert found == [{1: {"الحقوق محفوظه", "الساحل"}}, {}, {}]


def test_cue_is_found_only_where_its_words_stand_near_each_other() -> None:
    cues = Cues(cue_table([(1, ["تابعوا + قناة"])]))
    far = "تابعوا " + "العمل في الحي " * 5 + "عند قناة الري"
    found = [cues.found_in(words_of(text)) for text in ("تابعوا أخبار المدينة على قناة المنارة", far)]
    assert found == [{1: {"تابعوا", "قناه"}}, {}]


@pytest.mark.parametrize("pack", ["artefacts", "sources"])
def test_every_list_is_well_formed(pack: str) -> None:
    from corpuslint.resources import rules_folder

    for path in sorted((rules_folder() / pack / "data").glob("*.txt")):
        listed = entries(pack, path.stem)
        assert listed, path.name
        for language, phrase in listed:
            assert language in ("ar", "fa", "ur", "ckb", "ps", "ug", "sd", "mul"), (path.name, phrase)
            assert folded_phrase(phrase), (path.name, phrase)
        assert len(set(listed)) == len(listed), path.name
