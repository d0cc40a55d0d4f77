package regie.agent.daemon;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What agent and warden tell each other: numbers in a file of the host's lease that both see at once and that outlives either, though
 * not the machine's boot, after which no guest runs. Telling costs one store to memory: no disk and no other process has to answer.
 * Times are {@link Boottime#nanos}.
 */
final class Board {
    /** Nothing bounds the guests. */
    static final long UNBOUNDED = Long.MAX_VALUE;

    private static final String SUFFIX = ".board";
    private static final int BYTES = 64;
    private static final VarHandle NUMBER = JAVA_LONG.varHandle();
    private static final long UNTIL = 0;
    /** Written after it; where an end between the two makes them differ, the smaller one counts. */
    private static final long MIRROR = 8;

    private static final long STOPPED = 16;
    private static final long HEEDED = 24;
    private static final long ALIVE = 32;
    private static final long PID = 40;

    private final Optional<Path> file;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment numbers;

    private Board(long until) {
        file = Optional.empty();
        numbers = arena.allocate(BYTES, Long.BYTES);
        until(until);
    }

    private Board(Path file) throws IOException {
        this.file = Optional.of(file);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() != BYTES)
                throw new IOException("%s has %d bytes, not %d".formatted(file, channel.size(), BYTES));
            numbers = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, arena);
        }
    }

    /** Seen by nobody outside of this process; good for as long as nothing has to be known of it afterwards. */
    static Board inMemory(long until) {
        return new Board(until);
    }

    /** Of this boot; empty where there is none yet. */
    static Optional<Board> find(Path folder) throws IOException {
        var file = folder.resolve(Boottime.boot() + SUFFIX);
        return Files.exists(file) ? Optional.of(new Board(file)) : Optional.empty();
    }

    /** Hangs up a new one; those of former boots go. */
    static Board make(Path folder, long until) throws IOException {
        SafeFile.folder(folder, "rwx------");
        try (var old = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var each : old) Files.deleteIfExists(each);
        }
        var bytes = ByteBuffer.allocate(BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(until)
                .putLong(until);
        var file = folder.resolve(Boottime.boot() + SUFFIX);
        SafeFile.write(file, bytes.array(), false);
        return new Board(file);
    }

    /** Empty where it is in memory only. */
    Optional<Path> file() {
        return file;
    }

    /** Until when guests may run, or {@link #UNBOUNDED}. */
    long until() {
        return Math.min(get(UNTIL), get(MIRROR));
    }

    void until(long until) {
        NUMBER.setVolatile(numbers, UNTIL, until);
        NUMBER.setVolatile(numbers, MIRROR, until);
    }

    /** When guests were last stopped because the lease had ended; 0 never. */
    long stopped() {
        return get(STOPPED);
    }

    /** For a warden inside of this process. */
    void stopped(long now) {
        NUMBER.setVolatile(numbers, STOPPED, now);
    }

    /** The newest {@link #stopped} that the lease knows of. */
    long heeded() {
        return get(HEEDED);
    }

    void heeded(long stopped) {
        NUMBER.setVolatile(numbers, HEEDED, stopped);
    }

    /** When the warden last looked; 0 never. */
    long alive() {
        return get(ALIVE);
    }

    /** Process id of the warden that looked last, as that one sees it; 0 where none did. */
    long pid() {
        return get(PID);
    }

    private long get(long place) {
        return (long) NUMBER.getVolatile(numbers, place);
    }
}
