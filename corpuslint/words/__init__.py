"""A text read once: words, lines, phrases, terms and fitted models, in compiled loops.

A compiled kernel that cannot be loaded, or was made of another source than the one beside it, as after a `git pull`, is
left aside: it would lack functions, or do what the source no longer says. The source runs then.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

_NAME = f"{__name__}.kernel"
_SOURCE = Path(__file__).with_name("kernel.py")
_ANEW = "`python hatch_build.py` makes it anew"


def _state() -> str:
    try:
        kernel = import_module(_NAME)
    except ImportError as trouble:
        return f"not compiled, slower: the compiled module cannot be loaded ({trouble}); {_ANEW}"
    if not kernel.COMPILED:
        return "not compiled, slower: no compiled module is there"
    if _SOURCE.is_file() and getattr(kernel, "MADE_OF", "") != sha256(_SOURCE.read_bytes()).hexdigest():
        return f"not compiled, slower: the compiled module is of another source; {_ANEW}"
    return "compiled"


STATE = _state()
"""How the kernel runs: `compiled`, or why it is not."""

if STATE != "compiled" and getattr(sys.modules.get(_NAME), "COMPILED", True):
    _spec = spec_from_file_location(_NAME, _SOURCE)
    assert _spec is not None and _spec.loader is not None
    globals()["kernel"] = sys.modules[_NAME] = module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules[_NAME])
