# Makes sure that what a word needs is on this machine. As root on Debian or Ubuntu the missing packages are installed,
# quietly and once; elsewhere they are named, with the command that gets them.

# need GROUP…: of script/packages.txt.
need() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    if ((${#missing[@]} > 0)); then get_packages "${missing[@]}"; fi
    if [[ " $* " == *" build "* ]]; then
        need_jdk
        fetch_maven
    fi
}

# missing_packages GROUP…: one package a line. The sbin folders count even where a user's PATH leaves them out.
missing_packages() {
    local group package witness
    local PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
    while read -r group package witness; do
        [[ $group != "#"* && " $* " == *" $group "* ]] || continue
        is_there "$witness" || printf '%s\n' "$package"
    done <"$ROOT/script/packages.txt"
}

is_there() {
    if [[ $1 == /* ]]; then compgen -G "$1" >/dev/null; else command -v "$1" >/dev/null; fi
}

# need_jdk: finds a JDK, and where there is none installs the distribution's, if it has one.
need_jdk() {
    local package=openjdk-$JAVA_VERSION-jdk-headless
    if ! has_jdk && can_install && apt-cache show "$package" >/dev/null 2>&1; then get_packages "$package"; fi
    find_jdk
}

can_install() { ((EUID == 0)) && [[ -r /etc/debian_version ]] && command -v apt-get >/dev/null; }

get_packages() {
    can_install || fail 69 "this machine lacks: $*" \
        "Debian and Ubuntu: sudo apt-get install --no-install-recommends $*"
    make_users "$@"
    forbid_starting
    local code=0 stopped=
    trap 'stopped=130' INT
    trap 'stopped=143' TERM
    phase packages "installing $# packages, once ($(shorten "$*"))" install_packages "$@" || code=$?
    trap - INT TERM
    allow_starting
    [[ -z $stopped ]] || exit "$stopped"
    ((code == 0)) || fail 69 "could not install: $*" "Once the cause is mended: apt-get install --no-install-recommends $*"
}

shorten() { if ((${#1} > 40)); then printf '%s…' "${1:0:40}"; else printf '%s' "$1"; fi; }

# The package lists are fetched only where apt can't do without them: they may be missing or out of date. Ctrl-C ends the
# download at once; from then on it waits for the few seconds of unpacking, for half an installation is worse. What
# somebody else left half done is finished first. `stopped` is set by the signals' traps.
install_packages() {
    dpkg --configure -a
    apt_install --download-only "$@" \
        || { [[ -z $stopped ]] && apt_get update && apt_install --download-only "$@"; } || return
    [[ -z $stopped ]] || return 130
    (
        trap '' INT TERM HUP
        apt_install "$@"
    )
}

apt_install() { apt_get install --yes --no-install-recommends "$@"; }

# Waits for another apt that is at work, and never asks.
apt_get() {
    DEBIAN_FRONTEND=noninteractive APT_LISTCHANGES_FRONTEND=none NEEDRESTART_SUSPEND=1 \
        apt-get -q -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 "$@"
}

# libvirt's own packages look for this user, and the part that would make it is one that also starts services.
make_users() {
    [[ " $* " == *" libvirt-daemon "* ]] || return 0
    getent passwd libvirt-qemu >/dev/null && return 0
    useradd --system --user-group --home-dir /var/lib/libvirt --no-create-home --shell /usr/sbin/nologin libvirt-qemu
}

# Packages may bring services (Debian starts them at once): for as long as we install, starting is forbidden by
# Debian's own means, a policy program. One of the administrator's is left alone; one that we left behind when the power
# went is taken for ours by its mark.
readonly POLICY=/usr/sbin/policy-rc.d POLICY_MARK='# made by regie while it installs packages'

forbid_starting() {
    [[ -e $POLICY ]] && ! grep -qF "$POLICY_MARK" "$POLICY" && return 0
    trap allow_starting EXIT
    printf '#!/bin/sh\n%s\nexit 101\n' "$POLICY_MARK" >"$POLICY.new"
    chmod 755 "$POLICY.new"
    mv "$POLICY.new" "$POLICY"
}

allow_starting() {
    if [[ -e $POLICY ]] && grep -qF "$POLICY_MARK" "$POLICY"; then rm -f "$POLICY"; fi
    trap - EXIT
}
