# Runs the tests. Maven's whole log goes to target/log/test.log; the terminal gets a line per module and test class, and
# script/TestReport.java reads the reports for the closing lines.

# run_tests MAVEN_ARGS…: all modules, even after a failure. Code 1 where a test failed or the build broke.
run_tests() {
    if ((${#WORDS[@]} > 0)); then build; fi
    alone verify "$@"
}

verify() {
    local log=$LOGS/test.log code=0
    mkdir -p "$LOGS"
    forget_reports
    maven -B -ntp --fail-at-end verify -Dmaven.test.failure.ignore=true "$@" </dev/null 2>&1 | tee "$log" | test_progress || code=1
    if ((code != 0)); then
        say "regie: the build broke before all tests had run; the whole log is $log"
        grep '^\[ERROR\] [^ ]' "$log" | grep -vE 'Help 1|re-run Maven|Re-run Maven' | head -n 25 | sed 's/^/  | /' >&2
    fi
    test_report || code=1
    return "$code"
}

# check MAVEN_ARGS…: format first, for it is the fastest; then everything compiles, with its checks as errors; then the
# tests tagged "check", which read the tree itself.
check() {
    alone check_all "$@"
}

check_all() {
    phase format "checking the format" maven -B -ntp spotless:check "$@" \
        || fail 1 "the format is off; ./regie mvn spotless:apply mends it."
    forget_reports
    local code=0
    phase check "compiling everything and checking the rules" \
        maven -B -ntp test -Dgroups=check -Dmaven.test.failure.ignore=true -Dsurefire.failIfNoSpecifiedTests=false "$@" || code=1
    test_report || code=1
    return "$code"
}

# golden MAVEN_ARGS…: the tests tagged "golden" compare with a checked-in file; told so, they write it instead.
golden() {
    alone phase golden "rewriting the golden files" \
        maven -B -ntp test -Dgroups=golden -Dregie.golden=write -Dsurefire.failIfNoSpecifiedTests=false "$@"
    git -C "$ROOT" status --short
}

forget_reports() {
    find "$ROOT" -name node_modules -prune -o -path '*/target/surefire-reports' -prune -print0 | xargs -0 rm -rf
}

test_report() { "$JAVA" "$ROOT/script/TestReport.java" "$ROOT"; }

# test_progress: picks the lines a human waits for out of Maven's log on standard input.
test_progress() {
    local line
    local module='^\[INFO\] Building Regie (.*) [0-9.]+ +\[([0-9]+/[0-9]+)\]$'
    local class='Tests run: ([0-9]+), Failures: ([0-9]+), Errors: ([0-9]+), Skipped: ([0-9]+), Time elapsed: ([0-9.]+) s.* in ([^ ]+)$'
    while IFS= read -r line; do
        if [[ $line =~ $module ]]; then
            printf '[%s] %s\n' "${BASH_REMATCH[2]}" "${BASH_REMATCH[1]}"
        elif [[ $line =~ $class ]]; then
            test_class_line "${BASH_REMATCH[@]:1}"
        fi
    done
}

# test_class_line RUN FAILURES ERRORS SKIPPED SECONDS CLASS
test_class_line() {
    local failed=$(($2 + $3)) word=ok extra=
    if ((failed > 0)); then word=FAILED; fi
    if ((failed > 0)); then extra=", $failed failed"; fi
    if (($4 > 0)); then extra+=", $4 skipped"; fi
    printf '  %-6s %s: %s tests%s, %s s\n' "$word" "$6" "$1" "$extra" "$5"
}
