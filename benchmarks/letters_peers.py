"""What other libraries make of a list of texts: JSON in, JSON out. Runs in an environment of theirs, not of ours."""

import json
import sys


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


texts = json.load(sys.stdin)
json.dump({name: [repair(text) for text in texts] for name, repair in columns()}, sys.stdout)
