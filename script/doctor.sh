# Looks at the machine. The doctor is compiled by the JDK alone, in a second or two and only when it changed: it has to
# speak where packages or Maven are missing and nothing can be built.

# doctor ARGS…: its exit code is the doctor's.
doctor() {
    find_jdk
    local sources=$ROOT/doctor/src/main/java/regie/doctor classes
    classes=$CACHE/doctor/$(cat "$sources"/*.java "$JAVA_HOME/release" | sha256sum | cut -c1-16)
    if [[ ! -d $classes ]]; then compile_doctor "$sources" "$classes"; fi
    exec "$JAVA" "${JVM_OPTIONS[@]}" -XX:TieredStopAtLevel=1 "-Dregie.root=$ROOT" -cp "$classes" regie.doctor.Main "$@"
}

# compile_doctor SOURCES FOLDER: beside its place and then renamed.
compile_doctor() {
    local work
    mkdir -p "${2%/*}" || fail 69 "can't write to ${2%/*}; set XDG_CACHE_HOME to a folder of yours"
    work=$(mktemp -d "$2.XXXXXX")
    # package-info.java speaks to the checks of the real build, which has its annotations.
    find "$1" -name '*.java' ! -name package-info.java -print0 | xargs -0 "$JAVA_HOME/bin/javac" -d "$work" >&2 \
        || { rm -rf "$work"; fail 70 "the doctor does not compile; ./regie check says more"; }
    mv -T "$work" "$2" 2>/dev/null || rm -rf "$work"
}
