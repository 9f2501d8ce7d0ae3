"""The page of a rule, made from what the rule says of itself and from the examples that prove it.

`corpuslint rule CODE` prints it and `docs/rules/CODE.md` holds it; there is one text, and it cannot be out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from corpuslint.languages import LANGUAGES
from corpuslint.model.levels import Applicability
from corpuslint.model.rule import Example, RuleSpec
from corpuslint.text.patterns import compile_re
from corpuslint.text.visible import name_of, shown, unseen

_MOST_EXAMPLES = 8
_FENCE = compile_re(r"`{3,}")


def page(spec: RuleSpec, fixes: Sequence[Applicability] = ()) -> str:
    """The page in Markdown; `fixes` says who may apply the rule's fixes, where that is known."""
    # A pack may be anybody's: what its author wrote reaches a terminal, and a terminal obeys escapes.
    lines = "\n".join(_lines(spec, fixes)).rstrip("\n").split("\n")
    return "\n".join(map(shown, lines)) + "\n"


def is_fixable(spec: RuleSpec) -> bool:
    """Whether the rule's own examples show a fix."""
    return any(example.fixed is not None or example.fields for example in spec.invalid)


def _lines(spec: RuleSpec, fixes: Sequence[Applicability]) -> Iterator[str]:
    yield f"# {spec.code} {spec.name}"
    yield ""
    yield f"{spec.summary.rstrip('.')}."
    yield ""
    yield from _facts(spec, fixes)
    yield from _section("What it finds", spec.docs.finds)
    yield from _section("Why it matters", spec.docs.why)
    if spec.code[:3] != "LNT":
        yield from _examples(spec)
    yield from _section("Fix safety", spec.docs.fix_safety)
    yield from _section("Options", spec.docs.options)
    if spec.docs.references:
        yield "## References"
        yield ""
        yield from (f"- {reference}" for reference in spec.docs.references)
        yield ""


def _facts(spec: RuleSpec, fixes: Sequence[Applicability]) -> Iterator[str]:
    languages = ", ".join(LANGUAGES[code].name if code in LANGUAGES else code for code in spec.languages) or "all"
    fix = " or ".join(fix.value for fix in fixes) or ("yes" if is_fixable(spec) else "no")
    on = "yes" if spec.default else "no"
    yield "| severity | looks at | languages | on by default | fix | version |"
    yield "|---|---|---|---|---|---|"
    yield f"| {spec.severity.value} | {_SCOPES[spec.scope.value]} | {languages} | {on} | {fix} | {spec.version} |"
    yield ""


_SCOPES = {"span": "places in a text", "document": "whole documents", "corpus": "the corpus"}


def _section(title: str, text: str) -> Iterator[str]:
    if text:
        yield f"## {title}"
        yield ""
        yield text.strip()
        yield ""


def _examples(spec: RuleSpec) -> Iterator[str]:
    yield "## Examples"
    yield ""
    yield "Reported:"
    yield ""
    for example in spec.invalid[:_MOST_EXAMPLES]:
        yield from _example(example)
        if example.fixed is not None:
            yield "mended to" if example.fixed.strip() else "which is taken out."
            yield ""
            if example.fixed.strip():
                yield from _block(example.fixed)
        if example.fields:
            yield f"with the metadata {_metadata(example.fields)}"
            yield ""
    yield "Left alone:"
    yield ""
    for example in spec.valid[:_MOST_EXAMPLES]:
        yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    if example.metadata:
        yield f"declared: {_metadata(example.metadata)}"
        yield ""
    yield from _block(example.text)
    if example.why:
        yield f"{example.why[0].upper()}{example.why[1:].rstrip('.')}."
        yield ""


def _block(text: str) -> Iterator[str]:
    """A text as a code block, and the names of what nobody sees in it."""
    longest = max((len(fence) for fence in _FENCE.findall(text)), default=2)
    fence = "`" * (longest + 1)
    yield f"{fence}text"
    yield from (shown(line) for line in _split(text))
    yield fence
    yield ""
    if hidden := unseen(text):
        yield f"Unseen in it: {', '.join(name_of(character) for character in hidden)}."
        yield ""


def _split(text: str) -> list[str]:
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def _metadata(values: Mapping[str, Any]) -> str:
    return ", ".join(f"`{key}` = {_value(value)}" for key, value in values.items())


def _value(value: object) -> str:
    return ", ".join(shown(str(item)) for item in value) if isinstance(value, tuple | list) else shown(str(value))


def mark_of(spec: RuleSpec, fixes: Sequence[Applicability]) -> str:
    """What marks a rule in a list: `[*]` has a safe fix, `[u]` an unsafe one, `[-]` one that is only shown."""
    if fixes:
        return {Applicability.SAFE: "[*]", Applicability.UNSAFE: "[u]", Applicability.DISPLAY: "[-]"}[fixes[0]]
    return "[u]" if is_fixable(spec) else ""


def index(specs: Iterable[RuleSpec], fixes: Mapping[str, Sequence[Applicability]]) -> str:
    """The table of every rule, by family, with a link to its page."""
    legend = "`[*]`: has a safe fix, `[u]`: an unsafe one, `[-]`: one that is only shown."
    lines = ["# Rules", "", f"`corpuslint rule CODE` prints the same pages. {legend}", ""]
    family = ""
    for spec in sorted(specs, key=lambda spec: spec.code):
        if spec.code[:3] != family:
            family = spec.code[:3]
            lines += ["", f"## {family}: {FAMILIES.get(family, 'rules of your own')}", ""]
            lines += ["| code | name | severity | | finds |", "|---|---|---|---|---|"]
        mark = mark_of(spec, fixes.get(spec.code, ()))
        lines.append(
            f"| [{spec.code}]({spec.code}.md) | {spec.name} | {spec.severity.value} | {mark} | {_cell(spec.summary)} |"
        )
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return shown(text).replace("|", "\\|")


FAMILIES = {
    "ENC": "bytes and encoding",
    "LET": "letters",
    "PUN": "punctuation and digits",
    "SPC": "white space and invisible characters",
    "ART": "scraper artefacts",
    "MIX": "mixed stories",
    "DAT": "dates",
    "SRC": "sources",
    "MET": "metadata",
    "LNG": "language",
    "DUP": "duplicates",
    "QLT": "quality",
    "PII": "personal data",
    "LNT": "the run itself",
}
"""What each family judges, in a few words."""
