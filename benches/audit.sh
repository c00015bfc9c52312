#!/usr/bin/env bash
# Audits generated plans and reports, files read, linked and checked: how cost grows with documents.
#
#   benches/audit.sh [COUNT]     1000 documents unless said otherwise; a quarter, all, and four times as many
#
# Needs GNU time and about 100 KB of disk a document, in TMPDIR.
set -euo pipefail
cd "$(dirname "$0")/.."

count=${1:-1000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release --quiet --bin kehoach --example generate
target=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
for documents in $((count / 4)) "$count" $((count * 4)); do
    "$target/release/examples/generate" "$work/$documents" "$documents" >"$work/told"
    # Findings are no failure here: the generated documents are random.
    status=0
    command time -f "%U %S %e %M" -o "$work/cost" "$target/release/kehoach" audit "$work/$documents" --format json -o "$work/audit.json" ||
        status=$?
    [ "$status" -le 1 ]
    # GNU time says first that the status was not 0.
    tail -n 1 "$work/cost" | awk -v documents="$documents" '{
        printf "%d documents: %.1f processor seconds, %.1f s, %d MiB; %.2f ms of the processor a document\n",
            documents, $1 + $2, $3, $4 / 1024, 1000 * ($1 + $2) / documents }'
    rm -rf "${work:?}/$documents"
done
