package regie.engine.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once per version and then shared by every server of the machine.
 *
 * <p>They are unpacked beside their place and renamed into it when complete, so nobody ever sees half of them, and two
 * processes that unpack at the same moment do no harm.
 */
record Binaries(Path folder) {
    /** The version inside the archive; a test compares it with what the programs say of themselves. */
    static final String VERSION = "18.6";

    static final int MAJOR = 18;

    /** Followed by the pid of the process that unpacks, a dash and a random number. */
    private static final String DRAFT_PREFIX = ".unpacking-";

    private static final String ARCHIVE = "postgres-linux-x86_64.txz";

    /** Returns the programs below {@code cache}, unpacking them first where they are missing. */
    static Binaries unpacked(Path cache, ServiceUser user) throws PostgresFault {
        var system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.equals("Linux amd64")) {
            throw new PostgresFault(
                    PostgresFault.Reason.MACHINE,
                    "The embedded PostgreSQL runs on Linux amd64, not on %s; give the URL of an external PostgreSQL"
                            .formatted(system));
        }
        var place = cache.resolve("postgresql-" + VERSION);
        try {
            Folders.make(cache, "rwxr-xr-x");
            user.mustReach(cache.toRealPath());
            if (!Files.isDirectory(place)) unpackTo(place);
            mustBeTrusted(place);
            return new Binaries(place.toRealPath());
        } catch (IOException e) {
            throw new PostgresFault(
                    PostgresFault.Reason.FOLDER,
                    "PostgreSQL's programs could not be unpacked to %s: %s".formatted(place, e),
                    e);
        }
    }

    /** Returns the path of {@code postgres}, {@code initdb} or {@code pg_ctl}. */
    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    /** Root must not run programs which somebody else could have put there. */
    private static void mustBeTrusted(Path place) throws PostgresFault, IOException {
        var owner = Files.getOwner(place).getName();
        if (ServiceUser.isRoot() && !owner.equals("root")) {
            throw new PostgresFault(
                    PostgresFault.Reason.FOLDER,
                    "%s belongs to %s, not to root; delete it or choose another folder for the programs"
                            .formatted(place, owner));
        }
    }

    private static void unpackTo(Path place) throws IOException {
        var cache = Objects.requireNonNull(place.getParent());
        deleteDraftsOfTheDead(cache);
        var draft = Files.createTempDirectory(
                cache, DRAFT_PREFIX + ProcessHandle.current().pid() + "-");
        try {
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            try (var archive = archive();
                    var tar = new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(archive)))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    if (isNeeded(entry)) unpack(entry, tar, draft);
                }
            }
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (!Files.isDirectory(place)) throw e; // otherwise somebody else was faster
        } finally {
            Folders.delete(draft);
        }
    }

    private static void deleteDraftsOfTheDead(Path cache) throws IOException {
        try (var drafts = Files.newDirectoryStream(cache, DRAFT_PREFIX + "*-*")) {
            for (var draft : drafts) {
                var name = draft.getFileName().toString();
                var pid = Long.parseLong(name.substring(DRAFT_PREFIX.length(), name.lastIndexOf('-')));
                if (ProcessHandle.of(pid).isEmpty()) Folders.delete(draft);
            }
        }
    }

    private static InputStream archive() throws IOException {
        var loader = Binaries.class.getClassLoader();
        var archive = loader == null ? null : loader.getResourceAsStream(ARCHIVE);
        if (archive == null) throw new IOException("the class path lacks " + ARCHIVE);
        return archive;
    }

    /** Leaves out what is only for compiling C against PostgreSQL. */
    private static boolean isNeeded(TarArchiveEntry entry) {
        var name = entry.getName();
        return !name.endsWith(".a") && !name.contains("/pkgconfig") && !name.contains("/pgxs");
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path draft) throws IOException {
        var target = draft.resolve(entry.getName()).normalize();
        if (!target.startsWith(draft)) throw new IOException("the archive reaches outside: " + entry.getName());
        if (entry.isDirectory()) {
            Folders.make(target, "rwxr-xr-x");
            return;
        }
        Folders.make(Objects.requireNonNull(target.getParent()), "rwxr-xr-x");
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            var program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
