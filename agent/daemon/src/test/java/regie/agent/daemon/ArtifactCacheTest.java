package regie.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.contract.Artifact;

class ArtifactCacheTest {
    private static final int SIZE = 600_000;

    private final Map<String, byte[]> room = new HashMap<>();
    private final List<Long> offsets = new ArrayList<>();
    private final Set<String> inUse = new TreeSet<>();
    private final Random random = new Random(7);

    @TempDir
    Path folder;

    private ArtifactCache cache;

    @BeforeEach
    void open() throws IOException {
        cache = cache();
    }

    private ArtifactCache cache() throws IOException {
        return new ArtifactCache(folder, 2 * SIZE, this::serve, () -> inUse);
    }

    @Test
    void artifactIsFetchedOnceAndHasItsContent() throws Exception {
        var artifact = artifact();
        assertThat(Files.readAllBytes(cache.fetch(artifact))).isEqualTo(bytes(artifact));
        cache.fetch(artifact);
        cache().fetch(artifact);
        assertThat(offsets).containsExactly(0L);
    }

    @Test
    void wrongContentIsRefusedAndLeavesNothing() throws Exception {
        var artifact = artifact();
        bytes(artifact)[SIZE / 2]++;
        assertThatThrownBy(() -> cache.fetch(artifact))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sha256");
        assertThat(folder).isEmptyDirectory();
        bytes(artifact)[SIZE / 2]--;
        cache.fetch(artifact);
    }

    @Test
    void wrongSizeIsRefused() throws Exception {
        var artifact = artifact();
        var longer = new Artifact(artifact.role(), artifact.format(), artifact.sha256(), SIZE + 1);
        assertThatThrownBy(() -> cache.fetch(longer)).isInstanceOf(IOException.class);
        var shorter = new Artifact(artifact.role(), artifact.format(), artifact.sha256(), SIZE - 1);
        assertThatThrownBy(() -> cache.fetch(shorter))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too many");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void brokenTransferGoesOnWhereItBroke() throws Exception {
        var artifact = artifact();
        var whole = bytes(artifact);
        var broken = new ArtifactCache(folder, 2 * SIZE, (_, _) -> new Breaking(whole, 400_000), () -> inUse);
        assertThatThrownBy(() -> broken.fetch(artifact))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cable");
        assertThat(Files.readAllBytes(cache.fetch(artifact))).isEqualTo(whole);
        assertThat(offsets).containsExactly(400_000L);
    }

    @Test
    void callersOnOneArtifactShareOneTransfer() throws Exception {
        var artifact = artifact();
        var started = new CountDownLatch(1);
        var slow = new ArtifactCache(
                folder,
                2 * SIZE,
                (sha256, offset) -> {
                    started.countDown();
                    return serve(sha256, offset);
                },
                () -> inUse);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<Path>>();
            for (int caller = 0; caller < 20; caller++) results.add(threads.submit(() -> slow.fetch(artifact)));
            started.await();
            for (var result : results) assertThat(result.get()).hasSize(SIZE);
        }
        assertThat(offsets).containsExactly(0L);
    }

    @Test
    void unusedOnesAskedForLongestAgoMakeRoom() throws Exception {
        var first = artifact();
        var second = artifact();
        var third = artifact();
        cache.fetch(first);
        cache.fetch(second);
        cache.fetch(first);
        cache.fetch(third);
        assertThat(names()).containsExactlyInAnyOrder(first.sha256(), third.sha256());
        inUse.addAll(Set.of(first.sha256(), third.sha256()));
        assertThatThrownBy(() -> cache.fetch(second))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no room");
        assertThat(names()).containsExactlyInAnyOrder(first.sha256(), third.sha256());
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Artifact artifact() throws Exception {
        var bytes = new byte[SIZE];
        random.nextBytes(bytes);
        var sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        room.put(sha256, bytes);
        return new Artifact(Artifact.Role.DISK, Artifact.Format.RAW, sha256, SIZE);
    }

    private byte[] bytes(Artifact artifact) {
        return Objects.requireNonNull(room.get(artifact.sha256()));
    }

    private synchronized InputStream serve(String sha256, long offset) {
        offsets.add(offset);
        var bytes = room.get(sha256);
        assertThat(bytes).isNotNull();
        var stream = new ByteArrayInputStream(bytes);
        assertThat(stream.skip(offset)).isEqualTo(offset);
        return stream;
    }

    /** Gives some bytes and then breaks. */
    private static final class Breaking extends InputStream {
        private final ByteArrayInputStream bytes;

        Breaking(byte[] whole, int until) {
            bytes = new ByteArrayInputStream(whole, 0, until);
        }

        @Override
        public int read() throws IOException {
            int next = bytes.read();
            if (next < 0) throw new IOException("the cable is cut");
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = bytes.read(into, offset, length);
            if (count < 0) throw new IOException("the cable is cut");
            return count;
        }
    }
}
