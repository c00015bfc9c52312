#!/usr/bin/env bash
# The long form of tests/damage.rs: every PDF and DOCX of a folder, cut at 50 places and changed 1,000 times.
# Prints what became of the files, and which were harmful to their worker process.
#
#     tests/damage.sh [FOLDER]        (default: fixtures)
set -euo pipefail
folder=$(realpath "${1:-$(dirname "$0")/../fixtures}")
cd "$(dirname "$0")/.."
KEHOACH_DAMAGE_DOCS=$folder KEHOACH_DAMAGE_CUTS=${CUTS:-50} KEHOACH_DAMAGE_CHANGES=${CHANGES:-1000} \
    cargo test --release --locked --test damage -- --nocapture
