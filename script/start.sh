# Starts a program of script/words.sh.

# For every JVM of ours: native calls without a warning, little memory, and the JVM's own words on standard error.
readonly JVM_OPTIONS=(
    --enable-native-access=ALL-UNNAMED
    --sun-misc-unsafe-memory-access=allow
    -XX:+UseSerialGC
    -XX:+UseCompactObjectHeaders
    -Xlog:disable
    -Xlog:all=warning:stderr
)

# start WORD ARGS…: a word of the table, or else something for the command line client. The JVM takes the place of this
# script, so that signals and the exit code are its own.
start() {
    local word=$1 arguments=("${@:2}")
    if [[ -z ${MODULE[$word]:-} ]]; then
        [[ -n ${MODULE[cli]:-} ]] || fail 64 "'$word' is not a word here; ./regie help lists them."
        word=cli
        arguments=("$@")
    fi
    # shellcheck disable=SC2086 # lists of words
    need build ${PACKAGES[$word]} ${PACKAGES["$word ${arguments[0]:-}"]:-}
    build
    local classpath options cache=$APP/$word.aot
    classpath=$(<"$APP/${MODULE[$word]//\//-}.classpath")
    read -ra options <<<"${OPTIONS[$word]}"
    options=("${JVM_OPTIONS[@]}" "-Dregie.root=$ROOT" "${options[@]}")
    # shellcheck disable=SC2086
    if [[ -n ${TRAINING[$word]} && ! -e $cache ]]; then aot "$word" "${MAIN[$word]}" "$classpath" ${TRAINING[$word]}; fi
    if [[ -s $cache ]]; then options+=("-XX:AOTCache=$cache"); fi
    options+=("-Dregie.commit=$(git -C "$ROOT" rev-parse --short=12 HEAD 2>/dev/null || printf unknown)")
    exec "$JAVA" "${options[@]}" -cp "$classpath" "${MAIN[$word]}" "${arguments[@]}"
}

# aot WORD MAIN CLASSPATH ARGUMENTS…: makes the word's ahead-of-time cache by a training run with ARGUMENTS, which has to
# come to an end by itself. It stands beside the jars it was made of, so new jars get a new one. Without it a program
# starts slower and does the same: a failed training is said and leaves an empty file, so that it is not tried each time.
aot() {
    local word=$1 main=$2 classpath=$3
    shift 3
    local cache=$APP/$word.aot part
    part=$(mktemp -d "$APP/$word.aot.XXXXXX")
    if ! phase "aot-$word" "making the start of '$word' fast" "$JAVA" "${options[@]}" \
        "-XX:AOTCacheOutput=$part/cache" -cp "$classpath" "$main" "$@" || [[ ! -s $part/cache ]]; then
        say "regie: starting without the cache"
        : >"$part/cache"
    fi
    mv "$part/cache" "$cache"
    rm -rf "$part"
}
