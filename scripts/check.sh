#!/bin/sh
# What must hold before anything else is looked at. Stops at the first failure.
set -eu
"$BIN/ruff" format --check --quiet .
"$BIN/ruff" check --quiet .
"$BIN/python" -m scripts.sbom --check >/dev/null || { echo "docs/sbom.json is not current: make sbom" >&2; exit 1; }
"$BIN/bandit" --quiet --recursive huying -lll
"$BIN/mypy" --no-error-summary $(ls -d huying/rules huying/language huying/papers huying/vault 2>/dev/null)
"$BIN/python" -m pytest -n 2 tests/house tests/language tests/papers tests/vault
# The rules are proved line by line and branch by branch, by their own tests alone.
COVERAGE_FILE="$(mktemp -d)/coverage"
export COVERAGE_FILE
trap 'rm -rf "$(dirname "$COVERAGE_FILE")"' EXIT
"$BIN/python" -m coverage run -m pytest -n 2 --dist worksteal tests/rules
"$BIN/python" -m coverage combine --quiet
"$BIN/python" -m coverage report
