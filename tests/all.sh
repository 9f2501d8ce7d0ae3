#!/usr/bin/env bash
# Everything that must hold, on a clean checkout: installs what it needs into .venv-test, then format, lint, types,
# import contracts, tests, and corpuslint on our own seeds. The first thing that does not hold ends it.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
[ -x .venv-test/bin/python ] || "$python" -m venv .venv-test
bin=.venv-test/bin
"$bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
if [ -n "${CI:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! command -v chromium >/dev/null; then
  # the tests of the review page drive a real browser; without one they skip
  { apt-get update -qq && apt-get install -qq -y chromium; } >/dev/null 2>&1 || echo "no Chromium to be had here"
fi
"$bin/ruff" format --check --quiet .
"$bin/ruff" check --quiet .
"$bin/mypy" --strict -p corpuslint
"$bin/mypy" --strict --explicit-package-bases rules  # packs have modules of one name
"$bin/lint-imports" | tail -n 5
"$bin/corpuslint" check seeds --config seeds/ci.toml --statistics
"$bin/python" -m pytest -n 2 "$@"
