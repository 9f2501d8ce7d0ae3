"""Of two rules that know the same defect on the same place, one speaks."""

from __future__ import annotations

import pytest

from corpuslint import check_text

STORY = (
    "افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشمالي بحضور عدد كبير من السكان والمسؤولين في المدينة.\n"
    "وقال رئيس البلدية إن الحديقة ستفتح أبوابها كل يوم من الصباح إلى المساء وإن الدخول إليها مجاني للجميع."
)
TWINS = {
    "icon": (f"{STORY}\n\ue091 شاهد التقرير\n", ("ART005", "ENC013"), ["ART005"]),
    "letters of an old font": (f"{STORY}\n\ue091\ue092\ue093\ue094\n", ("ART005", "ENC013"), ["ENC013"]),
    "icon, alone": (f"{STORY}\n\ue091 شاهد التقرير\n", ("ENC013",), ["ENC013"]),
    "list of headlines": (
        f"{STORY}\nاقرأ أيضا:\nجسر المشاة الجديد في الميناء\nمتحف البحر يستقبل زواره\n{STORY}\n",
        ("ART034", "MIX004"),
        ["ART034"],
    ),
    "numbers of a table": (
        f"خمسة أندية في السباق\n31\n7\n12\n45\n{STORY}\n12\n45\n66\n",
        ("ART012", "ART060"),
        ["ART012"] * 7,
    ),
}


@pytest.mark.parametrize(("text", "rules", "codes"), TWINS.values(), ids=TWINS.keys())
def test_of_two_rules_one_speaks(text: str, rules: tuple[str, ...], codes: list[str]) -> None:
    assert [finding.code for finding in check_text(text, select=rules)] == codes
