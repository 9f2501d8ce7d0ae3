"""What a shell may offer after an option: formats, rules, conditions. Asked only while somebody presses Tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from click import Context, Parameter


Offer = Callable[[str], Sequence[str] | Sequence[tuple[str, str]]]
"""Words that begin with what was typed, each perhaps with its meaning."""


def offering(offer: Offer) -> Callable[[Context, Parameter, str], list[Any]]:
    """What click asks for words that begin with what was typed; each may come with its meaning."""

    def complete(_context: Context, _parameter: Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        words = ((word, "") if isinstance(word, str) else word for word in offer(incomplete))
        return [CompletionItem(word, help=meaning or None) for word, meaning in words]

    return complete


def formats(incomplete: str) -> list[str]:
    """The output formats that begin so."""
    from corpuslint.reporting import FORMATS

    return [name for name in (*FORMATS, "html") if name.startswith(incomplete)]


def reports(incomplete: str) -> list[str]:
    """The formats of `--report FORMAT=FILE`, up to the sign."""
    return [f"{name}=" for name in formats(incomplete)]


def selectors(incomplete: str) -> list[tuple[str, str]]:
    """Rules and families, with what they find; after a comma, the next one."""
    from corpuslint.config.settings import Settings
    from corpuslint.engine.rules import known_specs
    from corpuslint.packs.docs import FAMILIES

    done, comma, word = incomplete.rpartition(",")
    specs = known_specs(Settings())
    offered = [
        *FAMILIES.items(),
        *((spec.code, spec.name) for spec in specs),
        *((spec.name, spec.code) for spec in specs),
    ]
    return [(f"{done}{comma}{name}", meaning) for name, meaning in offered if name.startswith(word)]


def conditions(incomplete: str) -> list[str]:
    """What `--fail-on` takes by itself."""
    return [word for word in ("error", "warning", "info", "never") if word.startswith(incomplete)]
