#!/usr/bin/env bash
# What action.yml installs: corpuslint and the files whose digests locked.txt holds, into an environment of its own.
# `install.sh key` only names that set of packages, for the cache of downloads.
set -euo pipefail
if [ "${1:-}" = key ]; then
  python - "$ACTION_PATH/.ci/locked.txt" "$ACTION_PATH/pyproject.toml" >>"$GITHUB_OUTPUT" <<'PYTHON'
import hashlib, pathlib, platform, sys
digest = hashlib.sha256(b"".join(pathlib.Path(name).read_bytes() for name in sys.argv[1:])).hexdigest()
print(f"key=corpuslint-{platform.system()}-{platform.machine()}-{platform.python_version()}-{digest[:16]}")
PYTHON
  exit
fi
python -m venv "$RUNNER_TEMP/corpuslint"
programs="$RUNNER_TEMP/corpuslint/bin"
[ -d "$programs" ] || programs="$RUNNER_TEMP/corpuslint/Scripts" # Windows
"$programs/python" -m pip install --quiet --require-hashes -r "$ACTION_PATH/.ci/locked.txt"
"$programs/python" -m pip install --quiet --no-deps --no-build-isolation "$ACTION_PATH"
printf 'corpuslint=%s\n' "$programs/corpuslint" >>"$GITHUB_OUTPUT"
