"""The signs of a boundary are what their names say, and the same compiled and not."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuslint.facts.cohesion import SIGNS, Paragraphs, boundary_signs, is_paragraph, numbered
from corpuslint.facts.openings import features_of
from corpuslint.facts.terms import read_weights, share_of, terms_of
from corpuslint.text.positions import Span, line_spans
from corpuslint.words.levels import TERM, folded
from tests.words.conftest import COMPILED, SOURCE

WORDS = "جسر الوزير محطة القطار سكان الحي البلدية كلفة افتتح أعلن وأضاف السبت رئيس 2015 من في «قال» باريس - (وكالات) :"
PARAGRAPHS = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=14).map(" ".join)
TEXTS = st.lists(PARAGRAPHS, min_size=2, max_size=7).map("\n".join)


def _paragraphs(text: str) -> Paragraphs:
    spans = line_spans(text)
    return Paragraphs(text, spans, [False] * len(spans))


def _signs(text: str, title: str, k: int) -> dict[str, float]:
    row = boundary_signs(_paragraphs(text), numbered(_paragraphs(text), terms_of(title)), (k,))
    return dict(zip(SIGNS, row, strict=True))


@given(TEXTS, PARAGRAPHS, st.data())
def test_shares_are_of_what_was_said_before(text: str, title: str, data: st.DataObject) -> None:
    parts = [span.of(text) for span in line_spans(text)]
    k = data.draw(st.integers(1, len(parts) - 1))
    terms = [terms_of(part) for part in parts]
    own = {**terms_of(title), **{term: weight for part in terms[:k] for term, weight in part.items()}}
    shares = [share_of(part, own) / (sum(part.values()) or 1.0) for part in terms[k:]]
    tail = {term: weight for part in terms[k:] for term, weight in part.items()}
    signs = _signs(text, title, k)
    assert signs["first_in_own"] == pytest.approx(shares[0])
    assert signs["mean_in_own"] == pytest.approx(sum(shares) / len(shares))
    assert (signs["most_in_own"], signs["least_in_own"]) == pytest.approx((max(shares), min(shares)))
    assert signs["last_in_own"] == pytest.approx(shares[-1])
    assert signs["tail_in_own"] == pytest.approx(share_of(tail, own) / (sum(tail.values()) or 1.0))
    assert signs["own_in_tail"] == pytest.approx(share_of(tail, own) / (sum(own.values()) or 1.0))
    assert signs["first_in_before"] == pytest.approx(share_of(terms[k], terms[k - 1]) / (sum(terms[k].values()) or 1.0))
    assert signs["tail_count"] == len(parts) - k
    assert signs["first_length"] == len(parts[k])
    assert signs["declared_title"] == bool(terms_of(title))


@given(PARAGRAPHS)
def test_a_score_is_the_sum_of_its_named_features(text: str) -> None:
    weights = {folded(name, TERM): weight for name, weight in read_weights().items()}
    opening = Paragraphs(text, (Span(0, len(text)),), (False,)).opening(0)
    assert opening.score == pytest.approx(sum(weights.get(feature, 0.0) for feature in features_of(text)))


@pytest.mark.skipif(COMPILED is None, reason="the kernel is not compiled here")
@settings(max_examples=50)
@given(TEXTS, PARAGRAPHS)
def test_compiled_and_not_give_the_same_signs(text: str, title: str) -> None:
    def rows(module: ModuleType | None) -> list[float]:
        with pytest.MonkeyPatch.context() as patch:
            for name in ("terms", "openings", "cohesion"):
                patch.setattr(f"corpuslint.facts.{name}.kernel", module)
            paragraphs = _paragraphs(text)
            return list(boundary_signs(paragraphs, numbered(paragraphs, terms_of(title)), range(1, len(paragraphs))))

    assert rows(COMPILED) == rows(SOURCE)


def test_a_title_is_known_from_before() -> None:
    text = "افتتح الوزير جسرا\nباريس باريس"
    assert _signs(text, "باريس", 1)["first_in_own"] == 1.0
    assert _signs(text, "", 1)["first_in_own"] == 0.0


@pytest.mark.parametrize("last", "ىيی")
def test_a_line_of_the_page_is_known_on_any_keyboard(last: str) -> None:
    line = f"مقالات أخر{last} للكاتب: نظرة على الموسم الجديد، وحوار قصير مع المدرب بعد الفوز الكبير في العاصمة."
    assert not is_paragraph(line)
