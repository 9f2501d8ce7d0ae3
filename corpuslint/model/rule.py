"""What a rule says of itself, and the two protocols a rule can satisfy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NewType, Protocol, TypeGuard, runtime_checkable

import msgspec

from corpuslint.model.diagnostic import Diagnostic, EvidenceValue, Fix, Related
from corpuslint.model.document import Document, DocumentId, MetadataValue
from corpuslint.model.levels import MIN_CONFIDENCE, Applicability, Scope, Severity
from corpuslint.text.positions import WHOLE, Span

RuleCode = NewType("RuleCode", str)

AS_READ = 0.98
"""How often removals were right that were read in context (`benchmarks/artefacts.md`): the bound of rules that say no
less."""


class Triggers(msgspec.Struct, frozen=True):
    """What a document must hold for the rule to be able to fire; any one of them is enough.

    `literals` are whole words, with their letters folded (kaf, yeh, heh, alef seats, capitals), so one spelling stands
    for its variants; `patterns` are regular expressions in the syntax Hyperscan and Python's `re` share, matched on the
    text as it is (`^` and `$` are line ends); `lines` are kinds of lines, as bits of `Anatomy.openers`, which the
    document may hold. All empty means "run on every document", which only a cheap rule may say.
    A trigger may wake the rule in vain; it must never let the rule sleep when it would report.
    """

    literals: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    lines: int = 0

    @property
    def always(self) -> bool:
        """Whether the rule runs on every document."""
        return not (self.literals or self.patterns or self.lines)


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text and what the rule must make of it: the test, and the example in the documentation.

    `invalid` examples must be reported; `spans` (where given) are exactly the texts reported, in order, `fixed` is
    the text after all of this rule's fixes (unsafe ones too), `fields` the metadata they lift, `story` the start of
    each split story. `valid` examples must not be reported; `why` says what makes them right. `encoding` is what the
    file was read in.
    """

    text: str
    metadata: Mapping[str, MetadataValue] = {}
    fixed: str | None = None
    spans: tuple[str, ...] = ()
    fields: Mapping[str, MetadataValue] = {}
    why: str = ""
    encoding: str = "utf-8"


class Docs(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The parts of a rule's page beside its examples."""

    finds: str
    why: str
    fix_safety: str = ""
    options: str = ""
    references: tuple[str, ...] = ()


class EditBudget(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What a rule's fixes may do; the engine refuses and reports a fix outside it.

    `characters`: every character that an edit removes or inserts belongs to this set ("" = any).
    `whole_lines`: edits may only remove whole lines (white space around them included).
    `share`: the largest share of the document's code points that one run of the rule may remove (1.0 = no limit).
    """

    characters: str = ""
    whole_lines: bool = False
    share: float = 1.0


class RuleSpec(msgspec.Struct, frozen=True):
    """What a rule is: its code, its defect in words, what wakes it, and the proof that it works.

    `before` names rules, by code or prefix, that wait for this one: where it reports a place they say nothing of that
    place, and as long as it has a fix to make they make none. `yields` names rules in the same way whose errors and
    warnings make a finding of this one on the same place superfluous.
    """

    code: RuleCode
    name: str
    summary: str
    message: str
    severity: Severity
    docs: Docs
    invalid: tuple[Example, ...]
    valid: tuple[Example, ...]
    scope: Scope = Scope.SPAN
    languages: tuple[str, ...] = ()
    triggers: Triggers = Triggers()
    default: bool = True
    before: tuple[str, ...] = ()
    yields: tuple[str, ...] = ()
    budget: EditBudget = EditBudget()
    version: int = 1

    def report(
        self,
        document: Document | DocumentId,
        span: Span = WHOLE,
        *,
        fix: Fix | None = None,
        severity: Severity | None = None,
        language: str = "",
        evidence: Mapping[str, EvidenceValue] | None = None,
        related: tuple[Related, ...] = (),
        confidence: float = 1.0,
        message: str = "",
        field: str = "text",
        **named: object,
    ) -> Diagnostic:
        """A finding of this rule in `document`, or in the one of this id; `named` fills the braces of its message.

        `field` is the metadata key that `span` counts in, where that is not the text. A finding that would move or
        remove text is never surer than reading them has shown, and no error unless it is sure enough to be mended.
        """
        if fix is not None and fix.applicability is Applicability.UNSAFE:
            confidence = min(confidence, AS_READ)
            if severity is None and confidence < MIN_CONFIDENCE:
                severity = min(self.severity, Severity.WARNING)
        return Diagnostic(
            self.code,
            self.name,
            message or (self.message.format(**named) if named else self.message),
            severity or self.severity,
            document.id if isinstance(document, Document) else document,
            span,
            self.scope,
            field,
            language,
            fix,
            related,
            evidence or _NO_EVIDENCE,
            confidence,
        )


_NO_EVIDENCE: Mapping[str, EvidenceValue] = {}


@runtime_checkable
class Rule(Protocol):
    """A rule that judges one document, by its `Anatomy`. It holds no state of a run and prints nothing."""

    @property
    def spec(self) -> RuleSpec: ...

    def check(self, anatomy: Any) -> Iterable[Diagnostic]:
        """The findings in one document, in any order."""
        ...


@runtime_checkable
class CorpusRule(Protocol):
    """A rule that judges the corpus, by what it collected of it, which is plain data.

    Each part of the corpus is collected into a state of its own, which begins as `empty()`. `judge` is given the states
    of all parts, in any order, to go through as often as it likes: they lie on disk where they are many. "First" means
    the smallest id: the findings do not depend on the order or the sharding of the corpus.

    A rule may have two more attributes. `state` names what it collects: of rules that name the same, one collects for
    all, and each judges. `fewest` is the number of documents below which it has nothing to say.
    """

    @property
    def spec(self) -> RuleSpec: ...

    def empty(self) -> Any: ...

    def collect(self, state: Any, anatomy: Any) -> Any: ...

    def judge(self, states: Iterable[Any]) -> Iterable[Diagnostic]: ...


AnyRule = Rule | CorpusRule


def judges_documents(rule: object) -> TypeGuard[Rule]:
    """Whether this is a `Rule`; `isinstance` with a protocol takes twenty times as long, and every run asks of all."""
    return hasattr(rule, "spec") and callable(getattr(rule, "check", None))


def judges_corpus(rule: object) -> TypeGuard[CorpusRule]:
    """Whether this is a `CorpusRule`."""
    return hasattr(rule, "spec") and all(callable(getattr(rule, name, None)) for name in ("empty", "collect", "judge"))


def state_of(rule: CorpusRule) -> str:
    """The name of what a corpus rule collects: its own code, where it shares with no other."""
    return str(getattr(rule, "state", rule.spec.code))


def collectors(rules: Iterable[CorpusRule]) -> dict[str, CorpusRule]:
    """One rule for each state that `rules` collect."""
    chosen: dict[str, CorpusRule] = {}
    for rule in rules:
        chosen.setdefault(state_of(rule), rule)
    return chosen
