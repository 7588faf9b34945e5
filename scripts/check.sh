#!/bin/sh
# What must hold before anything else is looked at. Stops at the first failure.
set -eu
"$BIN/ruff" format --check --quiet .
"$BIN/ruff" check --quiet .
"$BIN/mypy" --no-error-summary huying/rules huying/language huying/vault
"$BIN/lint-imports" --no-cache > /tmp/huying-lint-imports.$$ || { cat /tmp/huying-lint-imports.$$; rm -f /tmp/huying-lint-imports.$$; exit 1; }
rm -f /tmp/huying-lint-imports.$$
"$BIN/python" manage.py makemigrations --check --dry-run > /dev/null
"$BIN/python" -m pytest -n 2 tests/house tests/rules tests/language tests/vault
