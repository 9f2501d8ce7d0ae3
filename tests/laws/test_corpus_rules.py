"""What every corpus rule promises: collecting and merging add up the same in any order and any cut."""

from __future__ import annotations

import copy
import pickle
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.document import Document, DocumentId, Origin
from corpuslint.model.rule import CorpusRule
from corpuslint.packs.loader import load_packs
from corpuslint.pipeline.pickles import loads
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


def judged(rule: CorpusRule, state: object) -> list[str]:
    return sorted(map(repr, rule.judge(state)))


@by_code
@quick
@given(drawn=DOCUMENTS, cuts=st.integers(1, 5), seed=st.integers(0, 9))
def test_any_order_and_any_cut_find_the_same(rule: CorpusRule, drawn: list[tuple[str, str]], cuts: int, seed: int):
    documents = corpus(drawn)
    whole = judged(rule, collected(rule, documents))
    shuffled = list(documents)
    random.Random(seed).shuffle(shuffled)
    parts = [collected(rule, shuffled[number::cuts]) for number in range(cuts)]
    state = parts.pop()
    while parts:
        state = rule.merge(parts.pop(0), state)
    assert judged(rule, state) == whole


@by_code
@quick
@given(left=DOCUMENTS, middle=DOCUMENTS, right=DOCUMENTS)
def test_merge_is_a_commutative_monoid(rule: CorpusRule, left, middle, right) -> None:
    documents = corpus([*left, *middle, *right])
    cut, behind = len(left), len(left) + len(middle)
    a, b, c = (collected(rule, part) for part in (documents[:cut], documents[cut:behind], documents[behind:]))
    before = copy.deepcopy((a, b, c))
    assert rule.merge(a, b) == rule.merge(b, a)
    assert rule.merge(rule.merge(a, b), c) == rule.merge(a, rule.merge(b, c))
    assert rule.merge(a, rule.empty()) == a == rule.merge(rule.empty(), a)
    assert (a, b, c) == before


@by_code
def test_state_is_plain_data_that_can_be_stored(rule: CorpusRule) -> None:
    state = collected(rule, corpus([(sentence, "المدى") for sentence in SENTENCES]))
    stored = loads(pickle.dumps(state, protocol=pickle.HIGHEST_PROTOCOL))
    assert stored == state
    assert judged(rule, stored) == judged(rule, state)
