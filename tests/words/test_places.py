"""Where findings stand, in rows, columns and bytes, and the letters they are known by; compiled and not."""

from __future__ import annotations

from array import array
from types import ModuleType

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpuslint.text.positions import LineIndex

from .conftest import COMPILED, SOURCE

LETTERS = "اب ﷺ1.é𝔸\n\r\t\N{ZERO WIDTH NON-JOINER}\ud800"
TEXTS = st.text(LETTERS, max_size=40)
FOLDS = array("H", (code if chr(code).isalnum() else 0 for code in range(0x700)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS | st.text(LETTERS, min_size=60, max_size=200), st.lists(st.integers(0, 200)))
@example("\r\n\r", [0, 1, 2, 3])
@example("a" * 63 + "\r\n" + "b" * 63, [128, 63, 64, 65])
def test_places_are_those_that_the_index_of_lines_gives(kernel: ModuleType, text: str, wanted: list[int]) -> None:
    offsets = [min(offset, len(text)) for offset in wanted]
    marks, found = array("i", bytes(12 * (len(text) // kernel.PLACE_STRIDE + 1))), array("i", bytes(16 * len(offsets)))
    kernel.place_all(text, array("i", offsets), marks, found)
    index = LineIndex(text)
    places = [index.position(offset) for offset in offsets]
    expected = [(*place, index.utf8_column(place)) for place in places]
    assert list(zip(found[::4], found[1::4], found[3::4], strict=True)) == expected
    assert found[2::4].tolist() == offsets


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_letters_and_edges_are_equal_compiled_and_not(text: str, one: int, other: int) -> None:
    start, end = sorted(min(place, len(text)) for place in (one, other))
    answers = []
    for module in (SOURCE, COMPILED or SOURCE):
        room, ends = bytearray(4 * 24), array("i", (0, 0))
        spans = array("i", (0, start, start, end))
        module.letters_found(text, spans, 6, 5, FOLDS, {ord("ﷺ"): "صلي"}, room, ends)
        answers.append((room, list(ends), module.excerpt(text, 0, start, end, 5, 9, 3)))
    assert answers[0] == answers[1]
