"""`croissant.json`: the dataset in the words of MLCommons Croissant 1.0, for catalogues and `mlcroissant`."""

from __future__ import annotations

import json
from typing import Any

from corpuslint.publishing.card import CardFacts
from corpuslint.publishing.manifest import Manifest
from corpuslint.publishing.parquet import columns_of, own_columns
from corpuslint.resources import package_data

CROISSANT_NAME = "croissant.json"

_TYPES = {
    "string": "sc:Text",
    "int32": "sc:Integer",
    "int64": "sc:Integer",
    "double": "sc:Float",
    "bool": "sc:Boolean",
}
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
        "field": [{"@type": "cr:Field", "@id": "splits/name", "name": "name", "dataType": "sc:Text"}],
        "data": [{"splits/name": name} for name in manifest.split_rows()],
    }


def _record_set(config: str, manifest: Manifest) -> dict[str, Any]:
    fields = [_field(config, name, kind) for name, kind, _ in columns_of(config, own_columns(manifest.own))]
    if config == "default":
        source = {
            "fileSet": {"@id": "default-files"},
            "extract": {"fileProperty": "fullpath"},
            "transform": {"regex": r"data/([^/]+)/[^/]+\.parquet$"},
        }
        fields.append(
            {
                "@type": "cr:Field",
                "@id": "default/split",
                "name": "split",
                "dataType": "sc:Text",
                "references": {"field": {"@id": "splits/name"}},
                "source": source,
            }
        )
    return {
        "@type": "cr:RecordSet",
        "@id": config,
        "name": config,
        "description": _DESCRIPTIONS[config],
        "field": fields,
    }


def _field(config: str, name: str, kind: Any) -> dict[str, Any]:
    extract = {"extract": {"column": name}, "fileSet": {"@id": f"{config}-files"}}
    plain = {"@type": "cr:Field", "@id": f"{config}/{name}", "name": name}
    if not isinstance(kind, list):
        return {**plain, "dataType": _TYPES[kind], "source": extract}
    if isinstance(kind[0], str):
        return {**plain, "dataType": _TYPES[kind[0]], "repeated": True, "source": extract}
    parts = [
        {
            "@type": "cr:Field",
            "@id": f"{config}/{name}/{part}",
            "name": part,
            "dataType": _TYPES[of if isinstance(of, str) else of[0]],
            "source": {**extract, "transform": {"jsonPath": f"$[*].{part}"}},
        }
        for part, of in kind[0].items()
    ]
    return {**plain, "repeated": True, "subField": parts}
