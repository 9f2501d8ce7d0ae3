"""What is learned from an outlet's documents, and what is not."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from corpuslint import DocumentId, Severity, repetition
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.document import Document
from corpuslint.packs.loader import load_pack
from corpuslint.resources import rules_folder

RULES = {rule.spec.code: rule for rule in load_pack(rules_folder() / "boilerplate").corpus_rules}
WORDS = [f"{a}{b}{c}" for a in "بتجحدر" for b in "ايو" for c in "سشعفقل"]


def story(seed: int, lines: int = 5) -> list[str]:
    chosen = random.Random(seed)
    return [" ".join(chosen.choices(WORDS, k=30)) + "." for _ in range(lines)]


def title(seed: int) -> str:
    return " ".join(random.Random(-seed).choices(WORDS, k=6))


def corpus(make: Callable[[int], str], count: int = 60, site: str = "المدى") -> list[Document]:
    others = [
        Document(DocumentId(f"b#{seed}"), "\n".join(story(1000 + seed)), {"source": "الصباح"}) for seed in range(60)
    ]
    metadata = {"source": site} if site else {}
    return [Document(DocumentId(f"a#{seed}"), make(seed), metadata) for seed in range(count)] + others


def found(documents: list[Document], code: str = "ART960") -> list[Diagnostic]:
    rule = RULES[code]
    state = rule.empty()
    for document in documents:
        state = rule.collect(state, Anatomy(document))
    return list(rule.judge([state]))


def texts(documents: list[Document], code: str = "ART960") -> set[str]:
    by_id = {document.id: document for document in documents}
    return {one.span.of(by_id[one.document].text) for one in found(documents, code)}


LEARNED = {
    "last-line": (lambda seed: "\n".join([*story(seed), "تابعونا على قناتنا"]), {"تابعونا على قناتنا"}),
    "first-line": (lambda seed: "\n".join(["انشر الصفحة", *story(seed)]), {"انشر الصفحة"}),
    "numbers-vary": (
        lambda seed: "\n".join([*story(seed), f"{seed % 24}:15 ت م"]),
        {f"{hour}:15 ت م" for hour in range(24)},
    ),
    "glued-to-the-first-sentence": (
        lambda seed: "شارك عبر المنصات كلها واكتب رأيك " + "\n".join(story(seed)),
        {"شارك عبر المنصات كلها واكتب رأيك"},
    ),
    "title-varies": (
        lambda seed: "\n".join(story(seed)) + f" عنوان الصفحة في جريدتنا: {title(seed)}",
        {f"عنوان الصفحة في جريدتنا: {title(seed)}" for seed in range(60)},
    ),
    "a-fifth-of-the-documents": (
        lambda seed: "\n".join(story(seed) + (["اتصل بنا", "رقم 12 ثم نص الرسالة"] if seed % 5 == 0 else [])),
        {"اتصل بنا", "رقم 12 ثم نص الرسالة"},
    ),
}


@pytest.mark.parametrize("make_and_learned", LEARNED.values(), ids=LEARNED)
def test_standing_pieces_are_learned(make_and_learned: tuple[Callable[[int], str], set[str]]) -> None:
    make, learned = make_and_learned
    assert texts(corpus(make)) == learned


NOT_LEARNED = {
    "anywhere-in-the-text": lambda seed: "\n".join(
        random.Random(seed).sample([*story(seed, 30), "وأضاف:", "وتابع المسؤول"], 32)
    ),
    "seldom": lambda seed: "\n".join(story(seed) + (["سطر نادر هنا"] if seed % 20 == 0 else [])),
    "dateline": lambda seed: "بغداد - المدى: " + "\n".join(story(seed)),
    "dateline-with-country": lambda seed: "بغداد، جمهورية العراق (المدى) -- " + "\n".join(story(seed)),
    "credit-line": lambda seed: "\n".join(["المدى – متابعات", *story(seed)]),
    "source-label": lambda seed: "\n".join([*story(seed), "المصدر: وكالات"]),
    "paragraph": lambda seed: "\n".join(story(seed) + (story(7, 1) if seed % 9 == 0 else [])),
    "hash-like-lines": lambda seed: "\n".join([*story(seed), f"{seed * 7919 % 99991:x}f{seed:04x}"]),
}


@pytest.mark.parametrize("make", NOT_LEARNED.values(), ids=NOT_LEARNED)
def test_content_is_not_learned(make: Callable[[int], str]) -> None:
    assert texts(corpus(make)) == set()


def test_a_formula_that_opens_the_texts_of_every_outlet_is_not_learned() -> None:
    opening = "أعلنت وزارة الزراعة صباح اليوم عن "
    documents = [
        Document(DocumentId(f"{site}#{seed}"), opening + "\n".join(story(hash((site, seed)))), {"source": site})
        for site in ("أ", "ب", "ج", "د")
        for seed in range(40)
    ]
    assert texts(documents) == set()


@pytest.mark.parametrize("count", [2, 24])
def test_few_documents_teach_nothing(count: int) -> None:
    assert texts(corpus(lambda seed: "\n".join([*story(seed), "تابعونا على قناتنا"]), count)) == set()


def test_documents_without_an_outlet_teach_nothing() -> None:
    assert texts(corpus(lambda seed: "\n".join([*story(seed), "تابعونا على قناتنا"]), site="")) == set()


def test_the_same_line_in_every_document_of_one_line_each_is_judged() -> None:
    documents = corpus(lambda seed: "نفس السطر دائما", 3000)
    assert {one.document for one in found(documents)} == {f"a#{seed}" for seed in range(3000)}


def test_findings_carry_counts_and_share() -> None:
    documents = corpus(lambda seed: "\n".join(story(seed) + (["انشر الصفحة الآن"] if seed % 3 == 0 else [])))
    findings = found(documents)
    assert len(findings) == 20
    assert findings[0].severity is Severity.WARNING
    assert findings[0].evidence == {
        "outlet": "المدى",
        "kind": "line",
        "place": "end",
        "documents": 60,
        "holders": 20,
        "share": 0.3333,
    }


def test_a_piece_of_most_documents_is_an_error() -> None:
    findings = found(corpus(lambda seed: "\n".join([*story(seed), "انشر الصفحة الآن"])))
    assert {one.severity for one in findings} == {Severity.ERROR}


MENU = ["أخبار المدينة", "رياضة المدارس", "صور الأسبوع"]


def whole_page(seed: int) -> str:
    chosen = random.Random(seed)
    first, second = (story(seed + 500 * part, chosen.randint(8, 30)) for part in (1, 2))
    return "\n".join([*first, *MENU, *second])


def test_a_menu_that_stands_anywhere_is_learned() -> None:
    assert texts(corpus(whole_page)) == set(MENU)


def test_what_stands_anywhere_is_not_sure_enough_to_be_cut() -> None:
    assert {(one.severity, one.confidence) for one in found(corpus(whole_page))} == {(Severity.WARNING, 0.94)}


PARTS = {
    "beginning of a sentence": (lambda seed: "نشرت صفحات عدة تسجيلا زعمت أنه " + "\n".join(story(seed)), 0.94),
    "sentence that opens": (lambda seed: "نشرت صفحات عدة تسجيلا جديدا. " + "\n".join(story(seed)), 0.95),
    "end of a sentence": (lambda seed: "\n".join(story(seed))[:-1] + " ولا تمثل موقف الصحيفة", 0.94),
    "sentence that ends": (lambda seed: "\n".join(story(seed)) + " لا تمثل موقف الصحيفة", 0.95),
}


@pytest.mark.parametrize(("make", "confidence"), PARTS.values(), ids=PARTS)
def test_part_of_a_sentence_is_not_sure_enough_to_be_cut(make: Callable[[int], str], confidence: float) -> None:
    documents = corpus(lambda seed: make(seed) if seed % 4 == 0 else "\n".join(story(seed)), 120)
    assert {one.confidence for one in found(documents)} == {confidence}


def test_number_alone_between_paragraphs_is_none_of_a_menus_counters() -> None:
    def page(seed: int) -> str:
        parts = "\n".join(["", "1", *story(1, 9), "2", *story(2, 9)]) if seed == 0 else ""
        return whole_page(seed).replace(MENU[1], str(seed)) + parts

    pages = corpus(page)
    assert [one.span.of(pages[0].text) for one in found(pages) if one.document == "a#0"] == [MENU[0], "0", MENU[2]]


def test_the_scraper_gets_one_finding_a_piece() -> None:
    (finding,) = found(corpus(lambda seed: "\n".join([*story(seed), "انشر الصفحة الآن"])), "ART961")
    assert finding.message == "the scraper of المدى leaves this line in 100% of its articles (60 of 60)"
    assert finding.document == "a#0"


@pytest.mark.parametrize("name", ["last-line", "first-line", "glued-to-the-first-sentence", "title-varies"])
def test_the_fix_leaves_the_story(name: str) -> None:
    documents = corpus(LEARNED[name][0])
    by_id = {document.id: document for document in documents}
    for one in found(documents):
        assert one.fix is not None
        (edit,) = one.fix.edits
        text = by_id[one.document].text
        assert edit.span.end <= len(text)
        left = text[: edit.span.start] + text[edit.span.end :]
        assert left.strip() == "\n".join(story(int(one.document.partition("#")[2])))


def test_a_text_without_words_has_no_pieces() -> None:
    assert repetition.pieces_of(Anatomy(Document(DocumentId("a"), " \n\n…"))) == ()


def test_an_article_on_one_line_is_no_last_sentence() -> None:
    def whole(seed: int) -> str:
        return "شارك الخبر عبر المنصات كلها " + " ".join(story(seed)).replace(".", "")

    assert all(len(text) <= 300 for text in texts(corpus(whole)))
