# Words to the human. They go to standard error, so that standard output stays the answer.

say() { printf '%s\n' "$*" >&2; }

# fail CODE MESSAGE…: one message per line, then the end.
# Codes as in sysexits.h: 64 wrong usage, 69 something this machine lacks, 70 our own fault.
fail() {
    local code=$1
    printf 'regie: %s\n' "$2" >&2
    shift 2
    if (($# > 0)); then printf '       %s\n' "$@" >&2; fi
    exit "$code"
}

# seconds_since MICROSECONDS: with one decimal, from an earlier $EPOCHREALTIME without its point.
seconds_since() {
    local tenths=$(((${EPOCHREALTIME/[.,]/} - $1) / 100000))
    printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}

# phase NAME WHAT COMMAND…: runs COMMAND with its output in target/log/NAME.log, and one line of progress:
#     regie: building … 14.2 s
# On a terminal the line counts the seconds and shows the step that `phase_step` finds in the log. Where the command
# fails, the end of the log is shown and its exit code is returned.
phase() {
    local name=$1 what=$2 begun=${EPOCHREALTIME/[.,]/} log=$LOGS/$1.log code=0 ticker=
    shift 2
    mkdir -p "$LOGS"
    : >"$log"
    if [[ -t 2 ]]; then
        tick "$what" "$log" "$begun" &
        ticker=$!
    else
        say "regie: $what …"
    fi
    "$@" >>"$log" 2>&1 </dev/null || code=$?
    if [[ -n $ticker ]]; then
        kill "$ticker" 2>/dev/null || true
        wait "$ticker" 2>/dev/null || true
        printf '\r\033[K' >&2
    fi
    if ((code == 0)); then
        say "regie: $what … $(seconds_since "$begun") s"
    else
        say "regie: $what failed after $(seconds_since "$begun") s. The end of $log:"
        tail -n 40 "$log" | sed 's/^/  | /' >&2
    fi
    return "$code"
}

# tick WHAT LOG BEGUN: rewrites the line of progress each second until it is killed or the script is gone.
tick() {
    while kill -0 $$ 2>/dev/null; do
        printf '\r\033[Kregie: %s … %s s %s' "$1" "$(seconds_since "$3")" "$(phase_step "$2")" >&2
        sleep 1
    done
}

# phase_step LOG: the module Maven is at, or nothing.
phase_step() {
    sed -n 's/^\[INFO\] Building Regie \(.*\) [0-9.]*  *\[\(.*\)\]$/(\2 \1)/p' "$1" | tail -n 1
}
