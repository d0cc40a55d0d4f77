# Words to the human. Progress goes to standard error, so that standard output stays the answer.

say() { printf '%s\n' "$*" >&2; }

# fail CODE MESSAGE…: one message per line, then the end. Codes: 64 usage, 69 something is missing, 70 our own fault.
fail() {
    local code=$1
    shift
    printf 'regie: %s\n' "$1" >&2
    shift
    if (($# > 0)); then printf '       %s\n' "$@" >&2; fi
    exit "$code"
}
