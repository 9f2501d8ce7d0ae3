"""The tables of languages: what each must hold so that everything that asks them gets an answer."""

from __future__ import annotations

import pytest

from corpuslint import Anatomy, Document, DocumentId, fix_text
from corpuslint.config.load import known_language
from corpuslint.errors import ConfigError
from corpuslint.facts.dates import parse_date
from corpuslint.facts.language import WEIGHED, declared_language, read_language
from corpuslint.languages import LANGUAGES, Language, letters_but

WRITTEN = [language for language in LANGUAGES.values() if language.alphabet]


@pytest.mark.parametrize("language", WRITTEN, ids=lambda language: language.tag)
def test_language_is_told_by_a_column_of_evidence_or_by_the_words_it_has_beside_its_like(language: Language) -> None:
    assert language.tag in WEIGHED or (LANGUAGES[language.like].words and len(language.words) > 20)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda language: language.tag)
def test_months_are_twelve_weekdays_seven_ordinals_no_more_than_a_month_has_days(language: Language) -> None:
    assert {len(months.names) for months in language.months} <= {12}
    assert len(language.weekdays) in (0, 7)
    assert len(language.ordinals) <= 31


@pytest.mark.parametrize("language", WRITTEN, ids=lambda language: language.tag)
def test_letters_typed_for_others_are_none_of_the_alphabet_and_become_letters_of_it(language: Language) -> None:
    assert set(language.instead_of.values()) <= set(language.alphabet + LANGUAGES["ar"].alphabet)
    assert not set(language.instead_of) & set(language.alphabet)
    assert set(language.marks) <= set(language.alphabet)


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("Sindhi", "sd"),
        ("snd", "sd"),
        ("سنڌي", "sd"),
        ("badini", "kmr"),
        ("ku-Arab", "ckb"),
        ("en", ""),
        ("English", ""),
    ],
)
def test_name_or_tag_of_a_language(word: str, tag: str) -> None:
    assert declared_language(word) == tag


def test_name_of_a_language_is_refused_where_a_tag_is_asked_for() -> None:
    with pytest.raises(ConfigError) as refused:
        known_language("sindhi")
    assert refused.value.remedy == "did you mean 'sd'?"


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("20 آڪٽوبر 2023", "sd", "2023-10-20"),
        ("اڱارو، 3 جولاءِ 2018", "sd", "2018-07-03"),
        ("20ی چریا ئێکێ 2023", "kmr", "2023-10-20"),
        ("٥ تیرمەه ٢٠٢٢", "kmr", "2022-07-05"),
        ("٣ گولان ٢٠٢١", "kmr", "2021-05-03"),
    ],
)
def test_months_of_sindhi_and_kurmanji(text: str, language: str, value: str) -> None:
    assert parse_date(text, language).value == value


def test_letters_that_only_other_languages_have() -> None:
    assert {"ڪ", "ٻ", "پ", "ے", "ێ"} <= set(letters_but("ar"))
    assert not set("كيىةأ") & set(letters_but("ar"))


SINDHI = "وزير چيو ته هن سال ٻوڏ سبب ڪيترائي اسڪول بند رهيا ۽ ٻار پڙهائي کان پري ٿي ويا آهن"
BADINI = "وەزیرێ پەروەردێ گوت کو ئەڤ سالە گەلەک قوتابخانە ژبەر بارانێ هاتینە گرتن و زارۆک ل مالێ نە"


@pytest.mark.parametrize(("text", "language"), [(SINDHI, "sd"), (BADINI, "kmr")])
def test_text_in_sindhi_and_kurmanji(text: str, language: str) -> None:
    assert read_language(text).language == language
    assert Anatomy(Document(DocumentId("a"), text)).respellings == ()


@pytest.mark.parametrize(("tag", "language"), [("ku", "kmr"), ("ku-Arab", "kmr"), ("Kurdish", "kmr"), ("ckb", "ckb")])
def test_declared_kurdish_is_the_one_that_the_text_is_written_in(tag: str, language: str) -> None:
    assert Anatomy(Document(DocumentId("a"), BADINI, {"language": tag})).language == language


OLD_KEYBOARD = "ئه‌ڤ ده‌رگه‌هه‌ یێ گرتی یه‌ و كه‌س نه‌شێت ب ناڤ بكه‌ڤیت دگه‌ل هه‌ڤالێن خۆ"


def test_badini_typed_with_a_heh_and_a_non_joiner_is_told_from_sorani() -> None:
    assert read_language(OLD_KEYBOARD).language == "kmr"


def test_letters_of_badini_are_mended_as_those_of_sorani() -> None:
    typed = "كوردستان وەلاتێ مەیە و ئه‌ڤ خەلكێ هەنێ ب ئازادی تێدا دژین ژ بەری گەلەك سالان"
    assert fix_text(typed) == "کوردستان وەلاتێ مەیە و ئەڤ خەلکێ هەنێ ب ئازادی تێدا دژین ژ بەری گەلەک سالان"


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        ("ئەڤ کۆمبوونە دوهی ل باژێرێ دهۆکێ هاتە کرن و وەزیر ژی ل وێرێ بوو", ["دوهی"]),
        ("سەرۆک دێ ئێکشەمبی دگەل شاندێ کۆم بیت و ئەڤرۆ دێ ئاخڤیت", ["ئێکشەمبی", "ئەڤرۆ"]),
    ],
)
def test_relative_dates_of_badini(text: str, expressions: list[str]) -> None:
    found = Anatomy(Document(DocumentId("a"), text, {"language": "kmr"})).dates
    assert [one.span.of(text) for one in found] == expressions
