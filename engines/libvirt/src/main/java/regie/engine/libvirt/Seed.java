package regie.engine.libvirt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import regie.agent.contract.Guest.CloudInit;

/** The disk from which a guest's cloud-init reads (data source NoCloud): an ISO 9660 file system labelled {@code cidata}. */
final class Seed {
    private static final long SECONDS_MAX = 30;

    private Seed() {}

    /** Puts it in the place of the one before, readable for its owner alone: it may hold passwords. */
    static void write(Path iso, CloudInit cloudInit) throws IOException {
        var source = Files.createTempDirectory(iso.getParent(), "seed");
        var draft = iso.resolveSibling(source.getFileName() + ".iso");
        var files = List.of(
                file(source, "meta-data", cloudInit.metaData()),
                file(source, "user-data", cloudInit.userData()),
                file(source, "network-config", cloudInit.networkConfig()));
        try {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Command.run(
                    SECONDS_MAX,
                    List.of(
                            "genisoimage",
                            "-quiet",
                            "-output",
                            draft.toString(),
                            "-volid",
                            "cidata",
                            "-joliet",
                            "-rock",
                            source.toString()));
            Files.move(draft, iso, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
            for (var file : files) Files.deleteIfExists(file);
            Files.deleteIfExists(source);
        }
    }

    /** An empty text is no file: cloud-init takes an empty network configuration for "no network at all". */
    private static Path file(Path folder, String name, String text) throws IOException {
        var file = folder.resolve(name);
        if (!text.isEmpty() || !name.equals("network-config")) Files.write(file, text.getBytes(UTF_8));
        return file;
    }
}
