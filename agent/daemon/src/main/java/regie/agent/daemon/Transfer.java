package regie.agent.daemon;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import regie.agent.contract.Artifact;

/** Brings one artifact into a file, going on where an earlier try broke off, and proves its content. */
final class Transfer {
    private static final int BUFFER_BYTES = 256 * 1024;

    private Transfer() {}

    /** @throws IOException where the transfer broke off, to be gone on with, or the content is wrong, to be begun anew */
    static void run(Artifact artifact, Path part, ArtifactCache.Remote remote) throws IOException {
        var digest = sha256();
        long had = again(artifact, part, digest);
        try (var file = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                var from = remote.open(artifact.sha256(), had)) {
            var into = new DigestOutputStream(file, digest);
            var buffer = new byte[BUFFER_BYTES];
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                had += count;
                if (had > artifact.bytes()) break;
                into.write(buffer, 0, count);
            }
        }
        var got = HexFormat.of().formatHex(digest.digest());
        if (had == artifact.bytes() && got.equals(artifact.sha256())) {
            force(part);
            return;
        }
        Files.delete(part);
        throw new IOException("what came as artifact %s has %s bytes and sha256 %s, and not %d bytes"
                .formatted(artifact.sha256(), had > artifact.bytes() ? "too many" : had, got, artifact.bytes()));
    }

    /** @return how many bytes are there already and gone into {@code digest} */
    private static long again(Artifact artifact, Path part, MessageDigest digest) throws IOException {
        if (!Files.exists(part)) return 0;
        long had = Files.size(part);
        if (had > artifact.bytes()) {
            Files.delete(part);
            return 0;
        }
        try (var into = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(part, into);
        }
        return had;
    }

    private static void force(Path part) throws IOException {
        try (var channel = java.nio.channels.FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
