package regie.engine.libvirt;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import regie.agent.contract.Artifact;

/**
 * Where the files of one guest are.
 *
 * @param kernel with {@code initrd}: what it boots directly; both or neither
 * @param base what its own disk begins as; empty where that begins blank
 * @param disk its own disk, that it may write to; empty where it claims none
 * @param cdrom what it boots where its disk is blank
 * @param seed the NoCloud disk
 * @param consoleSocket the serial console, for one client at a time
 * @param consoleLog all that the guest wrote to its serial console
 */
record GuestFiles(
        Optional<Path> kernel,
        Optional<Path> initrd,
        Optional<Path> base,
        Optional<Path> disk,
        Optional<Path> cdrom,
        Path seed,
        Path consoleSocket,
        Path consoleLog) {

    /** By what they are: those that another host has elsewhere. */
    Map<String, String> named() {
        var named = new LinkedHashMap<String, String>();
        kernel.ifPresent(path -> named.put("kernel", path.toString()));
        initrd.ifPresent(path -> named.put("initrd", path.toString()));
        base.ifPresent(path -> named.put("base", path.toString()));
        disk.ifPresent(path -> named.put("disk", path.toString()));
        cdrom.ifPresent(path -> named.put("cdrom", path.toString()));
        named.put("seed", seed.toString());
        named.put("console", consoleSocket.toString());
        named.put("log", consoleLog.toString());
        return named;
    }

    /** What is wrong with {@code artifacts} as something to boot from; empty where nothing is. */
    static Optional<String> flaw(List<Artifact> artifacts) {
        var roles = artifacts.stream().map(Artifact::role).sorted().toList();
        if (roles.equals(List.of(Artifact.Role.KERNEL, Artifact.Role.INITRD))
                || roles.equals(List.of(Artifact.Role.DISK))
                || roles.equals(List.of(Artifact.Role.CDROM))) {
            return Optional.empty();
        }
        return Optional.of("a guest boots from a KERNEL with an INITRD, or a DISK, or a CDROM; it was given " + roles);
    }
}
