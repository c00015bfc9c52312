#!/usr/bin/env bash
# Ingests many generated documents: how fast, in how much memory, how fast they are linked, how fast once more over unchanged
# files, what reading them in worker processes costs beside reading them in one process, for text and for PDF, and whether a store whose
# ingest was killed five times (SIGKILL, at random moments) equals one that was left in peace.
#
#   benches/ingest.sh [COUNT [SEED]]     10000 documents unless said otherwise; SEED repeats the moments
#   benches/ingest.sh COUNT SEED workers nothing but the cost of workers
#
# Ends with 1 where the stores differ, the second run is not 50 times faster, or workers take more than 1.10 times the time. Needs Linux (/proc tells the memory) and about
# 100 KB of disk a document, in TMPDIR.
set -euo pipefail
cd "$(dirname "$0")/.."

count=${1:-10000}
seed=${2:-$RANDOM}
RANDOM=$seed
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release --quiet --bin kehoach --example generate
target=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
kehoach=$target/release/kehoach
"$target/release/examples/generate" "$work/van-ban" "$count"
# A file that was written this moment is not trusted by its time alone.
sleep 3
megabytes=$(du -s --apparent-size -B 1000000 "$work/van-ban" | cut -f 1)

# measured ARGUMENT…: runs kehoach; sets `milliseconds`, `processor` (seconds of all its threads) and `peak` (MiB).
measured() {
    local begin pid memory stat
    begin=$(date +%s%N)
    "$kehoach" "$@" -q >"$work/told" &
    pid=$!
    peak=0
    processor=0
    while memory=$(sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$pid/status" 2>/dev/null) && [ -n "$memory" ]; do
        peak=$((memory / 1024))
        read -r -a stat <"/proc/$pid/stat" || break
        processor=$(((stat[13] + stat[14]) / $(getconf CLK_TCK)))
        sleep 0.02
    done
    wait "$pid"
    milliseconds=$((($(date +%s%N) - begin) / 1000000))
}

# spent FOLDER OPTION…: ingests it into a new store; the processor time of all processes, and the time, in milliseconds.
spent() {
    local TIMEFORMAT='%U %S %R'
    rm -f "$work"/workers.db*
    { time "$kehoach" ingest --no-link -q "$1" --store "$work/workers.db" "${@:2}"; } 2>"$work/spent"
    awk '{ printf "%d %d\n", 1000 * ($1 + $2), 1000 * $3 }' "$work/spent"
}

# Workers and none by turns, so that other work on the machine is beside both; the least of seven of each, as other work only adds.
workers() {
    local folder name kind round processor time
    mkdir "$work/pdf"
    # Every copy has a content of its own: a remark after the end.
    for ((round = 0; round < 10; round++)); do
        for name in fixtures/parity/*/*.pdf; do
            { cat "$name"; printf '\n%%%d\n' "$round"; } >"$work/pdf/$round-$(basename "$(dirname "$name")")-$(basename "$name")"
        done
    done
    sleep 3
    for folder in "$work/van-ban/0000" "$work/pdf"; do
        local -A least=()
        for ((round = 0; round < 7; round++)); do
            for kind in workers none; do
                read -r processor time < <(if [ "$kind" = none ]; then spent "$folder" --no-isolation; else spent "$folder"; fi)
                for name in "$kind-processor $processor" "$kind-time $time"; do
                    if [ "${name#* }" -lt "${least[${name% *}]:-999999999}" ]; then least[${name% *}]=${name#* }; fi
                done
            done
        done
        echo "$(find "$folder" -type f | wc -l) documents of $(basename "$folder") read by workers and in one process: processor" \
            "${least[workers-processor]} / ${least[none-processor]} ms, time ${least[workers-time]} / ${least[none-time]} ms"
        if [ $((100 * least[workers-processor])) -gt $((110 * least[none-processor])) ]; then
            echo "workers take more than 1.10 times the processor time" >&2
            failed=1
        fi
    done
}

failed=0
workers
if [ "${3:-}" = workers ]; then
    exit "$failed"
fi

quarter=$work/van-ban/$(printf '%04d' 0)
folders=("$quarter")
for ((number = 1; number * 500 < count / 4; number++)); do
    folders+=("$work/van-ban/$(printf '%04d' "$number")")
done
measured ingest --no-link "${folders[@]}" --store "$work/quarter.db"
echo "a quarter of them: $((milliseconds / 1000)).$((milliseconds % 1000 / 100)) s ($processor processor seconds), peak $peak MiB"

measured link --store "$work/quarter.db"
echo "  linked: $milliseconds ms ($processor processor seconds), peak $peak MiB: $(cat "$work/told")"

measured ingest --no-link "$work/van-ban" --store "$work/whole.db"
first=$milliseconds
echo "$count documents, $megabytes MB, $(nproc) processors: $((first / 1000)).$((first % 1000 / 100)) s," \
    "($processor processor seconds), $((count * 1000 / first)) documents a second, peak $peak MiB, store $(du -B 1000000 "$work/whole.db" | cut -f 1) MB"

measured link --store "$work/whole.db"
echo "  linked: $milliseconds ms ($processor processor seconds), peak $peak MiB: $(cat "$work/told")"

# The best of three: it takes milliseconds.
second=$first
for _ in 1 2 3; do
    measured ingest "$work/van-ban" --store "$work/whole.db"
    if [ "$milliseconds" -lt "$second" ]; then second=$milliseconds; fi
done
echo "once more, nothing changed: $second ms, $((first / second)) times faster"

for kill in 1 2 3 4 5; do
    "$kehoach" ingest "$work/van-ban" --store "$work/killed.db" -q &
    pid=$!
    # Up to a fifth of the whole time each, so that there is always something left to be killed.
    wait_for=$((RANDOM % (first / 5)))
    sleep "$((wait_for / 1000)).$(printf '%03d' $((wait_for % 1000)))"
    kill -KILL "$pid" 2>/dev/null || { echo "done before kill $kill" >&2; exit 1; }
    wait "$pid" 2>/dev/null || true
    held=$("$kehoach" list --store "$work/killed.db" 2>/dev/null | wc -l)
    echo "killed after $wait_for ms: $held documents"
done
"$kehoach" ingest "$work/van-ban" --store "$work/killed.db" -q
whole=$("$kehoach" status --digest --store "$work/whole.db")
killed=$("$kehoach" status --digest --store "$work/killed.db")
echo "whole  $whole"
echo "killed $killed (seed $seed)"
if [ "$whole" != "$killed" ]; then
    echo "the stores differ" >&2
    exit 1
fi
if [ $((first / second)) -lt 50 ]; then
    echo "the second run is not 50 times faster" >&2
    exit 1
fi
exit "$failed"
