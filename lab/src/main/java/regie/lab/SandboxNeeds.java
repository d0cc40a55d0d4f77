package regie.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What this machine must have for a {@link SandboxHost}. */
final class SandboxNeeds {
    private static final List<String> PROGRAMS =
            List.of("setpriv", "unshare", "nsenter", "mount", "ip", "libvirtd", "qemu-system-x86_64", "qemu-img");
    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/local/sbin"),
            Path.of("/usr/local/bin"),
            Path.of("/usr/sbin"),
            Path.of("/usr/bin"),
            Path.of("/sbin"),
            Path.of("/bin"));

    private SandboxNeeds() {}

    /** Why there can be no host here, in words for a human; empty where there can. */
    static Optional<String> missing() {
        try {
            if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
                return Optional.of("only root can make namespaces and bridges here");
            }
            var lacking = PROGRAMS.stream().filter(SandboxNeeds::lacks).toList();
            if (!lacking.isEmpty()) return Optional.of("this machine lacks " + String.join(", ", lacking));
            if (!Files.exists(Path.of("/dev/net/tun"))) return Optional.of("this kernel has no /dev/net/tun");
            Command.run(10, List.of("unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc", "true"));
            return Optional.empty();
        } catch (IOException | UnsupportedOperationException trouble) {
            return Optional.of("no namespaces here: " + trouble.getMessage());
        }
    }

    private static boolean lacks(String program) {
        return FOLDERS.stream().noneMatch(folder -> Files.isExecutable(folder.resolve(program)));
    }
}
