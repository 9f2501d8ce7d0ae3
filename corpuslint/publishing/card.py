"""The card of a version, `README.md`: YAML that `datasets` reads, and a data statement filled with what was measured.

What only a person can know is asked for in so many words, and never guessed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import yaml

from corpuslint.languages import LANGUAGES
from corpuslint.publishing.diff import VersionDiff
from corpuslint.publishing.folder import DatasetFolder
from corpuslint.publishing.manifest import Manifest
from corpuslint.publishing.parquet import Plain, columns_of
from corpuslint.text.templates import template

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
LETTERS = {
    "Arabic kaf": "\N{ARABIC LETTER KAF}",
    "keheh": "\N{ARABIC LETTER KEHEH}",
    "Arabic yeh": "\N{ARABIC LETTER YEH}",
    "Farsi yeh": "\N{ARABIC LETTER FARSI YEH}",
    "alef maksura": "\N{ARABIC LETTER ALEF MAKSURA}",
    "ZWNJ": "\N{ZERO WIDTH NON-JOINER}",
    "tatweel": "\N{ARABIC TATWEEL}",
}
"""The letters whose mix tells which keyboard, and which pipeline, a text went through."""


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a person states about a dataset; "" where nobody did."""

    title: str = ""
    description: str = ""
    homepage: str = ""
    license: str = ""
    license_link: str = ""
    source_licenses: Mapping[str, str] = field(default_factory=dict)
    collection: str = ""
    curation: str = ""
    personal_information: str = ""
    intended_use: str = ""
    limits: str = ""
    contact: str = ""
    citation: str = ""
    languages: tuple[str, ...] = ()


@dataclass(slots=True)
class Measures:
    """Counts over the rows of a version. Mutable while it is written; the order of rows makes no difference.

    `letters` counts words, characters and each of `LETTERS` by language; `left` findings by code.
    """

    languages: Counter[str] = field(default_factory=Counter)
    letters: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    sources: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    edits: Counter[str] = field(default_factory=Counter)
    edited_records: set[str] = field(default_factory=set)
    withheld: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    suppressed: Counter[str] = field(default_factory=Counter)
    stories: int = 0
    newest: str = ""

    def record(self, row: Plain) -> None:
        """Count one record."""
        text, published = row["text"], row["published"]
        self.languages[row["language"]] += 1
        counts = {name: text.count(letter) for name, letter in LETTERS.items()}
        self.letters[row["language"]].update(counts, characters=len(text), words=len(text.split()))
        self.unknown.update(column for column in ("title", "published", "source", "url") if row[column] is None)
        self.sources.update(filter(None, [row["source"]]))
        if published is not None and _DATE.match(published):
            self.months[published[:7]] += 1
            self.newest = max(self.newest, published[:10])
        self.stories += row["story_index"] > 0
        for found in row["findings"]:
            self.left[found["code"]] += found["count"]

    def edit(self, row: Plain) -> None:
        """Count one edit."""
        self.edits[row["code"]] += 1
        self.edited_records.add(row["id"])

    def quarantine(self, row: Plain) -> None:
        """Count one withheld story."""
        self.reasons[row["reason"]] += 1
        self.withheld.update(row["codes"])


def card(folder: DatasetFolder, measures: Measures, facts: CardFacts, diff: VersionDiff | None) -> str:
    """The whole card of a version: `data/card.md`, filled in."""
    manifest = folder.manifest
    configs = [config for config in ("default", "edits", "quarantine") if manifest.of(config)]
    return template("publishing/data/card.md", cell=_cell, language=_language, counts=_counts).render(
        header=_header(folder, configs, measures, facts),
        manifest=manifest,
        measures=measures,
        facts=facts,
        diff=diff,
        configs=configs,
        missing=[config for config in ("edits", "quarantine") if config not in configs],
        removed_text=manifest.recipe.removed_text,
        languages=_ranked(measures.languages),
        sources=_ranked(measures.sources),
        months=sorted(measures.months),
        letters=[*LETTERS],
        share=lambda count, total: f"{1000 * count / total:.2f}" if total else "0",
        columns=columns_of("default", manifest.own),
        rules={code: name.split("/")[0] for code, name in manifest.recipe.rules.items()},
        codes=sorted({*measures.edits, *measures.left, *measures.withheld}),
    )


def _header(folder: DatasetFolder, configs: list[str], measures: Measures, facts: CardFacts) -> str:
    manifest = folder.manifest
    named = {"license_name": "other", "license_link": facts.license_link}
    header: dict[str, Any] = {
        "pretty_name": facts.title or manifest.name,
        "language": [language for language in sorted(measures.languages) if language != "und"],
        "license": facts.license or "unknown",
        **(named if facts.license == "other" and facts.license_link else {}),
        "size_categories": [_size(manifest.rows("default"))],
        "task_categories": ["text-generation", "fill-mask"],
        "tags": ["news", "arabic-script", "corpuslint"],
        "configs": [_config(manifest, config) for config in configs],
        "dataset_info": [_info(folder, config) for config in configs],
    }
    kept = {key: value for key, value in header.items() if value != []}
    return str(yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=1 << 20))


def _config(manifest: Manifest, config: str) -> dict[str, Any]:
    """One config. `datasets` caches a local folder by its name and this text, so the content's hash is part of it."""
    is_main = config == "default"
    return {
        "config_name": config,
        **({"default": True} if is_main else {}),
        "version": manifest.version,
        "description": f"corpuslint content sha256:{manifest.content[config]}",
        "data_files": [
            {"split": split, "path": f"data/{split}/*.parquet" if is_main else f"{config}/*.parquet"}
            for split in manifest.split_rows(config)
        ],
    }


def _info(folder: DatasetFolder, config: str) -> dict[str, Any]:
    """`dataset_info` as the files say it: a column they lack would load as a column of nulls."""
    import pyarrow.parquet as pq

    files = folder.manifest.of(config)
    sizes: Counter[str] = Counter()
    for entry in files:
        metadata = pq.read_metadata(folder.path / entry.path)
        sizes[entry.split] += sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    return {
        "config_name": config,
        "features": [_feature(part.name, part.type) for part in pq.read_schema(folder.path / files[0].path)],
        "splits": [
            {"name": name, "num_bytes": sizes[name], "num_examples": rows}
            for name, rows in folder.manifest.split_rows(config).items()
        ],
        "download_size": sum(entry.bytes for entry in files),
        "dataset_size": sum(sizes.values()),
    }


def _feature(name: str, kind: Any) -> dict[str, Any]:
    import pyarrow as pa

    if pa.types.is_list(kind):
        inner = kind.value_type
        if pa.types.is_struct(inner):
            return {"name": name, "list": [_feature(part.name, part.type) for part in inner]}
        return {"name": name, "list": str(inner)}
    return {"name": name, "dtype": str(kind)}


def _cell(text: str) -> str:
    """Text from the corpus in a table: no markup of its own, and its direction kept to itself."""
    flat = " ".join(text.split())
    return f"<bdi>{escape(flat, quote=False)}</bdi>".replace("|", "&#124;").replace("`", "&#96;").replace("[", "&#91;")


def _language(code: str) -> str:
    name = "undetermined" if code == "und" else LANGUAGES[code].name if code in LANGUAGES else ""
    return f"{name} (`{code}`)" if name else f"`{code}`"


def _ranked(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {counts[name]:,}" for name in _ranked(counts))


_SIZES = ("1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B")


def _size(total: int) -> str:
    if total >= 10**12:
        return "n>1T"
    step = min(max(0, len(str(total)) - 3), len(_SIZES) - 1)
    return f"{_SIZES[step - 1]}<n<{_SIZES[step]}" if step else f"n<{_SIZES[0]}"
