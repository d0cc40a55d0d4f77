package regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Processor time of those who take part, in seconds: unlike times by the wall it hangs little on what else the machine does.
 *
 * @param client this process
 */
record ProcessorTime(double room, double postgres, double client) {
    /** Of the kernel's clock: user, system, and both again of children that ended. */
    private static final int FIRST_FIELD = 11;

    private static final double TICKS_PER_SECOND = 100;

    static ProcessorTime of(ProcessHandle room) throws IOException {
        double postgres = 0;
        for (var child : room.descendants().toList()) postgres += seconds(child, true);
        return new ProcessorTime(seconds(room, false), postgres, seconds(ProcessHandle.current(), false));
    }

    ProcessorTime since(ProcessorTime before) {
        return new ProcessorTime(room - before.room, postgres - before.postgres, client - before.client);
    }

    /** Such as {@code room 123, PostgreSQL 45, client 6}, in microseconds for each of {@code count}. */
    String microsOfEach(double count) {
        return "room %.0f, PostgreSQL %.0f, client %.0f"
                .formatted(room / count * 1e6, postgres / count * 1e6, client / count * 1e6);
    }

    private static double seconds(ProcessHandle process, boolean withEnded) throws IOException {
        try {
            var text = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            double ticks = 0;
            for (int at = FIRST_FIELD; at < FIRST_FIELD + (withEnded ? 4 : 2); at++)
                ticks += Double.parseDouble(fields[at]);
            return ticks / TICKS_PER_SECOND;
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }
}
