# Builds all modules into one runnable folder, target/app/KEY: lib/ with every jar, and per program a file NAME.classpath.
# KEY tells the sources apart, so an existing folder is up to date by definition, going back to an earlier commit costs
# nothing, and a program that runs from an older folder keeps its jars.

readonly APPS_KEPT=3

# build: sets APP to the folder of the present sources.
build() {
    [[ -n ${JAVA_HOME:-} ]] || find_jdk
    APP=$ROOT/target/app/$(source_key)
    [[ ! -d $APP ]] || return 0
    alone build_app
}

# source_key: what of the tree and of the JDK goes into the jars. Names, sizes and times are enough, and cheap.
source_key() {
    {
        cat "$JAVA_HOME/release"
        cd "$ROOT"
        find . \( -name target -o -name node_modules -o -name .git -o -path '*/src/test' -o -path ./docs \) -prune \
            -o -type f ! -name '*.md' -printf '%P %s %T@\n' | LC_ALL=C sort
    } | sha256sum | cut -c1-16
}

# alone COMMAND…: one build at a time in this tree. The lock is not handed to what COMMAND leaves running.
alone() {
    mkdir -p "$ROOT/target"
    exec {lock}>"$ROOT/target/build.lock"
    flock --nonblock "$lock" || { say "regie: waiting for another build in this tree"; flock "$lock"; }
    ("$@") {lock}>&-
    exec {lock}>&-
}

build_app() {
    [[ ! -d $APP ]] || return 0
    phase build "building" maven -B -ntp package -Dmaven.test.skip=true
    local work=$APP.part program
    rm -rf "$work"
    mkdir -p "$work/lib"
    for program in $(programs); do collect "$program" "$work"; done
    # The command line's parser alone is compiled for a Java that the ahead-of-time cache passes over.
    "$JAVA_HOME/bin/java" "$ROOT/script/NewerClasses.java" "$work"/lib/picocli-*.jar
    mv "$work" "$APP"
    find "$ROOT/target/app" -mindepth 1 -maxdepth 1 -printf '%T@ %p\n' | sort -rn | tail -n +$((APPS_KEPT + 1)) \
        | cut -d' ' -f2- | xargs -r rm -rf
}

# collect MODULE FOLDER: the module's jar and all that it needs, which Maven wrote to target/classpath.txt. They are
# copied, for Maven writes over its own.
collect() {
    local module=$ROOT/$1 folder=$2 jar names=()
    while IFS= read -r jar; do
        cp -p "$jar" "$folder/lib/"
        names+=("$APP/lib/${jar##*/}")
    done < <(printf '%s\n' "$module"/target/regie-*.jar; tr ':' '\n' <"$module/target/classpath.txt"; echo)
    local IFS=:
    printf '%s' "${names[*]}" >"$folder/${1//\//-}.classpath"
}

clean() {
    find "$ROOT" -name node_modules -prune -o -name pom.xml -printf '%h/target\0' | xargs -0 rm -rf
}
