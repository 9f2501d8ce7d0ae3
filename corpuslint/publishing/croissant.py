"""`croissant.json`: the dataset in the words of MLCommons Croissant 1.0, for catalogues and `mlcroissant`."""

from __future__ import annotations

import json
from typing import Any

from corpuslint.publishing.card import CardFacts
from corpuslint.publishing.manifest import Manifest
from corpuslint.publishing.parquet import arrow_schema
from corpuslint.resources import package_data

CROISSANT_NAME = "croissant.json"

_TYPES = {"int32": "sc:Integer", "int64": "sc:Integer", "double": "sc:Float", "bool": "sc:Boolean"}
_DESCRIPTIONS = {
    "default": "The records: one story each, cleaned.",
    "edits": "The ledger: every edit made to a text, in order; undoing them from the last gives the raw text.",
    "quarantine": "The stories that were withheld, and the rules that withheld them.",
}


def croissant(manifest: Manifest, facts: CardFacts) -> str:
    """The Croissant description of a version, as JSON-LD."""
    configs = [config for config in _DESCRIPTIONS if manifest.of(config)]
    plain: dict[str, Any] = {
        "@context": json.loads(package_data("publishing/data/croissant-context.json")),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": manifest.name,
        "version": manifest.version,
        "description": facts.description or f"{manifest.name}: Arabic-script news, cleaned and versioned.",
        "license": facts.license_link or facts.license or "unknown",
        "url": facts.homepage or f"urn:corpuslint:dataset:{manifest.name}",
        "inLanguage": list(facts.languages),
        "distribution": [_file_set(manifest, config) for config in configs],
        "recordSet": [_splits(manifest), *(_record_set(config, manifest) for config in configs)],
        "rai:dataManipulationProtocol": f"corpuslint {manifest.recipe.tool}; every edit is a row of config edits.",
    }
    if facts.citation:
        plain["citeAs"] = facts.citation
    if manifest.date:
        plain["datePublished"] = manifest.date
    if manifest.previous:
        plain["prov:wasDerivedFrom"] = f"urn:sha256:{manifest.previous.manifest_sha256}"
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, indent=2) + "\n"


def _file_set(manifest: Manifest, config: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{config}-files",
        "name": f"{config}-files",
        "description": f"Parquet, content sha256 {manifest.content[config]}",
        "encodingFormat": "application/x-parquet",
        "includes": "data/*/*.parquet" if config == "default" else f"{config}/*.parquet",
    }


def _splits(manifest: Manifest) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": "splits",
        "name": "splits",
        "dataType": "cr:Split",
        "key": {"@id": "splits/name"},
        "field": [_text("splits/name")],
        "data": [{"splits/name": name} for name in manifest.split_rows()],
    }


def _record_set(config: str, manifest: Manifest) -> dict[str, Any]:
    fields = [_field(f"{config}-files", config, part) for part in arrow_schema(config, manifest.own)]
    if config == "default":
        of_path = {"regex": r"data/([^/]+)/[^/]+\.parquet$"}
        source = {"fileSet": {"@id": "default-files"}, "extract": {"fileProperty": "fullpath"}, "transform": of_path}
        fields.append(_text("default/split") | {"references": {"field": {"@id": "splits/name"}}, "source": source})
    head = {"@type": "cr:RecordSet", "@id": config, "name": config, "description": _DESCRIPTIONS[config]}
    return {**head, "field": fields}


def _text(path: str) -> dict[str, Any]:
    return {"@type": "cr:Field", "@id": path, "name": path.rpartition("/")[2], "dataType": "sc:Text"}


def _field(files: str, place: str, column: Any) -> dict[str, Any]:
    """One Arrow column, or one part of a struct, as a field that is read from a set of files."""
    import pyarrow.types as kinds

    plain = _text(f"{place}/{column.name}")
    kind, of_list = (column.type.value_type, {"repeated": True}) if kinds.is_list(column.type) else (column.type, {})
    source = {"extract": {"column": column.name}, "fileSet": {"@id": files}}
    if not kinds.is_struct(kind):
        return {**plain, **of_list, "dataType": _TYPES.get(str(kind), "sc:Text"), "source": source}
    parts = [_field(files, plain["@id"], part) for part in kind]
    for part in parts:
        part.pop("repeated", None)
        part["source"] = {**source, "transform": {"jsonPath": f"$[*].{part['name']}"}}
    del plain["dataType"]
    return {**plain, **of_list, "subField": parts}
