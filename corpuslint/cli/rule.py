"""`corpuslint rule CODE`: the page of one rule."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from corpuslint.cli.options import Settled, configured

if TYPE_CHECKING:
    from corpuslint.config.settings import Settings
    from corpuslint.model.rule import RuleSpec


@click.command()
@click.argument("rules", nargs=-1, required=True, metavar="RULE...", help="Codes or names, former ones too.")
@click.option("--output-format", metavar="FORMAT", default="text", help="One of text, json.")
@configured()
def rule(settled: Settled, rules: tuple[str, ...], output_format: str) -> None:
    """Print the pages, the ones that the docs hold."""
    from corpuslint.cli.rules import as_json, fixes_by_code
    from corpuslint.engine.decisions import precision_by_rule
    from corpuslint.engine.rules import known_specs
    from corpuslint.errors import ConfigError
    from corpuslint.packs.docs import page
    from corpuslint.packs.life import current_code
    from corpuslint.packs.selection import ALL, matching
    from corpuslint.pipeline.verdicts import decisions_in

    settings = settled()
    specs: dict[str, RuleSpec] = {spec.code: spec for spec in known_specs(settings)}
    wanted: list[RuleSpec] = []
    for word in rules:
        if current_code(word) != word:
            print(f"{word} is now {current_code(word)}", file=sys.stderr)
        found = matching((word,), specs.values())
        if len(found) > 1 and word != ALL and current_code(word) not in specs:
            raise ConfigError(
                f"'{word}' stands for {len(found)} rules",
                remedy=f"`corpuslint rules {word}` lists them; name one of {', '.join(sorted(found)[:5])}",
            )
        wanted += [specs[code] for code in sorted(found)]
    fixes = fixes_by_code(settings)
    if output_format == "json":
        sys.stdout.write(as_json(wanted, fixes))
        return
    written = tables(settings, {spec.code for spec in wanted})
    sys.stdout.write("\n".join(page(spec, fixes.get(spec.code, ())) + written.get(spec.code, "") for spec in wanted))
    for code, (right, judged) in precision_by_rule(decisions_in(settings)).items():
        if any(spec.code == code for spec in wanted):
            sys.stdout.write(f"\nReviewed here: {right} of {judged} findings of {code} were right.\n")


def tables(settings: Settings, codes: Collection[str]) -> dict[str, str]:
    """The tables of those rules that are written as data, as a part of their pages."""
    from corpuslint.engine.rules import packs
    from corpuslint.text.visible import shown

    found: dict[str, str] = {}
    for pack in packs(settings):
        for rule in pack.rules:
            if rule.spec.code in codes and (text := getattr(rule, "written", "")):
                lines = (shown(line) for line in text.split("\n"))
                found[rule.spec.code] = "\n".join(("", "## As data", "", "```toml", *lines, "```", ""))
    return found
