#!/usr/bin/env bash
# The long form of tests/mutants.rs: mutants through the whole pipeline and the audit, a step at a time. Its log says what was done, and
# the next call goes on behind the last step in it; a step that failed is named there and not run again.
#
#     tests/mutants.sh [COUNT] [KIND] [LOG]      (default: 100000 native mutants-KIND.log; KIND: native, office, ocr)
#
# MUTANTS names the test as it was built before (`target/release/deps/mutants-…`); without it, it is built here.
set -euo pipefail
count=${1:-100000}
kind=${2:-native}
log=$(realpath -m "${3:-mutants-$kind.log}")
step=${STEP:-500}
cd "$(dirname "$0")/.."
test=${MUTANTS:-$(cargo test --release --locked --test mutants --no-run 2>&1 | sed -n 's/.*Executable.*(\(.*\))$/\1/p')}
touch "$log"
done=$(awk '/^done /{ last = $2 } END { print last + 0 }' "$log")
while [ "$done" -lt "$count" ]; do
    now=$((count - done < step ? count - done : step))
    if KEHOACH_MUTANTS_KIND=$kind KEHOACH_MUTANTS_FROM=$done KEHOACH_MUTANTS_COUNT=$now "$test" --nocapture >"$log.step" 2>&1; then
        grep '^mutants' "$log.step" >>"$log"
    else
        echo "failed $done..$((done + now)):" >>"$log"
        grep -E 'mutant |panicked|assert' "$log.step" | head -20 >>"$log" || true
    fi
    done=$((done + now))
    echo "done $done" >>"$log"
done
rm -f "$log.step"
echo "$log: $done mutants, $(grep -c '^failed' "$log" || true) steps failed"
