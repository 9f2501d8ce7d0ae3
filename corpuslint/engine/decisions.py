"""Decisions that people made over findings in `corpuslint review`, one JSON line each, so that git can merge them.

A rejected finding is silenced, as by a suppression. An accepted one may be mended by `--fix`, whatever its fix was
thought of before; an edited one is mended the reviewer's way; a split puts a story's beginning where the reviewer saw
it. The last line of one person on one finding holds, and `undecided` takes back what the person said before. Where two
people disagree nothing is done: the finding stays.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from hashlib import blake2b

import msgspec
from msgspec import structs

from corpuslint.engine.lnt import SPLIT_BY_REVIEW
from corpuslint.engine.suppressions import Suppression
from corpuslint.errors import ConfigError
from corpuslint.model.diagnostic import Diagnostic, Edit, Fix, Split
from corpuslint.model.document import Document
from corpuslint.model.levels import Applicability
from corpuslint.text.folding import fold
from corpuslint.text.positions import Span, line_spans
from corpuslint.text.strict import typed


class Verdict(Enum):
    """What a person said of a finding."""

    ACCEPT = "accept"
    EDIT = "edit"
    REJECT = "reject"
    FALSE_ALARM = "false-alarm"
    SPLIT = "split"
    UNDECIDED = "undecided"

    @property
    def says_right(self) -> bool:
        """Whether the finding was right, whatever is to be done about it."""
        return self in (Verdict.ACCEPT, Verdict.EDIT)


class Written(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One line. `fingerprint` names the finding; for a split, `paragraph` names the paragraph that begins the story."""

    verdict: Verdict
    code: str = ""
    fingerprint: str = ""
    file: str = ""
    by: str = ""
    content: str = ""
    paragraph: str = ""


class Decision(Written, frozen=True, omit_defaults=True):
    """One line, and where it stands."""

    place: str = ""
    line: int = 0

    def written(self) -> str:
        """The line, without its end."""
        plain = msgspec.to_builtins(structs.replace(self, place="", line=0))
        return json.dumps(dict(sorted(plain.items())), ensure_ascii=False)


EDITED_IN_REVIEW = "LNT090"
"""The code under which the ledger keeps what a reviewer wrote."""


def parse_decisions(text: str, path: str) -> tuple[Decision, ...]:
    """The decisions of a file, in order.

    Raises ConfigError, with the line, for anything that is not as it must be.
    """
    decisions = []
    for row, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            decisions.append(decision_of(json.loads(line), path, row))
        except (ValueError, RecursionError) as error:
            raise ConfigError(
                f"not a decision: {error}", path=path, line=row, remedy="repair the line, or take it out"
            ) from None
    return tuple(decisions)


def decision_of(plain: object, path: str = "", row: int = 0) -> Decision:
    """The decision that an object writes; `path` and `row` say where it stands.

    Raises ValueError for one that is not as it must be.
    """
    said = typed(plain, Written, "an object")
    if said.verdict is Verdict.SPLIT and not said.paragraph:
        raise ValueError("a split needs 'paragraph'")
    taken_back = said.verdict is Verdict.UNDECIDED and said.paragraph
    if not (said.verdict is Verdict.SPLIT or taken_back or (said.fingerprint and said.code)):
        raise ValueError("needs 'code' and 'fingerprint'")
    return Decision(**structs.asdict(said), place=path, line=row)


def holding(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """The decisions that hold, by file and finding: each person's last one, and only where all agree.

    The result does not depend on the order in which the lines of different people were merged.
    """
    last: dict[tuple[str, str, str], Decision] = {}
    for decision in decisions:
        last[decision.file, decision.fingerprint or decision.paragraph, decision.by] = decision
    agreed: dict[tuple[str, str], list[Decision]] = {}
    for (file, finding, _), decision in last.items():
        if decision.verdict is Verdict.UNDECIDED:
            continue
        agreed.setdefault((file, finding), []).append(decision)
    held = {}
    for key, said in agreed.items():
        kinds = {
            (decision.verdict.says_right, decision.verdict is Verdict.SPLIT, decision.content) for decision in said
        }
        if len(kinds) == 1:
            held[key] = min(said, key=lambda decision: (decision.verdict.value, decision.by))
    return held


def rejections(held: Mapping[tuple[str, str], Decision]) -> tuple[Suppression, ...]:
    """The rejected findings as suppressions."""
    return tuple(
        Suppression(
            code=decision.code,
            reason="rejected in review" if decision.verdict is Verdict.REJECT else "false alarm, said in review",
            fingerprint=decision.fingerprint,
            file=decision.file,
            owner=decision.by,
            place=decision.place,
            line=decision.line,
        )
        for decision in held.values()
        if decision.verdict in (Verdict.REJECT, Verdict.FALSE_ALARM)
    )


def decided(
    document: Document,
    text: str,
    found: Sequence[tuple[Diagnostic, str]],
    held: Mapping[tuple[str, str], Decision],
    name: str,
) -> list[Diagnostic]:
    """The findings of one document (with their fingerprints) as the decisions leave them, and the splits they add."""
    left = []
    for diagnostic, fingerprint in found:
        decision = held.get((name, fingerprint))
        if decision is None or diagnostic.fix is None or not decision.verdict.says_right:
            left.append(diagnostic)
            continue
        fix = structs.replace(diagnostic.fix, applicability=Applicability.SAFE)
        code: str = diagnostic.code
        if decision.verdict is Verdict.EDIT:
            fix = Fix(
                "Replace it as the reviewer wrote", Applicability.SAFE, (Edit(diagnostic.span, decision.content),)
            )
            code = EDITED_IN_REVIEW  # a person's words are bound by no rule's budget
        left.append(structs.replace(diagnostic, code=code, fix=fix))
    wanted = {decision.paragraph for (file, _), decision in held.items() if file == name and decision.paragraph}
    if wanted:
        left += _splits(document, text, wanted)
    return left


def _splits(document: Document, text: str, wanted: set[str]) -> list[Diagnostic]:
    """One finding for the first wanted paragraph that is not the text's first: it and all below leave the document."""
    lines = [line for line in line_spans(text) if line.of(text).strip()]
    for line in lines[1:]:
        if paragraph_key(line.of(text)) in wanted:
            end = lines[-1].end
            story = Span(line.start, end)
            fix = Fix("Split it off", Applicability.SAFE, (Edit(story, ""),), splits=(Split(story),))
            return [SPLIT_BY_REVIEW.report(document, story, fix=fix)]
    return []


def paragraph_key(paragraph: str) -> str:
    """What a paragraph is known by: its folded beginning, so that letter fixes do not lose it."""
    return blake2b(fold(paragraph.strip())[:120].encode("utf-8", "replace"), digest_size=8).hexdigest()


def precision_by_rule(held: Mapping[tuple[str, str], Decision]) -> dict[str, tuple[int, int]]:
    """Rule -> (findings said to be right, findings decided); splits are no finding of a rule."""
    right: Counter[str] = Counter()
    decided_on: Counter[str] = Counter()
    for decision in held.values():
        if decision.verdict is not Verdict.SPLIT:
            decided_on[decision.code] += 1
            right[decision.code] += decision.verdict.says_right
    return {code: (right[code], decided_on[code]) for code in sorted(decided_on)}
