"""Sources: missing, named by nobody in particular, contradicting, without value, or left as a line in the text."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpuslint import (
    Anatomy,
    Applicability,
    DeclarativeRule,
    Diagnostic,
    DocumentId,
    Edit,
    FieldChange,
    Fix,
    RuleSpec,
    Span,
    outlets,
    sources,
    stated,
)

SourceRole = sources.SourceRole
Mention = sources.Mention
_DECLARES = ("source", "url", "author", "publisher", "outlet", "domain", "byline")
"""Metadata that names who published a text; `url` does so by its host."""
_NAMES = (
    SourceRole.LABEL,
    SourceRole.DESK,
    SourceRole.BYLINE,
    SourceRole.AUTHOR,
    SourceRole.SIGNATURE,
    SourceRole.DATELINE,
    SourceRole.INLINE,
)


def declares_source(anatomy: Anatomy) -> bool:
    """Whether the metadata name a source, if only as an agency before the place in `author`."""
    return any(map(anatomy.stated, _DECLARES)) or bool(stated.dateline_outlet(anatomy.document.declared("author")))


def missing_source(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Nothing names the source: no metadata, no line, no dateline, no disclaimer."""
    if declares_source(anatomy) or not anatomy.filled:
        return
    roles = {mention.role for mention in anatomy.sources}
    if roles.intersection(_NAMES) or SourceRole.CREDIT in roles or SourceRole.DISCLAIMER in roles:
        return
    if anatomy.document.declared("source_evidence"):
        return
    declared = anatomy.document.declared("source")
    names = f"no source: “{declared}”, which is declared, names nobody" if declared else ""
    yield rule.report(anatomy, message=names)


def credit_names_nobody(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A credit that names nobody is all there is."""
    if declares_source(anatomy):
        return
    roles = {mention.role for mention in anatomy.sources}
    if SourceRole.CREDIT not in roles or roles.intersection(_NAMES) or SourceRole.DISCLAIMER in roles:
        return
    credit = next(mention.name for mention in anatomy.sources if mention.role is SourceRole.CREDIT)
    yield rule.report(anatomy, credit=credit)


def source_only_in_disclaimer(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Only a disclaimer, a rights line or a permalink names the outlet."""
    if declares_source(anatomy):
        return
    kept = anatomy.document.declared("source_evidence")
    mentions = anatomy.sources
    if any(mention.role in _NAMES for mention in mentions):
        return
    named = [mention for mention in mentions if mention.role is SourceRole.DISCLAIMER]
    name = named[0].name if named else kept
    if not name:
        return
    yield rule.report(anatomy, name=name, evidence={"source": name})


Hosts = dict[str, tuple[int, str]]
"""By the outlet that an address names: how many documents without a source have it, and the first of them."""


class OnlyInAddress(NamedTuple):
    """Outlets that only the addresses of documents name."""

    spec: RuleSpec

    def empty(self) -> Hosts:
        """What no document shows."""
        return {}

    def collect(self, state: Hosts, anatomy: Anatomy) -> Hosts:
        """The state with one document more."""
        if anatomy.stated("source") or anatomy.document.declared("source_evidence") or not anatomy.stated("url"):
            return state
        name = outlets.outlet_of_address(anatomy.stated("url"))
        if not name or any(mention.role in _NAMES and mention.outlet for mention in anatomy.sources):
            return state
        count, first = state.get(name, (0, anatomy.document.id))
        state[name] = (count + 1, min(first, anatomy.document.id))
        return state

    def judge(self, states: Iterable[Hosts]) -> Iterator[Diagnostic]:
        """A finding an outlet."""
        found: Hosts = {}
        for state in states:
            for name, (more, earliest) in state.items():
                count, first = found.get(name, (0, earliest))
                found[name] = (count + more, min(first, earliest))
        for name, (count, first) in sorted(found.items()):
            message = self.spec.message.format(name=name) + (f" (in {count} documents)" if count > 1 else "")
            fix = Fix(
                "Note the outlet of the address", Applicability.DISPLAY, (), (FieldChange("source_evidence", name),)
            )
            yield self.spec.report(DocumentId(first), message=message, fix=fix, evidence={"source": name})


def _outlets_in_lines(anatomy: Anatomy) -> list[Mention]:
    """Outlets, not agencies, that lines of their own name as the source."""
    return [
        mention
        for mention in anatomy.sources
        if mention.role in (SourceRole.LABEL, SourceRole.DESK)
        and mention.owns_line
        and mention.outlet
        and not mention.agency
    ]


def contradicting_sources(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Two outlets claim one document."""
    mentions = _outlets_in_lines(anatomy)
    declared = anatomy.stated("source")
    known = outlets.known_outlet(declared) if declared else None
    first = known.name if known and not known.agency else mentions[0].outlet if mentions else ""
    shown = declared if known and not known.agency else mentions[0].name if mentions else ""
    for mention in mentions:
        if first and mention.outlet != first:
            yield rule.report(anatomy, mention.span, other=mention.name, first=shown)


def source_line_in_body(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A line that names the source stands in the text."""
    declared = anatomy.stated("source")
    lifted = ""
    for mention in anatomy.sources:
        if mention.role not in (SourceRole.LABEL, SourceRole.DESK, SourceRole.BYLINE, SourceRole.SIGNATURE):
            continue
        if mention.names_author:
            continue  # an author and a city: no outlet to lift
        if mention.span == mention.whole and not mention.owns_line:
            continue
        fix = _lift(anatomy, mention, declared or lifted)
        if fix is not None and not declared and not lifted:
            lifted = mention.name
        alone = mention.owns_line and len(anatomy.filled) == 1  # nothing would be left
        fix = None if alone else fix
        why = {"named in": mention.role.value} | ({"known outlet": mention.outlet} if mention.outlet else {})
        yield rule.report(anatomy, mention.whole, fix=fix, confidence=mention.sure, name=mention.name, evidence=why)


def _lift(anatomy: Anatomy, mention: Mention, source: str) -> Fix | None:
    """Take the line out and keep what it says; None where it contradicts what is known."""
    if mention.owns_line:
        edit = Edit(mention.line.full, "")
    else:
        start, text = mention.whole.start, anatomy.text
        while start > 0 and text[start - 1] in " \t\N{NO-BREAK SPACE}":
            start -= 1
        edit = Edit(Span(start, mention.whole.end), "")
        if mention.whole.end > mention.line.body.end:  # label and value on two lines
            end = mention.whole.end
            end += 2 if text[end : end + 2] == "\r\n" else text[end : end + 1] in ("\r", "\n")
            edit = Edit(Span(mention.line.span.start, end), "")
    fields: tuple[FieldChange, ...] = ()
    if not source:
        fields = (FieldChange("source", mention.name),)
    elif outlets.outlet_key(mention.name) != outlets.outlet_key(source):
        if not mention.agency or anatomy.document.declared("credit"):
            return None
        fields = (FieldChange("credit", mention.name),)
    if mention.credit and not anatomy.document.declared("credit"):
        fields += (FieldChange("credit", mention.credit),)
    if mention.author and mention.author != mention.name and not anatomy.document.declared("author"):
        fields += (FieldChange("author", mention.author),)
    return Fix("Lift the source out of the text", Applicability.UNSAFE, (edit,), fields)
