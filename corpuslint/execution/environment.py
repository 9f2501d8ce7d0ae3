"""The versions that decide what a run finds: two machines that differ in one of them must not share a run."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from corpuslint.version import __version__

_DISTRIBUTIONS = ("hyperscan", "regex")


@lru_cache(maxsize=1)
def environment() -> Mapping[str, str]:
    """Versions of corpuslint, Python (major.minor: results do not depend on more), Unicode and the matchers."""
    from importlib import metadata  # takes longer to import than a small file to lint

    versions = {
        "corpuslint": __version__,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "unicode": unicodedata.unidata_version,
    }
    for name in _DISTRIBUTIONS:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "absent"
    return versions


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """What differs, in words; "" when nothing does.

    >>> differences({"python": "3.11"}, {"python": "3.12"})
    'python 3.11 here, 3.12 there'
    """
    return "; ".join(
        f"{name} {ours.get(name, 'absent')} here, {theirs.get(name, 'absent')} there"
        for name in sorted(ours.keys() | theirs.keys())
        if ours.get(name) != theirs.get(name)
    )
