# The pinned Maven. It is fetched once through the system's own mvn, so that the mirrors, proxies and credentials of the
# user's settings hold, and kept outside the repository.

readonly MAVEN_VERSION=3.9.16

# maven ARGS…: runs the pinned Maven on the JDK found, in the root of the repository. Needs the group `build`.
maven() {
    (cd "$ROOT" && "$CACHE/apache-maven-$MAVEN_VERSION/bin/mvn" "$@")
}

# Unpacked beside its place and then renamed: an interrupted run, or two at the same time, leave no half Maven.
fetch_maven() {
    local home=$CACHE/apache-maven-$MAVEN_VERSION work
    [[ ! -x $home/bin/mvn ]] || return 0
    mkdir -p "$CACHE"
    work=$(mktemp -d "$CACHE/maven.XXXXXX")
    if phase maven "fetching Maven $MAVEN_VERSION, once" copy_maven "$work"; then
        mv -T "$work/apache-maven-$MAVEN_VERSION" "$home" 2>/dev/null || true
    fi
    rm -rf "$work"
    [[ -x $home/bin/mvn ]] || fail 69 "could not fetch Maven $MAVEN_VERSION" \
        "Where only mirrors can be reached, name them in ~/.m2/settings.xml; $LOGS/maven.log says more."
}

# Run in an empty folder: the system's older Maven is not to read our pom.
copy_maven() {
    (cd "$1" && mvn -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -DoutputDirectory=. \
        -Dartifact="org.apache.maven:apache-maven:$MAVEN_VERSION:tar.gz:bin") || return
    tar -xzf "$1/apache-maven-$MAVEN_VERSION-bin.tar.gz" -C "$1"
}
