package regie.agent.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import regie.agent.contract.Artifact;
import regie.agent.contract.ArtifactSource;

/**
 * Images on this server, each named by its content. A file has its final name only after its size and sha256 were found
 * right. Where room is short those go first that no guest uses and that were asked for longest ago.
 */
final class ArtifactCache implements ArtifactSource {
    /** Where the bytes come from. */
    interface Remote {
        InputStream open(String sha256, long offset) throws IOException;
    }

    private final Path folder;
    private final long bytesMax;
    private final Remote remote;
    private final Supplier<Set<String>> inUse;
    private final Map<String, CompletableFuture<Path>> transfers = new ConcurrentHashMap<>();

    /** Bytes of each file here or on its way, longest unasked first. */
    private final LinkedHashMap<String, Long> held = new LinkedHashMap<>(16, 0.75f, true);

    /** @param inUse the sha256 of what guests need; never evicted */
    ArtifactCache(Path folder, long bytesMax, Remote remote, Supplier<Set<String>> inUse) throws IOException {
        this.folder = folder;
        this.bytesMax = bytesMax;
        this.remote = remote;
        this.inUse = inUse;
        try (var files = Files.list(folder)) {
            var kept = files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}(\\.part)?"))
                    .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .toList();
            for (var file : kept) held.put(file.getFileName().toString().substring(0, 64), Files.size(file));
        }
    }

    @Override
    public Path fetch(Artifact artifact) throws IOException {
        var mine = new CompletableFuture<Path>();
        var others = transfers.putIfAbsent(artifact.sha256(), mine);
        if (others != null) return result(others);
        try {
            mine.complete(have(artifact));
        } catch (IOException | RuntimeException failed) {
            mine.completeExceptionally(failed);
        } finally {
            transfers.remove(artifact.sha256(), mine);
        }
        return result(mine);
    }

    private static Path result(CompletableFuture<Path> transfer) throws IOException {
        try {
            return transfer.join();
        } catch (CompletionException failed) {
            throw new IOException(
                    failed.getCause() == null ? "" : failed.getCause().getMessage(), failed.getCause());
        }
    }

    private Path have(Artifact artifact) throws IOException {
        var file = folder.resolve(artifact.sha256());
        if (Files.exists(file)) return asked(artifact, file);
        makeRoom(artifact);
        var part = folder.resolve(artifact.sha256() + ".part");
        Transfer.run(artifact, part, remote);
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("r--r--r--"));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        SafeFile.sync(folder);
        return file;
    }

    private synchronized Path asked(Artifact artifact, Path file) {
        held.put(artifact.sha256(), artifact.bytes());
        return file;
    }

    private synchronized void makeRoom(Artifact artifact) throws IOException {
        held.remove(artifact.sha256());
        var needed = inUse.get();
        var others = held.entrySet().iterator();
        while (total() + artifact.bytes() > bytesMax && others.hasNext()) {
            var sha256 = others.next().getKey();
            if (needed.contains(sha256) || transfers.containsKey(sha256)) continue;
            Files.deleteIfExists(folder.resolve(sha256));
            Files.deleteIfExists(folder.resolve(sha256 + ".part"));
            others.remove();
        }
        long total = total();
        if (total + artifact.bytes() > bytesMax) {
            throw new IOException("no room for artifact %s: %d MiB of at most %d MiB are in use"
                    .formatted(artifact.sha256(), total >> 20, bytesMax >> 20));
        }
        held.put(artifact.sha256(), artifact.bytes());
    }

    private long total() {
        return held.values().stream().mapToLong(Long::longValue).sum();
    }
}
