#!/bin/sh
# All behaviour on both databases, then each person's work in a real browser. What guards the ledger must be covered
# whole, by the tests named in gate.txt alone; all others run without being counted.
set -eu
. scripts/missing.sh
COVERAGE_FILE="$(mktemp -d)/coverage"
export COVERAGE_FILE
trap 'rm -rf "$(dirname "$COVERAGE_FILE")"' EXIT
gate="$(grep -v '^#' scripts/gate.txt)"
# shellcheck disable=SC2086 # one word a file
"$BIN/python" -m coverage run --rcfile=scripts/gate.toml -m pytest -n 2 --dist worksteal $gate
"$BIN/python" -m coverage combine --quiet --rcfile=scripts/gate.toml
"$BIN/python" -m coverage report --rcfile=scripts/gate.toml
# shellcheck disable=SC2046
"$BIN/python" -m pytest -n 2 --dist worksteal $(printf -- '--ignore=%s ' $gate)
if has_postgres; then HUYING_TEST_DB=postgres "$BIN/python" -m pytest -n 2 --dist worksteal; fi
if has_chromium; then "$BIN/python" -m pytest -n 2 --dist worksteal -m person tests/browser; fi
finish
