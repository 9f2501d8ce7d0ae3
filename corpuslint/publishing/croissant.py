"""`croissant.json`: the dataset in the words of MLCommons Croissant 1.0, for catalogues and `mlcroissant`."""

from __future__ import annotations

import json
from typing import Any

from corpuslint.publishing.card import CardFacts
from corpuslint.publishing.manifest import Manifest
from corpuslint.publishing.parquet import arrow_schema
from corpuslint.resources import package_data
from corpuslint.text.templates import template

CROISSANT_NAME = "croissant.json"

_TYPES = {"int32": "sc:Integer", "int64": "sc:Integer", "double": "sc:Float", "bool": "sc:Boolean"}
_DESCRIPTIONS = {
    "default": "The records: one story each, cleaned.",
    "edits": "The ledger: every edit made to a text, in order; undoing them from the last gives the raw text.",
    "quarantine": "The stories that were withheld, and the rules that withheld them.",
}


def croissant(manifest: Manifest, facts: CardFacts) -> str:
    """The Croissant description of a version, as JSON-LD: `data/croissant.json`, filled in."""
    configs = {config: said for config, said in _DESCRIPTIONS.items() if manifest.of(config)}
    page = template("publishing/data/croissant.json", json=json.dumps).render(
        context=package_data("publishing/data/croissant-context.json"),
        manifest=manifest,
        facts=facts,
        configs=configs,
        fields={
            config: [_field(f"{config}-files", config, part) for part in arrow_schema(config, manifest.own)]
            for config in configs
        },
    )
    return json.dumps(json.loads(page), sort_keys=True, ensure_ascii=False, indent=2) + "\n"


def _field(files: str, place: str, column: Any) -> dict[str, Any]:
    """One Arrow column as a field that is read from a set of files."""
    import pyarrow.types as kinds

    of_list = kinds.is_list(column.type)
    kind = column.type.value_type if of_list else column.type
    plain = {"@type": "cr:Field", "@id": f"{place}/{column.name}", "name": column.name}
    plain |= {"repeated": True} if of_list else {}
    source = {"extract": {"column": column.name}, "fileSet": {"@id": files}}
    if not kinds.is_struct(kind):
        return {**plain, "dataType": _TYPES.get(str(kind), "sc:Text"), "source": source}
    parts = [_field(files, plain["@id"], part) for part in kind]
    for part in parts:
        part.pop("repeated", None)
        part["source"] = {**source, "transform": {"jsonPath": f"$[*].{part['name']}"}}
    return {**plain, "subField": parts}
