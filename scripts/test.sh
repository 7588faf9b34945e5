#!/bin/sh
# All behaviour on both databases, then a real browser. What guards the ledger must be covered whole.
set -eu
. scripts/missing.sh
COVERAGE_FILE="$(mktemp -d)/coverage"
export COVERAGE_FILE
trap 'rm -rf "$(dirname "$COVERAGE_FILE")"' EXIT
"$BIN/python" -m coverage run --rcfile=scripts/gate.toml -m pytest -n 2 --dist worksteal
"$BIN/python" -m coverage combine --quiet --rcfile=scripts/gate.toml
"$BIN/python" -m coverage report --rcfile=scripts/gate.toml
if has_postgres; then HUYING_TEST_DB=postgres "$BIN/python" -m pytest -n 2 --dist worksteal; fi
if has_chromium; then "$BIN/python" -m pytest -n 2 --dist worksteal -m "browser and not proof" tests/browser; fi
finish
