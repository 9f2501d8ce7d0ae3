"""The duplicate rules over small corpora."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from corpuslint import DocumentId, Severity, duplicates
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document
from corpuslint.packs.loader import load_pack
from corpuslint.resources import rules_folder

RULES = {rule.spec.code: rule for rule in load_pack(rules_folder() / "duplicates").corpus_rules}
WORDS = [f"{a}{b}{c}" for a in "بتجحدر" for b in "ايو" for c in "سشعفقل"]


def story(seed: int, count: int = 120) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def found(code: str, texts: Mapping[str, str], sites: Mapping[str, str] | None = None) -> list[Diagnostic]:
    rule = RULES[code]
    state = rule.empty()
    for name, text in texts.items():
        site = (sites or {}).get(name, "")
        document = Document(DocumentId(name), text, {"source": site} if site else {})
        state = rule.collect(state, Anatomy(document))
    return list(rule.judge([state]))


def changed(words: list[str], *places: int) -> str:
    return " ".join(f"غير{place}" if place in places else word for place, word in enumerate(words))


def test_the_first_of_exact_copies_is_kept() -> None:
    text = "افتتح الوزير المكتبة الجديدة في المدينة."
    copies = found(
        "DUP001", {"c.jsonl#10": text, "c.jsonl#2": text + "\n", "d.txt": "افتتح الوزير المكتبه الجديدة فی المدينة"}
    )
    assert [(one.document, one.evidence["kept"]) for one in copies] == [
        ("c.jsonl#10", "c.jsonl#2"),
        ("d.txt", "c.jsonl#2"),
    ]
    assert {one.severity for one in copies} == {Severity.ERROR}


def test_documents_without_words_are_no_copies() -> None:
    assert found("DUP001", {"a": "", "b": " \n", "c": "...", "d": "…"}) == []


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        pytest.param((60,), True, id="one-word"),
        pytest.param((10, 50, 90, 110), True, id="four-words"),
        pytest.param(tuple(range(0, 120, 6)), False, id="a-sixth"),
    ],
)
def test_near_duplicates_share_most_runs(places: tuple[int, ...], expected: bool) -> None:
    words = story(1)
    near = found("DUP002", {"a": " ".join(words), "b": changed(words, *places), "c": " ".join(story(2))})
    assert [one.document for one in near] == (["b"] if expected else [])


def test_an_exact_copy_is_not_reported_as_near_too() -> None:
    text = " ".join(story(1))
    assert found("DUP002", {"a": text, "b": text}) == []


def test_short_texts_are_not_near_duplicates() -> None:
    words = story(1, 15)
    assert found("DUP002", {"a": " ".join(words), "b": changed(words, 14)}) == []


def test_editions_of_two_outlets_are_one_story() -> None:
    words = story(1)
    texts = {"a": " ".join(words), "b": changed(words, 3, 40, 80), "c": " ".join(story(2)), "d": " ".join(words)}
    (edition,) = found("DUP003", texts, {"a": "المدى", "b": "الصباح", "d": "المدى"})
    assert edition.document == "a"
    assert edition.evidence == {"documents": 3, "outlets": 2, "exact-copies": 1}


def test_two_editions_of_one_outlet_are_no_republished_story() -> None:
    words = story(1)
    assert found("DUP003", {"a": " ".join(words), "b": changed(words, 3)}, {"a": "المدى", "b": "المدى"}) == []


def test_a_document_goes_on_as_another() -> None:
    own, other = " ".join(story(1)), " ".join(story(2))
    text = f"{own}\n{other}\n"
    (place,) = found("DUP004", {"a": text, "b": f"{other}\n{' '.join(story(3))}"})
    assert (place.document, place.span.start, place.evidence) == ("a", len(own) + 1, {"other": "b", "paragraphs": 1})


def test_a_second_story_is_proven_by_the_document_it_comes_from() -> None:
    own, other = " ".join(story(1, 500)), f"{' '.join(story(2))}\n{' '.join(story(3))}"
    texts = {"a": f"{own}\n{other}\n", "b": other}
    (place,) = found("MIX006", texts)
    assert (place.document, place.span, place.evidence["other"]) == ("a", (len(own) + 1, len(texts["a"])), "b")
    assert place.fix is not None
    assert found("DUP004", texts) == []


def test_a_passage_of_two_articles_is_no_proof() -> None:
    shared = " ".join(story(2))
    texts = {"a": f"{' '.join(story(1))}\n{shared}", "b": f"{shared}\n{' '.join(story(3))}"}
    assert found("MIX006", texts) == []


def test_an_opening_that_an_outlet_shows_below_its_articles_is_a_teaser() -> None:
    opening = " ".join(story(2, 30))
    shown = {f"{number}": f"{' '.join(story(number, 80))}\n{opening}" for number in range(10, 18)}
    places = found("MIX006", {**shown, "z": f"رويترز - {opening}\n{' '.join(story(3))}"})
    assert [(place.document, place.evidence["other"]) for place in places] == [(name, "z") for name in sorted(shown)]


def test_an_item_of_a_session_is_no_second_story_though_another_outlet_begins_with_it() -> None:
    own, item = " ".join(story(1, 500)), f"{' '.join(story(2))}\n{' '.join(story(3))}"
    assert found("MIX006", {"a": f"{own}\nخامسا :\n{item}\n", "b": item}) == []
    assert len(found("MIX006", {"a": f"{own}\nاقرأ أيضا :\n{item}\n", "b": item})) == 1


def test_text_that_goes_on_after_another_document_is_not_deleted() -> None:
    own, other = " ".join(story(1, 500)), f"{' '.join(story(2))}\n{' '.join(story(3))}"
    (place,) = found("MIX006", {"a": f"{own}\n{other}\n{' '.join(story(4))}", "b": other})
    assert place.span == (len(own) + 1, len(own) + len(other) + 2)
    assert place.fix is None


def test_standing_text_is_not_another_document() -> None:
    standing = " ".join(story(9, 30))
    texts = {f"{number}": f"{' '.join(story(number, 80))}\n{standing}" for number in range(8)}
    assert found("DUP004", {**texts, "z": standing}) == []


def test_a_line_that_several_stories_begin_with_is_not_another_document() -> None:
    bar = " ".join(story(9, 14))
    threads = {
        f"{number}": f"{' '.join(story(number, 80))}\n{bar}\n{' '.join(story(50 + number))}" for number in range(9)
    }
    first = {name: f"{bar}\n{' '.join(story(seed))}" for name, seed in (("y", 70), ("z", 71))}
    assert found("MIX006", {**threads, **first}) == []


def test_the_openings_of_others_inside_a_digest_are_no_second_story() -> None:
    items = [" ".join(story(seed, 30)) for seed in (2, 3)]
    own = f"{' '.join(story(1, 80))}\n{items[0]}\n{items[1]}\n{' '.join(story(4))}"
    others = {f"{at}": f"{item}\n{' '.join(story(20 + at))}" for at, item in enumerate(items)}
    assert found("MIX006", {"a": own, **others}) == []
    assert [place.evidence["paragraphs"] for place in found("DUP004", {"a": own, **others})] == [2]


def test_an_edition_with_another_first_paragraph_is_no_second_story() -> None:
    kicker, words = " ".join(story(8, 60)), " ".join(story(1, 400))
    assert found("DUP004", {"a": f"{kicker}\n{words}", "b": words}) == []


def test_very_many_copies_are_judged_in_time() -> None:
    imprint = duplicates.imprint_of(Anatomy(Document(DocumentId("x"), "نفس السطر دائما")))
    index: duplicates.Index = {}
    for number in range(100_000):
        anatomy = Anatomy(Document(DocumentId(f"a.jsonl#{number}"), ""))
        anatomy.keep(duplicates.imprint_of, imprint)
        duplicates.collected(index, anatomy)
    copies = list(RULES["DUP001"].judge([index]))
    assert len(copies) == 99_999
    assert {one.evidence["kept"] for one in copies} == {"a.jsonl#0"}


def test_clusters_name_the_story_of_each_document() -> None:
    words = story(1)
    index: duplicates.Index = {}
    for name, text in {"a": " ".join(words), "b": changed(words, 5), "c": " ".join(story(2))}.items():
        duplicates.collected(index, Anatomy(Document(DocumentId(name), text)))
    assert dict(duplicates.likenesses([index]).clusters()) == {"a": "a", "b": "a"}
