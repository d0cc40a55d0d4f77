# The pinned Maven. It is fetched once through the system's own mvn, so that the mirrors, proxies and credentials of the
# user's settings hold, and kept outside the repository.

readonly MAVEN_VERSION=3.9.16

# maven ARGS…: runs the pinned Maven on the JDK found, in the root of the repository.
maven() {
    fetch_maven
    find_jdk
    (cd "$ROOT" && "$CACHE/apache-maven-$MAVEN_VERSION/bin/mvn" "$@")
}

fetch_maven() {
    local home=$CACHE/apache-maven-$MAVEN_VERSION
    [[ ! -x $home/bin/mvn ]] || return 0
    command -v mvn >/dev/null || fail 69 "needs Maven to fetch Maven $MAVEN_VERSION." "Debian and Ubuntu: apt-get install maven"
    say "regie: fetching Maven $MAVEN_VERSION"
    mkdir -p "$CACHE"
    # Unpacked beside its place and then renamed: an interrupted or a second run at the same time leaves no half Maven.
    local work
    work=$(mktemp -d "$CACHE/maven.XXXXXX")
    # Run in an empty folder: this older Maven is not to read our pom.
    if ! (cd "$work" && mvn -B -q "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy" -DoutputDirectory=. \
        -Dartifact="org.apache.maven:apache-maven:$MAVEN_VERSION:tar.gz:bin" >&2); then
        rm -rf "$work"
        fail 69 "could not fetch Maven $MAVEN_VERSION; the lines above say why."
    fi
    tar -xzf "$work/apache-maven-$MAVEN_VERSION-bin.tar.gz" -C "$work"
    mv -T "$work/apache-maven-$MAVEN_VERSION" "$home" 2>/dev/null || [[ -x $home/bin/mvn ]]
    rm -rf "$work"
}
