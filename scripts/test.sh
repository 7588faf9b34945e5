#!/bin/sh
# All behaviour on both databases, then a real browser.
set -eu
. scripts/missing.sh
"$BIN/python" -m pytest -n 2
if has_postgres; then HUYING_TEST_DB=postgres "$BIN/python" -m pytest -n 2; fi
if has_chromium; then "$BIN/python" -m pytest -m "browser and not proof" tests/browser; fi
finish
