"""What every corpus rule promises: what it finds does not depend on the order of documents, nor on how they are cut."""

from __future__ import annotations

import copy
import pickle
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpuslint.facts import shelves
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.rule import CorpusRule
from corpuslint.packs.loader import load_packs
from corpuslint.pipeline.kept import loads
from corpuslint.resources import rules_folder

FOLDERS = sorted(path.parent for path in rules_folder().glob("*/pack.toml"))
RULES = [rule for pack in load_packs(FOLDERS) for rule in pack.corpus_rules]
by_code = pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.spec.code))
quick = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))

SENTENCES = (
    "افتتح الوزير صباح اليوم مشروعا جديدا لتحلية المياه في المدينة الساحلية بحضور عدد كبير من السكان والمهندسين",
    "وقال المدير إن المصنع سيبدأ العمل في الربيع المقبل بعد أن تصل الآلات من الخارج وتنتهي تجربتها كلها في الموقع",
    "فاز الفريق الأول على ضيفه بثلاثة أهداف مقابل هدف واحد في مباراة أقيمت مساء أمس على ملعب المدينة الرياضية",
    "وزیر راه در مراسم گشایش این جاده گفت که ساخت بخش دوم آن از سال آینده آغاز می شود و دو سال به درازا می کشد",
    "تابعونا على صفحاتنا",
    "رابط الخبر بصحيفة المدى: افتتاح مشروع جديد",
    "رابط الخبر بصحيفة المدى: فوز كبير",
    "طباعة",
    "",
)
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=6).map("\n".join)
SITES = st.sampled_from(("", "المدى", "الصباح"))
DOCUMENTS = st.lists(st.tuples(TEXTS, SITES), min_size=1, max_size=30)


def corpus(drawn: list[tuple[str, str]]) -> list[Document]:
    return [
        Document(
            DocumentId(f"{'ab'[number % 2]}.jsonl#{number}" if number % 3 else f"{number}.txt"),
            text,
            {"source": site} if site else {},
            Origin("x"),
        )
        for number, (text, site) in enumerate(drawn)
    ]


def collected(rule: CorpusRule, documents: list[Document]) -> object:
    state = rule.empty()
    for document in documents:
        state = rule.collect(state, Anatomy(document))
    return state


def judged(rule: CorpusRule, *states: object) -> list[str]:
    return sorted(map(repr, rule.judge(states)))


@by_code
@quick
@given(drawn=DOCUMENTS, cuts=st.integers(1, 5), seed=st.integers(0, 9))
def test_any_order_and_any_cut_find_the_same(rule: CorpusRule, drawn: list[tuple[str, str]], cuts: int, seed: int):
    documents = corpus(drawn)
    shuffled = list(documents)
    random.Random(seed).shuffle(shuffled)
    parts = [collected(rule, shuffled[number::cuts]) for number in range(cuts)]
    before = copy.deepcopy(parts)
    assert judged(rule, *parts) == judged(rule, collected(rule, documents))
    assert parts == before


@by_code
@quick
@given(drawn=DOCUMENTS)
def test_a_corpus_that_does_not_fit_into_memory_is_judged_alike(rule: CorpusRule, drawn: list[tuple[str, str]]):
    states = [collected(rule, [document]) for document in corpus(drawn)]
    whole = judged(rule, *states)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelves, "MOST_BYTES", 64)
        assert judged(rule, *states) == whole


@by_code
def test_state_is_plain_data_that_can_be_stored(rule: CorpusRule) -> None:
    state = collected(rule, corpus([(sentence, "المدى") for sentence in SENTENCES]))
    stored = loads(pickle.dumps(state, protocol=pickle.HIGHEST_PROTOCOL))
    assert stored == state
    assert judged(rule, stored) == judged(rule, state)
