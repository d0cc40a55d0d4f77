package regie.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.kernel.Actor;
import regie.kernel.Database;
import regie.kernel.Fault;
import regie.kernel.Refused;

/**
 * The bytes of images in the database, from where every server of the room has them: what one took in is there before its import is
 * acknowledged, and whoever lacks it brings it into its own folder when somebody asks.
 */
public final class SharedBytes {
    private static final Logger LOG = LoggerFactory.getLogger(SharedBytes.class);
    private static final int CHUNK = 1 << 20;
    /** What was touched within this stays, whether somebody needs it yet or not. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final Database database;
    private final ImageBytes local;

    public SharedBytes(Database database, ImageBytes local) {
        this.database = database;
        this.local = local;
    }

    /** Puts all that is in the folder of this server where the others find it. */
    public void offerAll() {
        for (var sha256 : local.names()) if (!isWhole(sha256)) offer(sha256, local.path(sha256));
    }

    /**
     * Returns when the database has all of it.
     *
     * @throws Fault where the file can't be read, or the database does not take it
     */
    public void offer(Incoming file) {
        offer(file.sha256(), file.file());
    }

    private void offer(String sha256, Path file) {
        try (var in = Files.newInputStream(file)) {
            long bytes = Files.size(file);
            touch(sha256, bytes);
            if (isWhole(sha256)) return;
            int number = 0;
            for (var chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
                write(sha256, number++, chunk);
            }
            finish(sha256);
        } catch (IOException e) {
            throw new Fault("can't read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private void touch(String sha256, long bytes) {
        database.change(Actor.ROOM, tx -> tx.change("""
                insert into storage.content (sha256, bytes) values (:sha256, :bytes)
                    on conflict (sha256) do update set touched = clock_timestamp()
                """, "sha256", sha256, "bytes", bytes));
    }

    private void write(String sha256, int number, byte[] chunk) {
        database.change(Actor.ROOM, tx -> {
            tx.change(
                    "update storage.content set touched = clock_timestamp() where sha256 = :sha256", "sha256", sha256);
            tx.change("""
                    insert into storage.chunk (sha256, number, data) values (:sha256, :number, :data) on conflict do nothing
                    """, "sha256", sha256, "number", number, "data", chunk);
        });
    }

    private void finish(String sha256) {
        int whole = database.transact(Actor.ROOM, tx -> tx.change("""
                update storage.content c set whole = true, touched = clock_timestamp()
                 where sha256 = :sha256 and bytes = (select sum(octet_length(data)) from storage.chunk k where k.sha256 = c.sha256)
                """, "sha256", sha256));
        if (whole == 0) throw new Fault("the database does not have all of " + sha256);
    }

    private boolean isWhole(String sha256) {
        return size(sha256).isPresent();
    }

    private Optional<Long> size(String sha256) {
        return database.read(tx -> tx.first(
                "select bytes from storage.content where sha256 = :sha256 and whole",
                row -> row.number("bytes"),
                "sha256",
                sha256));
    }

    /** The bytes named {@code sha256}, brought here where another server took them in; empty where there are none. */
    public Optional<SeekableByteChannel> open(String sha256) throws IOException {
        var here = local.open(sha256);
        if (here.isPresent() || !ImageBytes.isName(sha256)) return here;
        var size = size(sha256);
        if (size.isEmpty()) return Optional.empty();
        bring(sha256, size.get());
        return local.open(sha256);
    }

    private synchronized void bring(String sha256, long bytes) throws IOException {
        if (local.has(sha256)) return;
        try (var in = new Chunks(sha256);
                var file = local.take(in, new Announced(bytes, Optional.of(sha256)))) {
            file.keep();
            LOG.info("brought {} here, {} bytes", sha256, bytes);
        } catch (Refused e) {
            throw new IOException(
                    "%s can't be brought here: %s".formatted(sha256, e.refusal().detail()), e);
        }
    }

    /**
     * Deletes what nobody needs.
     *
     * @param stillNeeded gives those of the names that are needed
     * @return how many are gone
     */
    public int sweep(UnaryOperator<Set<String>> stillNeeded) {
        var old = new HashSet<>(database.read(tx -> tx.query(
                "select sha256 from storage.content where touched < clock_timestamp() - make_interval(secs => :kept)",
                row -> row.text("sha256"),
                "kept",
                KEPT.toSeconds())));
        if (old.isEmpty()) return 0;
        old.removeAll(stillNeeded.apply(Set.copyOf(old)));
        if (old.isEmpty()) return 0;
        return database.transact(Actor.ROOM, tx -> tx.change("""
                delete from storage.content
                 where sha256 = any(:names) and touched < clock_timestamp() - make_interval(secs => :kept)
                """, "names", old, "kept", KEPT.toSeconds()));
    }

    /** Reads chunk after chunk. */
    private final class Chunks extends InputStream {
        private final String sha256;
        private int next;
        private byte[] chunk = {};
        private int at;

        Chunks(String sha256) {
            this.sha256 = sha256;
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            if (at == chunk.length && !nextChunk()) return -1;
            int count = Math.min(most, chunk.length - at);
            System.arraycopy(chunk, at, into, from, count);
            at += count;
            return count;
        }

        private boolean nextChunk() {
            var found = database.read(tx -> tx.first(
                    "select data from storage.chunk where sha256 = :sha256 and number = :number",
                    row -> row.bytes("data"),
                    "sha256",
                    sha256,
                    "number",
                    next));
            if (found.isEmpty()) return false;
            chunk = Arrays.copyOf(found.get(), found.get().length);
            at = 0;
            next++;
            return true;
        }
    }
}
