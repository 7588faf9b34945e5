#!/bin/sh
# The long proofs, on SQLite and on PostgreSQL where it is there.
set -eu
"$BIN/python" -m pytest -m proof
if "$BIN/python" -m tests.cluster --check; then
    HUYING_TEST_DB=postgres "$BIN/python" -m pytest -m proof --ignore tests/rules --ignore tests/language
elif [ -n "${CI:-}" ]; then exit 1; fi
