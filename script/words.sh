# The words of ./regie that are programs: the one table to fill when a program comes into being.
#
# program WORD MODULE MAIN HELP [packages=GROUPS] [training=ARGUMENTS] [options=JVM_OPTIONS]
#     MODULE    the folder of the Maven module; its pom names the plugin maven-dependency-plugin (see CONTRIBUTING.md)
#     packages  groups of script/packages.txt that have to be there
#     training  arguments of a run that ends by itself and does what a start does; makes the ahead-of-time cache
#     options   for the JVM, beside those of script/start.sh
# The word `cli` is the command line client: it takes every word that stands neither here nor in ./regie.

declare -A MODULE=() MAIN=() HELP=() PACKAGES=() TRAINING=() OPTIONS=()
WORDS=()

program() {
    local word=$1 setting
    WORDS+=("$word")
    MODULE[$word]=$2 MAIN[$word]=$3 HELP[$word]=$4 PACKAGES[$word]= TRAINING[$word]= OPTIONS[$word]=
    for setting in "${@:5}"; do
        case $setting in
            packages=*) PACKAGES[$word]=${setting#*=} ;;
            training=*) TRAINING[$word]=${setting#*=} ;;
            options=*) OPTIONS[$word]=${setting#*=} ;;
            *) fail 70 "script/words.sh: '$setting' of $word is no setting" ;;
        esac
    done
}

program agent agent/daemon regie.agent.daemon.Agent "the agent of one server, or of a range of simulated ones" \
    training=--help
program bench bench regie.bench.Bench "measures what the program can do; ./regie bench lists what" packages=hypervisor
# What one benchmark alone is held against.
PACKAGES["bench hail"]=hail
program cli cli regie.cli.Main "the command line client" training=rehearse options=-XX:TieredStopAtLevel=1
program demo lab regie.lab.Demo "two hosts, three real machines, one killed and replaced; ./regie demo --help" packages=hypervisor
program lab bench regie.bench.Lab "experiments on files of yours; ./regie lab --help"
program up server regie.server.Main "starts the control room; ./regie up --help" training=--rehearse \
    options="-Xms16m -Xmx512m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:TrimNativeHeapInterval=10000"

# programs: the modules of the table, each once.
programs() {
    if ((${#MODULE[@]} > 0)); then printf '%s\n' "${MODULE[@]}" | sort -u; fi
}

help() {
    local word
    echo "Usage: ./regie WORD [ARGUMENT…]"
    echo
    for word in ${WORDS[@]+"${WORDS[@]}"}; do
        if [[ $word != cli ]]; then help_line "$word" "${HELP[$word]}"; fi
    done
    help_line doctor "what this machine can do, and what to do about the rest; ./regie doctor --help"
    help_line test "sets up what the tests need and runs them all; ./regie test -pl kernel -am runs some"
    help_line check "format, compile-time checks, tidy rules, checked-in contracts up to date"
    help_line golden "rewrites the golden files and contracts from what the code says now"
    help_line build "builds what the other words run; they do it by themselves"
    help_line mvn "the pinned Maven on the JDK found: ./regie mvn spotless:apply"
    help_line clean "removes everything a build made"
    if [[ -n ${MODULE[cli]:-} ]]; then
        echo
        echo "Any other word goes to the command line client: ./regie get --help"
    fi
}

help_line() { printf '  %-8s %s\n' "$1" "$2"; }
