package regie.continuity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import regie.continuity.PowerSwitch.PowerFault;

/** Who may switch a server: read each time from a file of the operator's, and kept nowhere. */
public record Credentials(String user, String password) {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    /** So that it can be logged by nobody by mistake. */
    @Override
    public String toString() {
        return "Credentials[user=%s]".formatted(user);
    }

    /**
     * The user on the first line, the password on the second.
     *
     * @throws PowerFault where the file is not there, not readable by this process, readable by all, or not so
     */
    public static Credentials read(Path folder, String name) throws PowerFault {
        var file = folder.resolve(name);
        try {
            var permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            if (permissions.stream().anyMatch(OTHERS::contains))
                throw new PowerFault("the credentials %s are open to others: chmod 600".formatted(name));
            var lines = Files.readAllLines(file);
            if (lines.size() < 2 || lines.get(0).isBlank())
                throw new PowerFault(
                        "the credentials %s have to be two lines: the user, and the password".formatted(name));
            return new Credentials(lines.get(0).strip(), lines.get(1).strip());
        } catch (IOException e) {
            throw new PowerFault("the credentials %s can't be read: %s"
                    .formatted(name, e.getClass().getSimpleName()));
        }
    }
}
