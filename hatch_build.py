"""Compiles `corpuslint/words/kernel.py` where a C compiler is: when a wheel is built, or in place.

`pip install .` builds a wheel, and this adds the compiled module to it; without a compiler (`CC=false` shows it) the
wheel holds the same source, which Python runs, slower. In a checkout `python hatch_build.py` compiles in place.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # compiling in place needs no hatchling
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent
SOURCE = Path("corpuslint", "words", "kernel.py")


class CompiledKernel(BuildHookInterface):
    """Puts the compiled module into a wheel, or beside its source for an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and say that the wheel fits this platform only."""
        if self.target_name != "wheel":
            return
        if version == "editable":
            compiled(ROOT / SOURCE.parent)
            return
        self._folder = tempfile.TemporaryDirectory()
        module = compiled(Path(self._folder.name))
        if module is not None:
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
            build_data["force_include"][str(module)] = (SOURCE.parent / module.name).as_posix()


def compiled(folder: Path) -> Path | None:
    """The module that the source was compiled to, in `folder`; None where it cannot be compiled."""
    try:
        from Cython.Build import cythonize
        from setuptools import Distribution, Extension
        from setuptools.command.build_ext import build_ext
    except ImportError as missing:
        print(f"corpuslint: {missing.name} is not installed, so {SOURCE} stays as it is", file=sys.stderr)
        return None
    source = (ROOT / SOURCE).read_bytes()
    try:
        # paths of the source are part of what is built: the same in every folder
        with tempfile.TemporaryDirectory() as work, contextlib.chdir(work):
            SOURCE.parent.mkdir(parents=True)
            made_of = b'MADE_OF = "%s"' % hashlib.sha256(source).hexdigest().encode()
            SOURCE.write_bytes(source.replace(b'MADE_OF = ""', made_of, 1))
            extension = Extension("corpuslint.words.kernel", [SOURCE.as_posix()], extra_compile_args=["-O3", "-g0"])
            modules = cythonize([extension], build_dir=f"{work}/c", quiet=True)
            command = build_ext(Distribution({"name": "corpuslint", "ext_modules": modules}))
            command.build_lib = work
            command.build_temp = work
            command.ensure_finalized()
            command.run()
            built = Path(command.get_ext_fullpath("corpuslint.words.kernel"))
            whole = shutil.copy(built, folder / f"{built.name}.new")
            return Path(whole).replace(folder / built.name)  # in one step: a torn or changing module ends who runs it
    except Exception as trouble:  # any compiler, any way to fail: the source runs as it is
        print(f"corpuslint: not compiled ({trouble}); it works all the same, slower", file=sys.stderr)
        return None


if __name__ == "__main__":
    sys.exit(compiled(ROOT / SOURCE.parent) is None)
