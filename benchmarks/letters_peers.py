"""What other libraries make of a list of texts: JSON in, JSON out. Runs in an environment of theirs, not of ours."""

import importlib.util
import json
import sys
import types
from pathlib import Path


def columns():
    """Each installed library's usual repair, by name."""
    try:
        import ftfy

        yield "ftfy.fix_text", ftfy.fix_text
    except ImportError:
        pass
    try:
        from hazm import Normalizer

        yield "hazm Normalizer", Normalizer().normalize
    except ImportError:
        pass
    try:
        from parsivar import Normalizer as Parsivar

        yield "parsivar Normalizer", Parsivar(pinglish_conversion_needed=False).normalize
    except ImportError:
        pass
    try:
        from persiantools import characters

        yield "persiantools ar_to_fa", characters.ar_to_fa
        yield "persiantools fa_to_ar", characters.fa_to_ar
    except ImportError:
        pass
    try:
        from camel_tools.utils.charmap import CharMapper

        yield "camel_tools arclean", CharMapper.builtin_mapper("arclean").map_string
    except ImportError:
        pass
    if importlib.util.find_spec("urduhack"):
        yield "urduhack normalize", urduhack_normalize()
    try:
        from klpt.preprocess import Preprocess

        kurdish = Preprocess("Sorani", "Arabic", numeral="Arabic")
        yield "KLPT normalize", kurdish.normalize
    except ImportError:
        pass
    try:
        from asosoft import Normalize

        yield "AsoSoft Normalize", Normalize
    except ImportError:
        pass
    try:
        import araclean

        yield (
            "araclean LIGHT",
            araclean.Pipeline.from_profile(araclean.LIGHT)
            if hasattr(araclean.Pipeline, "from_profile")
            else araclean.normalize,
        )
    except ImportError:
        pass


def urduhack_normalize():
    """Its normalizer without the rest of the package, which wants TensorFlow."""
    package = types.ModuleType("urduhack")
    package.__path__ = [str(Path(importlib.util.find_spec("urduhack").origin).parent)]
    sys.modules["urduhack"] = package
    from urduhack.normalization import normalize

    return normalize


def tried(repair, text):
    try:
        return repair(text)
    except Exception:  # some raise on text that is not of their language
        return text


texts = json.load(sys.stdin)
json.dump({name: [tried(repair, text) for text in texts] for name, repair in columns()}, sys.stdout)
