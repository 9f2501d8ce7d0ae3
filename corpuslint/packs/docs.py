"""The page of a rule, made from what the rule says of itself and from the examples that prove it.

`corpuslint rule CODE` prints it and `docs/rules/CODE.md` holds it; there is one text, and it cannot be out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpuslint.languages import LANGUAGES
from corpuslint.model.levels import Applicability
from corpuslint.model.rule import RuleSpec
from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import WHOLE, line_spans
from corpuslint.text.templates import template
from corpuslint.text.visible import name_of, shown, unseen

_MOST_EXAMPLES = 8
_FENCE = compile_re(r"`{3,}")


def page(spec: RuleSpec, fixes: Sequence[Applicability] = ()) -> str:
    """The page in Markdown; `fixes` says who may apply the rule's fixes, where that is known."""
    languages = ", ".join(LANGUAGES[code].name if code in LANGUAGES else code for code in spec.languages)
    has_examples = spec.code[:3] != "LNT"
    written = template("packs/data/rule.md", block=_block, metadata=_metadata).render(
        spec=spec,
        looks_at=_SCOPES[spec.scope.value],
        languages=languages or "all",
        fix=" or ".join(fix.value for fix in fixes) or ("yes" if is_fixable(spec) else "no"),
        invalid=spec.invalid[:_MOST_EXAMPLES] if has_examples else (),
        valid=spec.valid[:_MOST_EXAMPLES],
    )
    # A pack may be anybody's: what its author wrote reaches a terminal, and a terminal obeys escapes.
    return "\n".join(map(shown, written.rstrip("\n").split("\n"))) + "\n"


def is_fixable(spec: RuleSpec) -> bool:
    """Whether the rule's own examples show a fix."""
    return any(example.fixed is not None or example.fields for example in spec.invalid)


_SCOPES = {"span": "places in a text", "document": "whole documents", "corpus": "the corpus"}


def _block(text: str) -> str:
    """A text as a code block, and the names of what nobody sees in it."""
    fence = "`" * (max((len(fence) for fence in _FENCE.findall(text)), default=2) + 1)
    block = "\n".join((f"{fence}text", *(shown(line.of(text)) for line in line_spans(text) or [WHOLE]), fence, ""))
    if hidden := unseen(text):
        block += f"\nUnseen in it: {', '.join(name_of(character) for character in hidden)}.\n"
    return block


def _metadata(values: Mapping[str, Any]) -> str:
    texts = {key: value if isinstance(value, tuple | list) else (value,) for key, value in values.items()}
    return ", ".join(f"`{key}` = {', '.join(shown(str(one)) for one in every)}" for key, every in texts.items())


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
        mark, summary = mark_of(spec, fixes.get(spec.code, ())), shown(spec.summary).replace("|", "\\|")
        lines.append(f"| [{spec.code}]({spec.code}.md) | {spec.name} | {spec.severity.value} | {mark} | {summary} |")
    return "\n".join(lines) + "\n"


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
