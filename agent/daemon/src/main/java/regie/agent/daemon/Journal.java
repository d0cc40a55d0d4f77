package regie.agent.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Report;

/**
 * What simulated hosts truly run, for who judges from outside: a line whenever it may have changed, {@code HOST UID/EPOCH …}, with
 * the guests whose process lives. Each line is written at once and whole, so several agents may share one file, and its order is
 * the order in which things happened.
 */
final class Journal {
    private final FileChannel file;

    /** @throws IOException where {@code path} can't be written */
    Journal(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** It is written when this returns, and survives the end of this process. */
    void write(Report truth) {
        var alive = truth.guests().stream()
                .filter(guest -> guest.state() == State.RUNNING || guest.state() == State.STARTING)
                .map(Journal::word)
                .collect(Collectors.joining());
        try {
            file.write(ByteBuffer.wrap((truth.host() + alive + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException broken) {
            throw new UncheckedIOException("the journal of simulated hosts can't be written", broken);
        }
    }

    private static String word(GuestSeen guest) {
        return " %s/%d".formatted(guest.uid(), guest.epoch());
    }
}
