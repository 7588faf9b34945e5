#!/bin/sh
# The long proofs, on both databases, and in a real browser.
set -eu
. scripts/missing.sh
"$BIN/python" -m pytest -m "proof and not browser and not office"
if has_office; then "$BIN/python" -m pytest -m "proof and office" tests/papers; fi
if has_postgres; then HUYING_TEST_DB=postgres "$BIN/python" -m pytest -m "proof and not browser and not office"; fi
if has_chromium; then "$BIN/python" -m pytest -n 2 --dist worksteal -m "browser and not person" tests/browser; fi
finish
