# Counts what cannot run on this machine and says it loudly; in CI it is a failure. Read by test.sh and proof.sh.
missing=0
cannot() { missing=$((missing + 1)); echo "NOT RUN: $1" >&2; }
has_postgres() { "$BIN/python" -m tests.cluster --check || { cannot "the PostgreSQL half (on Debian: apt install postgresql)"; false; }; }
has_chromium() { "$BIN/python" -m tests.chromium --check || { cannot "the browser tests (on Debian: apt install chromium)"; false; }; }
has_office() { command -v soffice >/dev/null && command -v pdftotext >/dev/null || { cannot "the measuring of papers (on Debian: apt install libreoffice-writer poppler-utils)"; false; }; }
finish() {
    [ "$missing" -eq 0 ] || echo "$missing part(s) could not run on this machine" >&2
    [ "$missing" -eq 0 ] || [ -z "${CI:-}" ]
}
