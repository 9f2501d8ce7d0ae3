"""Commands about rules: the list, the page of one, a pack learned from an outlet."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from corpuslint.cli.exits import CLEAN, FINDINGS, refuse_unreadable
from corpuslint.cli.options import FILE, Settled, configured, flag, one_of, paths
from corpuslint.cli.progress import telling

if TYPE_CHECKING:
    from corpuslint.config.settings import Settings
    from corpuslint.model.levels import Applicability
    from corpuslint.model.rule import RuleSpec


@click.command()
@click.argument("selectors", nargs=-1, metavar="[SELECTOR]...", help="Codes, prefixes or names; all without any.")
@one_of("--output-format", "FORMAT", ("text", "json", "markdown"))
@click.option("--output-dir", metavar="FOLDER", type=FILE, help="Write the page of each rule there instead.")
@flag("--check", "Run the examples of your own rules, or of packs and rules named; 1 where one fails.")
@configured()
@click.pass_context
def rules(
    context: click.Context,
    settled: Settled,
    selectors: tuple[str, ...],
    output_format: str,
    output_dir: Path | None,
    check: bool,
) -> None:
    """Print the list; with `json` every part of each rule's page."""
    from corpuslint.engine.rules import known_specs
    from corpuslint.packs.docs import index, mark_of
    from corpuslint.packs.selection import matching
    from corpuslint.reporting.terminal import Terminal
    from corpuslint.text.visible import shown

    settings = settled()
    if check:
        context.exit(prove(settings, selectors))
    specs = known_specs(settings)
    codes = matching(selectors, specs) if selectors else {spec.code for spec in specs}
    listed = [spec for spec in specs if spec.code in codes]
    fixes = fixes_by_code(settings)
    if output_dir is not None:
        write_pages(listed, fixes, output_dir)
        return
    if output_format == "json":
        sys.stdout.write(as_json(listed, fixes))
        return
    if output_format == "markdown":
        sys.stdout.write(index(listed, fixes))
        return
    terminal = Terminal.of(sys.stdout, os.environ)
    width = max(len(spec.name) for spec in listed)
    for spec in listed:
        mark = f"{mark_of(spec, fixes.get(spec.code, ())):3}"
        code = terminal.severity(spec.severity, spec.code)
        name = f"{spec.name:<{width}}"
        print(f"{code} {mark} {spec.severity.value:<7} {terminal.paint(name, 'bold')}  {shown(spec.summary)}")


@click.command()
@click.argument("rules", nargs=-1, required=True, metavar="RULE...", help="Codes or names.")
@one_of("--output-format", "FORMAT", ("text", "json"))
@configured()
def rule(settled: Settled, rules: tuple[str, ...], output_format: str) -> None:
    """Print the pages, the ones that the docs hold."""
    from corpuslint.engine.decisions import precision_by_rule
    from corpuslint.engine.rules import known_specs
    from corpuslint.errors import ConfigError
    from corpuslint.packs.docs import page
    from corpuslint.packs.selection import ALL, matching
    from corpuslint.pipeline.verdicts import decisions_in

    settings = settled()
    specs: dict[str, RuleSpec] = {spec.code: spec for spec in known_specs(settings)}
    wanted: list[RuleSpec] = []
    for word in rules:
        found = matching((word,), specs.values())
        if len(found) > 1 and word != ALL and word not in specs:
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


@click.command()
@paths()
@click.option("--output", "-o", metavar="DIR", type=FILE, default="rules/learned", help="The pack's folder.")
@configured()
def mine(settled: Settled, paths: tuple[str, ...], output: Path) -> None:
    """Write the pack and say how to use it."""
    from corpuslint.pipeline.mining import mine as write_pack

    with telling("reading"):
        count, unreadable = write_pack(paths or (".",), settled(), output)
    said = f"wrote {count} rules to {output.as_posix()}: read them, then add the folder to `packs`"
    print(
        said if count else "nothing was learned: no outlet has enough documents with a piece in common", file=sys.stderr
    )
    refuse_unreadable(unreadable, "what was learned")


def prove(settings: Settings, named: Collection[str]) -> int:
    """Run the examples of the packs and rules `named`, without names of the user's own packs, or else of all; the
    status.
    """
    from corpuslint.engine.rules import packs
    from corpuslint.packs.selection import matching
    from corpuslint.pipeline.proofs import proof_of
    from corpuslint.reporting.summary import counted
    from corpuslint.testing import complaints_about
    from corpuslint.text.visible import shown

    every = packs(settings)
    by_name = {name: pack for pack in every for name in (pack.name, str(pack.folder))}
    known = [rule.spec for pack in every for rule in pack.all_rules]
    own = [pack for pack in every if pack.folder in settings.packs] or every
    codes: set[str] = {rule.spec.code for pack in own for rule in pack.all_rules if not named}
    for word in named:
        pack = by_name.get(word)
        codes |= {rule.spec.code for rule in pack.all_rules} if pack else matching((word,), known)
    proven: set[str] = set()
    complaints: list[str] = []
    for pack in every:
        wanted = {rule.spec.code for rule in pack.all_rules} & codes
        if wanted and pack.folder in settings.packs:
            proof = proof_of(pack.folder)
            proven.update(wanted.intersection(proof.rules))
            complaints += (said for said in proof.complaints if said[:6] in codes or said.startswith("the pack"))
        else:
            for rule in (rule for rule in pack.all_rules if rule.spec.code in wanted):
                complaints += complaints_about(rule)
                proven.add(rule.spec.code)
    for complaint in complaints:
        print(shown(complaint))
    failed = {complaint[:6] for complaint in complaints}
    wrong = f", of {len(failed)} not" if failed else ""
    print(f"the examples of {counted(len(proven - failed), 'rule')} hold{wrong}", file=sys.stderr)
    return FINDINGS if failed else CLEAN


def fixes_by_code(settings: Settings) -> dict[str, tuple[Applicability, ...]]:
    """Who may apply the fixes of each rule: seen from its examples, and kept between runs for the shipped rules."""
    from corpuslint.engine.rules import packs
    from corpuslint.model.levels import Applicability
    from corpuslint.resources import rules_folder, shipped_table
    from corpuslint.testing import fixes_of

    rules = [(pack.folder.parent == rules_folder(), rule) for pack in packs(settings) for rule in pack.all_rules]

    def seen() -> dict[str, list[str]]:
        return {str(rule.spec.code): [fix.value for fix in fixes_of(rule)] for shipped, rule in rules if shipped}

    found = {code: tuple(map(Applicability, words)) for code, words in shipped_table("fixes", seen).items()}
    return found | {str(rule.spec.code): fixes_of(rule) for shipped, rule in rules if not shipped}


def write_pages(specs: Sequence[RuleSpec], fixes: Mapping[str, Sequence[Applicability]], folder: Path) -> None:
    """`CODE.md` for every rule, and `README.md` that lists them; pages of rules that are gone are taken away."""
    from corpuslint.formats.atomic import replace_file
    from corpuslint.packs.docs import index, page

    folder.mkdir(parents=True, exist_ok=True)
    pages = {f"{spec.code}.md": page(spec, fixes.get(spec.code, ())) for spec in specs}
    pages["README.md"] = index(specs, fixes)
    for gone in folder.glob("[A-Z][A-Z][A-Z][0-9][0-9][0-9].md"):
        if gone.name not in pages:
            gone.unlink()
    for name, content in pages.items():
        replace_file(folder / name, content.encode())


def as_json(specs: Sequence[RuleSpec], fixes: Mapping[str, Sequence[Applicability]]) -> str:
    """Every part of each rule's page, for programs."""
    from corpuslint.packs.docs import is_fixable, page
    from corpuslint.reporting.json import JsonValue, dumped
    from corpuslint.reporting.report import rule_url

    described: list[JsonValue] = []
    for spec in specs:
        plain: dict[str, JsonValue] = msgspec.to_builtins(spec)
        row = {key: plain[key] for key in ("code", "name", "summary", "severity", "scope", "languages", "default")}
        row |= {"fixable": is_fixable(spec), "fixes": [fix.value for fix in fixes.get(spec.code, ())]}
        docs: dict[str, JsonValue] = msgspec.to_builtins(spec.docs)
        row |= {"version": spec.version, **{key.replace("-", "_"): part for key, part in docs.items()}}
        row |= {"url": rule_url(spec.code), "page": page(spec, fixes.get(spec.code, ()))}
        described.append(row)
    return dumped(described, indent=True) + "\n"
