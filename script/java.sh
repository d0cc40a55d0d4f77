# Finds a JDK of the version the project is written in. No path is fixed: each candidate is asked by its `release` file.

readonly JAVA_VERSION=25

# has_jdk: sets JAVA_HOME and JAVA where there is one.
has_jdk() {
    local candidate
    while IFS= read -r candidate; do
        candidate=${candidate%/}
        if is_jdk "$candidate"; then
            export JAVA_HOME=$candidate
            JAVA=$JAVA_HOME/bin/java
            return 0
        fi
    done < <(jdk_candidates)
    return 1
}

# find_jdk: the same, or says how to get one and ends.
find_jdk() {
    has_jdk || fail 69 "needs a JDK $JAVA_VERSION, and none was found in JAVA_HOME, on the PATH or in the usual folders." \
        "Debian 13, Ubuntu 25.10 and newer: apt-get install openjdk-$JAVA_VERSION-jdk-headless" \
        "Elsewhere: unpack any OpenJDK $JAVA_VERSION build (Eclipse Temurin, Zulu, Corretto, …) and set JAVA_HOME to it."
}

# is_jdk FOLDER: true where FOLDER holds a JDK (with a compiler) of the right version.
is_jdk() {
    [[ -x $1/bin/javac && -r $1/release ]] && grep -Eq "^JAVA_VERSION=\"$JAVA_VERSION([.+\"-]|\$)" "$1/release"
}

# jdk_candidates: JAVA_HOME first, then the PATH, then the folders where distributions and tools put JDKs.
jdk_candidates() {
    if [[ -n ${JAVA_HOME:-} ]]; then printf '%s\n' "$JAVA_HOME"; fi
    local javac
    if javac=$(command -v javac); then dirname "$(dirname "$(readlink -f "$javac")")"; fi
    local parent
    for parent in /usr/lib/jvm /usr/lib64/jvm /usr/java /usr/local/lib/jvm /opt /opt/java /opt/jdk \
        "${HOME:-/root}/.jdks" "${HOME:-/root}/.sdkman/candidates/java" "${HOME:-/root}/.local/share/mise/installs/java"; do
        if [[ -d $parent ]]; then printf '%s\n' "$parent"/*/; fi
    done
}
