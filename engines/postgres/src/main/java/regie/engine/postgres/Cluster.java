package regie.engine.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What lies in the folder: PostgreSQL's own {@code data/}, and the superuser's {@code password} beside it. Only the
 * holder of the folder's lock may use it.
 *
 * <p>{@code data/} is made under a draft name and renamed when complete and on the disk, so one that exists is whole.
 */
record Cluster(Path folder, Binaries binaries, ServiceUser user) {
    static final String SUPERUSER = "regie";

    private static final String DRAFT_PREFIX = "initdb-";
    private static final int PASSWORD_BYTES = 24;
    private static final int INITDB_SECONDS_MAX = 120;

    Path data() {
        return folder.resolve("data");
    }

    /** Makes what is missing, refuses what another major version made, and returns the superuser's password. */
    String prepare(boolean durable) throws PostgresFault, IOException {
        deleteDrafts();
        var password = folder.resolve("password");
        if (Files.exists(data())) {
            mustBeOfThisVersion();
            if (!Files.exists(password)) {
                throw new PostgresFault(
                        PostgresFault.Reason.FOLDER,
                        "%s is missing while %s exists; restore it from a backup".formatted(password, data()));
            }
            return Files.readString(password).strip();
        }
        // The password goes first: a crash between the two leaves one that the next attempt uses.
        if (!Files.exists(password)) writeSecret(password, randomPassword());
        var secret = Files.readString(password).strip();
        make(secret, durable);
        return secret;
    }

    private void mustBeOfThisVersion() throws PostgresFault, IOException {
        var version = data().resolve("PG_VERSION");
        if (!Files.exists(version)) {
            throw new PostgresFault(
                    PostgresFault.Reason.FOLDER,
                    "%s exists but holds no PG_VERSION, so it is no data folder of PostgreSQL; move it away"
                            .formatted(data()));
        }
        var major = Files.readString(version).strip();
        if (!major.equals(Integer.toString(Binaries.MAJOR))) {
            throw new PostgresFault(
                    PostgresFault.Reason.VERSION,
                    "%s was made by PostgreSQL %s and this is PostgreSQL %d; dump it with the old version and restore it into an empty folder"
                            .formatted(data(), major, Binaries.MAJOR));
        }
    }

    private void make(String secret, boolean durable) throws PostgresFault, IOException {
        var draft = Files.createTempDirectory(folder, DRAFT_PREFIX);
        user.own(draft);
        var secretFile = draft.resolve("password");
        writeSecret(secretFile, secret);
        user.own(secretFile);
        var result = Run.toEnd(initdb(draft, secretFile, durable), INITDB_SECONDS_MAX, TimeUnit.SECONDS);
        if (result.exit() != 0) {
            throw new PostgresFault(
                    PostgresFault.Reason.SERVER,
                    "initdb ended with status %d: %s".formatted(result.exit(), result.output()));
        }
        Files.move(draft.resolve("data"), data(), StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(folder);
        Folders.delete(draft);
    }

    private ProcessBuilder initdb(Path draft, Path secretFile, boolean durable) {
        var arguments = new ArrayList<>(List.of(
                "--pgdata=" + draft.resolve("data"),
                "--username=" + SUPERUSER,
                "--pwfile=" + secretFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions"));
        if (!durable) arguments.add("--no-sync");
        return Tether.builder(user, binaries.program("initdb"), arguments, draft);
    }

    private void deleteDrafts() throws IOException {
        try (var entries = Files.newDirectoryStream(folder, DRAFT_PREFIX + "*")) {
            for (var draft : entries) Folders.delete(draft);
        }
    }

    /** Writes a file that is either whole or absent, and that only its owner may read from its first moment. */
    private static void writeSecret(Path file, String secret) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        try (var channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(Objects.requireNonNull(file.getParent()));
    }

    private static String randomPassword() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
