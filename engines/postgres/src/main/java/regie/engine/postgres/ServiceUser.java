package regie.engine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who PostgreSQL runs as. It refuses to run as root, so root lends it a system user of its own; anybody else runs it
 * as themselves.
 */
sealed interface ServiceUser {
    /** The system user made for PostgreSQL: no home, no shell, no password. */
    String NAME = "regie-postgres";

    /** How many times another process may be faster in making the user. */
    int ATTEMPTS_MAX = 3;

    /** Switches to a system user of its own. */
    record Own(String name) implements ServiceUser {}

    /** Stays the user that this JVM runs as. */
    record Present() implements ServiceUser {}

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Returns the user for this JVM's servers; as root, makes the system user when it is missing. */
    static ServiceUser forThisJvm() throws PostgresFault {
        if (!isRoot()) return new Present();
        for (int attempt = 1; !exists(NAME); attempt++) {
            var output = make(NAME);
            if (attempt == ATTEMPTS_MAX && !exists(NAME)) {
                throw new PostgresFault(
                        PostgresFault.Reason.MACHINE,
                        "The system user %s for PostgreSQL could not be made; make it with \"useradd --system %s\". useradd said: %s"
                                .formatted(NAME, NAME, output));
            }
        }
        return new Own(NAME);
    }

    /** Puts what is needed in front of {@code command} so that it runs as this user. */
    default List<String> command(List<String> setprivOptions, List<String> command) {
        var whole = new ArrayList<String>();
        whole.add("setpriv");
        if (this instanceof Own(var name)) {
            whole.addAll(List.of("--reuid", name, "--regid", name, "--clear-groups"));
        }
        whole.add("--no-new-privs");
        whole.addAll(setprivOptions);
        whole.add("--");
        whole.addAll(command);
        return whole;
    }

    /** Gives {@code path} to this user. */
    default void own(Path path) throws IOException {
        if (!(this instanceof Own(var name))) return;
        var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        var people = path.getFileSystem().getUserPrincipalLookupService();
        view.setOwner(people.lookupPrincipalByName(name));
        view.setGroup(people.lookupPrincipalByGroupName(name));
    }

    /** Refuses a folder that lies behind one which this user may not pass, and names the closed one. */
    default void mustReach(Path folder) throws PostgresFault, IOException {
        if (!(this instanceof Own(var name))) return;
        for (var step = folder; step != null; step = step.getParent()) {
            var open = Files.getPosixFilePermissions(step).contains(PosixFilePermission.OTHERS_EXECUTE)
                    || Files.getOwner(step).getName().equals(name);
            if (!open) {
                throw new PostgresFault(
                        PostgresFault.Reason.FOLDER,
                        "PostgreSQL runs as %s, which may not pass through %s; choose a folder elsewhere than %s, or \"chmod o+x %s\""
                                .formatted(name, step, folder, step));
            }
        }
    }

    private static boolean exists(String name) throws PostgresFault {
        try {
            var people = Path.of("/").getFileSystem().getUserPrincipalLookupService();
            people.lookupPrincipalByName(name);
            people.lookupPrincipalByGroupName(name);
            return true;
        } catch (UserPrincipalNotFoundException _) {
            return false;
        } catch (IOException e) {
            throw new PostgresFault(PostgresFault.Reason.MACHINE, "This machine's users cannot be read", e);
        }
    }

    /** Returns what {@code useradd} said; another process may have made the user meanwhile, which is as good. */
    private static String make(String name) throws PostgresFault {
        var builder = new ProcessBuilder(
                        "useradd",
                        "--system",
                        "--user-group",
                        "--no-create-home",
                        "--home-dir",
                        "/nonexistent",
                        "--shell",
                        "/usr/sbin/nologin",
                        name)
                .redirectErrorStream(true);
        try {
            return Run.toEnd(builder, 30, TimeUnit.SECONDS).output();
        } catch (IOException e) {
            throw new PostgresFault(PostgresFault.Reason.MACHINE, "useradd could not be run: " + e.getMessage(), e);
        }
    }
}
