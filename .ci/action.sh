#!/usr/bin/env bash
# What action.yml runs: inputs, which arrive as environment variables, become arguments of one `corpuslint check`.
set -uo pipefail
arguments=(check --output-format github)
while IFS= read -r argument; do
  [ -n "$argument" ] && arguments+=("$argument")
done <<<"${INPUT_ARGS:-}"
case "${INPUT_SINCE:-}" in
  auto) INPUT_SINCE=${GITHUB_BASE_REF:+origin/$GITHUB_BASE_REF} ;; # empty but in a pull request
  */) INPUT_SINCE="" ;;                                            # origin/${{ github.base_ref }} on a push
esac
[ -n "${INPUT_SINCE:-}" ] && arguments+=("--since=$INPUT_SINCE")
[ -n "${INPUT_AGAINST:-}" ] && arguments+=("--against=$INPUT_AGAINST")
[ -n "${INPUT_FAIL_ON:-}" ] && arguments+=("--fail-on=$INPUT_FAIL_ON")
[ -n "${INPUT_BASELINE:-}" ] && arguments+=("--baseline=$INPUT_BASELINE")
[ -n "${INPUT_CONFIG:-}" ] && arguments+=("--config=$INPUT_CONFIG")
[ -n "${INPUT_SARIF_FILE:-}" ] && arguments+=("--report=sarif=$INPUT_SARIF_FILE")
findings=$(mktemp)
arguments+=("--report=json-lines=$findings" --)
while IFS= read -r path; do
  [ -n "$path" ] && arguments+=("$path")
done <<<"${INPUT_PATHS:-.}"
"${CORPUSLINT:-corpuslint}" "${arguments[@]}"
status=$?
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  printf 'findings=%s\n' "$(wc -l <"$findings" | tr -d ' ')" >>"$GITHUB_OUTPUT"
  # A name with a line end in it would write outputs of its own.
  printf 'sarif-file=%s\n' "$(printf '%s' "${INPUT_SARIF_FILE:-}" | tr -d '\r\n')" >>"$GITHUB_OUTPUT"
fi
rm -f "$findings"
exit "$status"
