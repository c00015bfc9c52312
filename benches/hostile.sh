#!/usr/bin/env bash
# Reads and audits hostile texts of three lengths, each ten times the one before: the time has to grow with the length and not with
# its square. Needs python3.
#
#   benches/hostile.sh [SMALLEST [PROGRAM [NAME…]]]     100000 bytes unless said otherwise, so 100 KB, 1 MB, 10 MB; PROGRAM is built
#                                                       where not given or empty; only the texts of these names where any are given
#
# Ends with 1 where ten times the length takes more than 25 times as long (above a second, below which starting counts), or more than ten
# minutes, and where the program crashes.
set -euo pipefail
cd "$(dirname "$0")/.."

smallest=${1:-100000}
program=${2:-}
if [ -z "$program" ]; then
    cargo build --release --quiet --bin kehoach
    program=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release/kehoach
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What a text is made of, over and over; `#` is a number that grows.
declare -A units=(
    [bars]='|||||||||||||||||||||||||||||||||||||||\n' [bar]='|\n' [cells]='| a | b | c |\n' [ordinals]='1.\n' [ordinals-in-line]='1. 2. 3. '
    [stt]='STT\n1\n2\n' [brackets]='((((((((((((((((((((\n' [brackets-in-line]='([{(' [commas]=', , , , , , , , , ,\n' [commas-in-line]='a, '
    [digits]='1234567890 1234567890\n' [digits-in-line]='1' [shares-in-line]='10% 20% ' [items]='- Tỷ lệ thôn có đường bê tông đạt 85%.\n'
    [items-in-line]='- a; + b; ' [headings]='I. A\n1. B\na) C\n' [dates]='ngày 30/6/2025, ' [columns]='a    b    c    d\n' [upper]='KẾ HOẠCH\n'
    [targets]='- Trồng rừng thôn Suối đạt 10 ha; phấn đấu 12 ha.\nPHỤ LỤC\n| 1 | Trồng rừng thôn Suối | ha | 11 |\n'
    [headers]='STT  Nội dung  Đơn vị\n' [headers-of-bars]='| STT | Nội dung | Đơn vị |\n' [annexes]='PHỤ LỤC\n1. A\n' [slashes]='1/2/3/'
    [numbered-headings]='#. Mục #\n- Rà soát # hồ sơ.\n' [numbered-targets]='- Trồng rừng thôn # đạt 10 ha; phấn đấu 12 ha.\n'
    [numbered-rows]='| # | Trồng rừng thôn # | ha | # |\n' [numbered-references]='- Thực hiện Quyết định số #/QĐ-UBND ngày 5/3/2024.\n'
    [numbered-tasks]='#. Giao Sở Y tế chủ trì rà soát việc #, hoàn thành trước ngày 30/6/2025.\n'
)

# milliseconds COMMAND FILE: what the processor takes, in milliseconds, and the exit code: 0 and 1 where the file was read, 3 where it was
# given up, as one that needs more memory than it may.
milliseconds() {
    local TIMEFORMAT='%U %S'
    { time timeout 600 "$program" "$1" --time-limit 600 -q "$2" >/dev/null 2>&1 || echo "$?" >"$work/status"; } 2>"$work/spent"
    awk '{ printf "%d ", 1000 * ($1 + $2) }' "$work/spent"
    cat "$work/status"
}

names=("${@:3}")
if [ ${#names[@]} -eq 0 ]; then
    mapfile -t names < <(printf '%s\n' "${!units[@]}" | sort)
fi
failed=0
for name in "${names[@]}"; do
    if [ -z "${units[$name]+known}" ]; then
        echo "$name: is no text of this bench; the names are: ${!units[*]}" >&2
        exit 2
    fi
    for command in extract audit; do
        before=0
        line="$name $command:"
        for length in "$smallest" $((smallest * 10)) $((smallest * 100)); do
            python3 - "$work/$name.txt" "${units[$name]}" "$length" <<'PYTHON'
import sys
path, unit, length = sys.argv[1], sys.argv[2].replace("\\n", "\n"), int(sys.argv[3])
with open(path, "w") as out:
    out.write("KẾ HOẠCH\nThử năm 2025\nI. MỤC TIÊU\n")
    if "#" in unit:
        written = number = 0
        while written < length:
            number += 1
            line = unit.replace("#", str(number))
            written += len(line.encode())
            out.write(line)
    else:
        out.write(unit * (length // len(unit.encode())))
PYTHON
            echo 0 >"$work/status"
            read -r now status < <(milliseconds "$command" "$work/$name.txt")
            line+=" $now ms"
            if [ "$status" -eq 3 ]; then
                line+=" (given up)"
            fi
            if [ "$before" -gt 0 ] && [ "$now" -gt 1000 ] && [ "$now" -gt $((25 * before)) ] || [ "$status" -gt 2 ]; then
                line+=" (!)"
                failed=1
            fi
            before=$now
            rm "$work/$name.txt"
        done
        echo "$line"
    done
done
exit "$failed"
