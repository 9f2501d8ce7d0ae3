"""A text read once: words, lines, phrases, terms and fitted models, in compiled loops.

A compiled kernel that was made of another source than the one beside it, as after a `git pull`, is left aside: it would
lack functions, or do what the source no longer says. The source runs then.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from corpuslint.words import kernel as _kernel

STATE = "compiled"
"""How the kernel runs: `compiled`, or why it is not."""

_SOURCE = Path(__file__).with_name("kernel.py")
if not _kernel.COMPILED:
    STATE = "not compiled, slower: there was no C compiler when it was installed"
elif _SOURCE.is_file() and getattr(_kernel, "MADE_OF", "") != sha256(_SOURCE.read_bytes()).hexdigest():
    STATE = "not compiled, slower: the compiled module is of another source; `python hatch_build.py` makes it anew"
    _spec = spec_from_file_location(_kernel.__name__, _SOURCE)
    assert _spec is not None and _spec.loader is not None
    globals()["kernel"] = sys.modules[_kernel.__name__] = module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules[_kernel.__name__])
