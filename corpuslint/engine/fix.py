"""Mending one document: choose fixes, make their edits, look again, until nothing is left to do.

Pure. Each round applies fixes that do not meet; the others wait for the next look at the text. Every edit is recorded,
so that `replay(original, applied)` is the result and `undo(result, applied)` is the original, always.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Generator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from msgspec import structs

from corpuslint.engine.check import check_anatomies
from corpuslint.engine.lnt import FIX_DID_NOT_CONVERGE, FIX_OUTSIDE_BUDGET
from corpuslint.engine.ruleset import RuleSet
from corpuslint.facts.anatomy import Anatomy
from corpuslint.facts.stated import stated
from corpuslint.model.diagnostic import Diagnostic, Edit, FieldChange, Fix
from corpuslint.model.document import Document, MetadataValue
from corpuslint.model.ledger import AppliedEdit, Rewrite, SplitStory, replay
from corpuslint.model.levels import Applicability
from corpuslint.model.rule import EditBudget, RuleSpec
from corpuslint.text.positions import WHOLE, Span
from corpuslint.text.visible import flat
from corpuslint.text.wording import keeps_words

ROUNDS = 10


class FixResult(Rewrite, frozen=True, kw_only=True):
    """A document before and after.

    `applied` leads from `original` to `text`; `stories` is what was split off, `remaining` the findings on the result.
    `skipped` counts fixes that were refused; `mended` are the codes of the findings whose fix was made, which may have
    taken several edits.
    """

    original: str
    stories: tuple[SplitStory, ...] = ()
    remaining: tuple[Diagnostic, ...]
    found: tuple[Diagnostic, ...]
    rounds: int
    skipped: int = 0
    mended: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything at all is different."""
        return bool(self.applied or self.lifted or self.stories or self.encoding)


Heed = Callable[[Document, str, Sequence[Diagnostic]], Sequence[Diagnostic]]
"""Of the findings in a document, those that may be mended; a person may have called one none."""


def _heed_nobody(document: Document, text: str, found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    return found


def fix_document(
    document: Document,
    rules: RuleSet,
    least: Applicability,
    heed: Heed = _heed_nobody,
    found: tuple[Diagnostic, ...] | None = None,
) -> FixResult:
    """`document` with every fix made whose applicability is at least `least`; `found` is what is known to be in it.

    Where fixes undo each other, the original text is returned with a finding that says so.
    """
    return fix_documents((document,), rules, least, heed, None if found is None else [found])[0][0]


def fix_documents(
    documents: Sequence[Document],
    rules: RuleSet,
    least: Applicability,
    heed: Heed = _heed_nobody,
    found: list[tuple[Diagnostic, ...]] | None = None,
) -> list[tuple[FixResult, Anatomy]]:
    """What `fix_document` makes of each of some documents, which are looked at together, round by round, with what is
    known of the text that was looked at last."""
    fixing = [_rounds(document, rules.specs, least, heed) for document in documents]
    results: dict[int, tuple[FixResult, Anatomy]] = {}
    waiting = {number: next(rounds) for number, rounds in enumerate(fixing)}
    while waiting:
        anatomies = [Anatomy(now) for now in waiting.values()]
        looked = check_anatomies(anatomies, rules) if found is None else found
        answers, found = zip([*waiting], anatomies, looked, strict=True), None
        for number, anatomy, answer in answers:
            try:
                waiting[number] = fixing[number].send(answer)
            except StopIteration as ended:
                del waiting[number]
                results[number] = ended.value, anatomy
    return [results[number] for number in range(len(documents))]


def _rounds(
    document: Document, specs: Mapping[str, RuleSpec], least: Applicability, heed: Heed
) -> Generator[Document, tuple[Diagnostic, ...], FixResult]:
    """Fix a document, round by round: each round asks for the findings in what the document is by then."""
    found = remaining = yield document
    text, applied, stories = document.text, list[AppliedEdit](), list[SplitStory]()
    lifted: dict[str, MetadataValue] = {}
    refused: dict[tuple[str, str], Diagnostic] = {}
    seen = {text}
    rounds, encoding = 0, ""
    mended: list[str] = []
    spared: frozenset[_Place] = frozenset()
    while True:
        lawful, over_budget = _keeping_words(text, remaining)
        left = heed(document, text, lawful)
        if spared or left is not lawful:
            left = [finding for finding in left if _place(finding) not in spared]
            spared |= {_place(finding) for finding in lawful} - {_place(finding) for finding in left}
        chosen, too_much = _choose(text, left, specs, least)
        for finding in (*over_budget, *too_much):
            refused.setdefault((finding.code, finding.message), finding)
        if not chosen:
            break
        rounds += 1
        new_text, edits = _apply(text, chosen, specs)
        if rounds > ROUNDS or (new_text != text and new_text in seen):
            rules_named = ", ".join(sorted({finding.code for finding, _ in chosen}))
            trouble = FIX_DID_NOT_CONVERGE.report(document, rules=rules_named)
            left_over, original = (*found, trouble), document.text
            return FixResult(original, original=original, remaining=left_over, found=found, rounds=rounds)
        seen.add(new_text)
        stories += _split_stories(text, document.text, applied, chosen)
        applied += edits
        mended += [finding.code for finding, _ in chosen]
        spared = _moved(spared, edits)
        _lift(lifted, document, [change for _, fix in chosen for change in fix.fields])
        encoding = next((fix.encoding for _, fix in chosen if fix.encoding), encoding)
        text = new_text
        metadata = {**document.metadata, **lifted} if lifted else document.metadata
        origin = structs.replace(document.origin, encoding=encoding) if encoding else document.origin
        remaining = yield Document(document.id, text, metadata, origin)
    return FixResult(
        original=document.text,
        text=text,
        applied=tuple(applied),
        lifted=lifted,
        stories=tuple(stories),
        remaining=(*remaining, *refused.values()) if refused else remaining,
        found=found,
        rounds=rounds,
        skipped=len(refused),
        encoding=encoding,
        mended=tuple(mended),
    )


_Place = tuple[str, Span]


def _place(finding: Diagnostic) -> _Place:
    return finding.code, finding.span


def _moved(places: frozenset[_Place], edits: Sequence[AppliedEdit]) -> frozenset[_Place]:
    """Where places are after edits. What a person called no finding is told by the text around it, and edits change
    that text: from one look to the next it is followed by its place instead."""
    if not places:
        return places
    ordered = edits[::-1]  # from the first place to the last, in the text before them
    ends = [edit.start + len(edit.before) for edit in ordered]
    shifts = [0, *accumulate(len(edit.after) - len(edit.before) for edit in ordered)]
    moved = set()
    for code, (start, end) in places:
        passed = bisect_right(ends, start)
        if passed == len(ordered) or ordered[passed].start >= end:  # else the text itself was changed
            moved.add((code, Span(start + shifts[passed], end + shifts[passed])))
    return frozenset(moved)


def _lift(lifted: dict[str, MetadataValue], document: Document, changes: Sequence[FieldChange]) -> None:
    """Record lifted fields; what is declared or was lifted first stays."""
    for change in changes:
        if not stated(document, change.name) and change.name not in lifted:
            lifted[change.name] = change.values or change.value


def _choose(
    text: str, findings: Sequence[Diagnostic], specs: Mapping[str, RuleSpec], least: Applicability
) -> tuple[list[tuple[Diagnostic, Fix]], list[Diagnostic]]:
    """The fixes to make in this round, in the order of the text, and findings about those refused for good."""
    enough = _at_least(least)
    candidates = [
        (*_place_of(fix), finding.code, number, finding, fix)
        for number, finding in enumerate(findings)
        if (fix := finding.fix) is not None
        and fix.applicability in enough
        and finding.field == "text"
        and _changes(text, fix)
    ]
    if not candidates:
        return [], []
    present = {code for _, _, code, *_ in candidates}
    waiting = {later for code in present for later in (specs[code].before if code in specs else ()) if later != code}
    chosen: list[tuple[Diagnostic, Fix]] = []
    refused: list[Diagnostic] = []
    taken: list[Edit] = []
    reach = -1  # where the last of them ends
    removed: dict[str, int] = {}
    for _, _, code, _, finding, fix in sorted(candidates):
        if waiting and any(code.startswith(prefix) for prefix in waiting):
            continue
        removes = removed.get(code, 0)
        for (start, end), content in fix.edits:
            removes += end - start - len(content)
        if complaint := _complaint(text, specs[code].budget, fix, removes) if code in specs else "":
            refused.append(_refusal(finding, complaint))
            continue
        if len(fix.edits) == 1 and fix.edits[0].span.start > reach:
            taken.append(fix.edits[0])
            reach = fix.edits[0].span.end
        elif any(_meet(edit, other) for edit in fix.edits for other in _neighbours(edit, taken)):
            continue
        else:
            for edit in fix.edits:
                insort(taken, edit)
                reach = max(reach, edit.span.end)
        removed[code] = removes
        chosen.append((finding, fix))
    return chosen, refused


def _keeping_words(text: str, findings: Sequence[Diagnostic]) -> tuple[Sequence[Diagnostic], Sequence[Diagnostic]]:
    """The findings without those whose fix is called safe and takes a word, and findings about these.

    The law that no rule and no pack can change. What a reviewer writes in place of a fix is a person's word, and is
    looked at after this.
    """
    broken: dict[int, Diagnostic] = {}
    for number, finding in enumerate(findings):
        fix = finding.fix
        if fix is not None and fix.applicability is Applicability.SAFE and finding.field == "text":
            for span, content in fix.edits:
                if not keeps_words(text, span, content):
                    reason = f"it is called safe and takes a word out of the text: {flat(span.of(text))}"
                    broken[number] = _refusal(finding, reason)
                    break
    if not broken:
        return findings, ()
    return [finding for number, finding in enumerate(findings) if number not in broken], tuple(broken.values())


def _refusal(finding: Diagnostic, reason: str) -> Diagnostic:
    message = FIX_OUTSIDE_BUDGET.message.format(rule=finding.code, reason=reason)
    return FIX_OUTSIDE_BUDGET.report(finding.document, message=message)


@cache
def _at_least(least: Applicability) -> tuple[Applicability, ...]:
    return tuple(applicability for applicability in Applicability if applicability >= least)


def _changes(text: str, fix: Fix) -> bool:
    """Whether a fix makes the text another, or how it is encoded."""
    for (start, end), content in fix.edits:
        if text[start:end] != content:
            return True
    return bool(fix.encoding)


def _place_of(fix: Fix) -> Span:
    """From the first to the last of what a fix changes."""
    if len(fix.edits) == 1:
        return fix.edits[0].span
    return Span(min(e.span.start for e in fix.edits), max(e.span.end for e in fix.edits)) if fix.edits else WHOLE


def _meet(left: Edit, right: Edit) -> bool:
    """Whether two edits overlap or touch; two deletions that only touch do not disturb each other."""
    if not left.content and not right.content:
        return left.span.start < right.span.end and right.span.start < left.span.end
    return left.span.start <= right.span.end and right.span.start <= left.span.end


def _neighbours(edit: Edit, taken: Sequence[Edit]) -> Sequence[Edit]:
    """The edits of `taken`, which is sorted and has none overlapping another, that could meet `edit`."""
    at = bisect_left(taken, edit)
    last = bisect_right(taken, edit.span.end, lo=at, key=lambda other: other.span.start)
    return taken[max(0, at - 2) : last]


def _complaint(text: str, budget: EditBudget, fix: Fix, removes: int) -> str:
    """Why `fix` goes beyond what its rule declares, or ""; `removes` is what the rule then takes out in this round."""
    for span, content in fix.edits if budget.characters else ():
        before = text[span.start : span.end]
        look = _strangers_again if len(before) + len(content) <= _SHORT else _strangers
        if strangers := look(before, content, budget.characters):
            named = ", ".join(f"U+{ord(character):04X}" for character in strangers)
            return f"it changes {named}, which the rule's budget does not name"
    if budget.whole_lines and any(edit.content.strip() or not _is_whole_lines(text, edit.span) for edit in fix.edits):
        return "it changes part of a line, and the rule's budget is whole lines"
    if budget.share < 1.0 and removes > budget.share * len(text):
        return f"it removes more than {budget.share:.0%} of the text"
    return ""


_BREAKS = "\r\n"


def _is_whole_lines(text: str, span: Span) -> bool:
    """Whether nothing but white space stands beside the place in the lines that it touches."""
    start, end = span
    while start < end and text[start] in _BREAKS:
        start += 1
    while start < end and text[end - 1] in _BREAKS:
        end -= 1
    if start == end:
        return True
    while start and text[start - 1].isspace() and text[start - 1] not in _BREAKS:
        start -= 1
    while end < len(text) and text[end].isspace() and text[end] not in _BREAKS:
        end += 1
    return (start == 0 or text[start - 1] in _BREAKS) and (end == len(text) or text[end] in _BREAKS)


def _strangers(before: str, after: str, allowed: str) -> tuple[str, ...]:
    """The first characters of those that differ between two strings and are not in `allowed`."""
    return tuple(sorted(set(_difference(before, after)) - set(allowed))[:3])


_strangers_again = lru_cache(maxsize=1 << 12)(_strangers)
_SHORT = 100
"""A longer edit is hardly made twice."""


def _difference(before: str, after: str) -> str:
    """The characters that differ between two strings: all but their common beginning and end."""
    if len(before) == len(after):
        return "".join(left + right for left, right in zip(before, after, strict=True) if left != right)
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return before[start : len(before) - end] + after[start : len(after) - end]


def _apply(
    text: str, chosen: Sequence[tuple[Diagnostic, Fix]], specs: Mapping[str, RuleSpec]
) -> tuple[str, list[AppliedEdit]]:
    """The text after the chosen fixes, and their edits from the last place to the first, so that offsets hold."""
    flat = [
        (edit, finding.code, fix.fields if number == 0 else ())
        for finding, fix in chosen
        for number, edit in enumerate(sorted(fix.edits))
    ]
    flat.sort(reverse=True)
    applied: list[AppliedEdit] = []
    parts: list[str] = []
    at = len(text)
    for ((start, end), content), code, fields in flat:
        before = text[start:end]
        if before != content:
            applied.append(
                AppliedEdit(code, specs[code].version if code in specs else 1, start, before, content, fields)
            )
        parts += (text[end:at], content)
        at = start
    parts.append(text[:at])
    return "".join(reversed(parts)), applied


def _split_stories(
    text: str, original: str, applied: Sequence[AppliedEdit], chosen: Sequence[tuple[Diagnostic, Fix]]
) -> list[SplitStory]:
    """The stories that leave the text in this round, each with the edits that lead to it from the original."""
    stories = []
    for finding, fix in chosen:
        for split in fix.splits:
            start, end = split.story
            cut = []
            if end < len(text):
                cut.append(AppliedEdit(finding.code, 1, end, text[end:], ""))
            if start > 0:
                cut.append(AppliedEdit(finding.code, 1, 0, text[:start], ""))
            edits = (*applied, *cut)
            story = text[start:end]
            if replay(original, edits) != story:
                raise AssertionError("a split story does not follow from its document")
            stories.append(SplitStory(story, Span(start, end), edits, finding.code, finding.confidence, split.teaser))
    return stories
