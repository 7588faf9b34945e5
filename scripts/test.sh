#!/bin/sh
# All behaviour on both databases, then a real browser. What cannot run here is said loudly; in CI it is a failure.
set -eu
missing=0
cannot() { missing=$((missing + 1)); echo "NOT RUN: $1" >&2; }
"$BIN/python" -m pytest -n 2
if "$BIN/python" -m tests.cluster --check; then
    HUYING_TEST_DB=postgres "$BIN/python" -m pytest -n 2 --ignore tests/house --ignore tests/rules \
        --ignore tests/language --ignore tests/papers --ignore tests/vault
else cannot "the PostgreSQL half (no server binaries; on Debian: apt install postgresql)"; fi
if "$BIN/python" -m tests.chromium --check; then
    "$BIN/python" -m pytest -m browser tests/browser
else cannot "the browser tests (no Chromium; on Debian: apt install chromium)"; fi
if [ "$missing" -gt 0 ]; then
    echo "$missing part(s) of the tests could not run on this machine" >&2
    [ -z "${CI:-}" ] || exit 1
fi
