#!/bin/sh
# First process of a host of the lab, alone in its own network, mount and process namespaces. Everything it makes lives in
# them and vanishes with them. Says "ready" once the network is there; libvirtd follows.
#
# host.sh ADDRESS/PREFIX UUID CACHE
#     ADDRESS  of the host on its bridge br0
#     UUID     by which libvirt tells hosts apart
#     CACHE    folder that outlives the host: what libvirt found out of QEMU, 3 s of work
set -eu
address=$1 uuid=$2 cache=$3

# A /run of its own also hides the machine's D-Bus, over which libvirt would ask for services that are not ours.
mount -t tmpfs -o mode=755 run /run
# Without sight of control groups libvirt makes none, so none are left behind. /sys is anew because it shows the network.
umount -R /sys/fs/cgroup 2>/dev/null || true
mount -t sysfs sys /sys

mkdir -p /run/libvirt /run/host/etc /run/host/lib /run/host/log
cat >/run/host/etc/libvirtd.conf <<CONF
listen_tls = 0
listen_tcp = 0
auth_unix_ro = "none"
auth_unix_rw = "none"
unix_sock_group = "root"
unix_sock_rw_perms = "0700"
host_uuid = "$uuid"
log_outputs = "3:stderr"
CONF
# Guests run as root here, which no real host does: the lab's files belong to whoever started it.
cat >/run/host/etc/qemu.conf <<CONF
user = "root"
group = "root"
dynamic_ownership = 0
remember_owner = 0
security_driver = "none"
stdio_handler = "file"
namespaces = []
cgroup_controllers = []
CONF
for folder in etc lib log; do
    target=$(case $folder in etc) echo /etc/libvirt ;; *) echo "/var/$folder/libvirt" ;; esac)
    mkdir -p "$target"
    mount --bind "/run/host/$folder" "$target"
done
mkdir -p /var/cache/libvirt
mount --bind "$cache" /var/cache/libvirt

ip link set lo up
ip link add br0 type bridge
ip addr add "$address" dev br0
ip link set br0 up
echo ready
exec >&2

# A new libvirtd follows one that ended. While the shell waits it also collects the ended QEMUs, whose parent it became:
# for as long as they are not collected libvirt takes them for alive.
while true; do
    libvirtd || true
    sleep 0.2
done
