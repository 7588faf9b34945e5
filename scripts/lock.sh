#!/bin/sh
# Renew both locks. They name no index, so they install from any mirror.
set -eu
pin() { "$BIN/uv" pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
    --python-version 3.11 "$@"; }
pin pyproject.toml --extra build -o requirements.txt
pin pyproject.toml --extra build --extra dev -c requirements.txt -o requirements-dev.txt
! grep -nE 'https?://|file://' requirements.txt requirements-dev.txt
