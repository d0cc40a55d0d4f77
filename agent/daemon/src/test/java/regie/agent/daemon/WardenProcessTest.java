package regie.agent.daemon;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real warden, and real processes in the place of guests. */
class WardenProcessTest {
    private static final UUID GUEST = new UUID(3, 1);
    private static final UUID OTHER = new UUID(3, 2);
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private Board board;
    private WardenProcess warden;

    @BeforeEach
    void watch() throws Exception {
        board = Board.make(folder, Board.UNBOUNDED);
        warden = warden();
    }

    private WardenProcess warden() {
        return new WardenProcess(folder, board, guest -> folder.resolve(guest + ".pid"));
    }

    @AfterEach
    void end() throws Exception {
        var pid = board.pid();
        started.forEach(Process::destroyForcibly);
        Files.delete(board.file().orElseThrow()); // its sign to go
        while (pid > 0 && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) MILLISECONDS.sleep(5);
    }

    @Test
    void guestsEndWhenTheirTimeIsOverAndNotBefore() throws Exception {
        var guest = process(GUEST, GUEST);
        warden.guests(Set.of(GUEST));
        begin();
        long until = Boottime.nanos() + 3 * SECOND; // time enough for a loaded machine to look while it still runs
        board.until(until);
        assertThat(guest.waitFor(900, MILLISECONDS)).isFalse();
        assertThat(board.stopped()).isZero();
        assertThat(guest.waitFor(20, SECONDS)).isTrue();
        assertThat(Boottime.nanos()).as("by a clock of hundredths").isBetween(until - SECOND / 50, until + 10 * SECOND);
        while (!Files.readString(folder.resolve("log")).contains(GUEST + "=" + guest.pid())) MILLISECONDS.sleep(5);
        assertThat(board.stopped()).isBetween(until, Boottime.nanos() + SECOND / 50);
    }

    @Test
    void whatIsGrantedInTimeEndsNobody() throws Exception {
        var guest = process(GUEST, GUEST);
        warden.guests(Set.of(GUEST));
        begin();
        for (int i = 0; i < 25; i++) {
            board.until(Boottime.nanos() + 2 * SECOND);
            assertThat(guest.waitFor(100, MILLISECONDS)).isFalse();
        }
        assertThat(board.stopped()).isZero();
    }

    @Test
    void processThatIsNotTheGuestIsLeftAlone() throws Exception {
        var other = process(OTHER, GUEST); // an old file of process ids, whose number somebody else has got since
        var late = folder.resolve(OTHER + ".pid");
        warden.guests(Set.of(GUEST, OTHER));
        begin();
        board.until(Boottime.nanos());
        while (board.stopped() == 0) MILLISECONDS.sleep(5);
        assertThat(other.waitFor(300, MILLISECONDS)).isFalse();
        Files.writeString(late, other.pid() + "\n"); // as a guest whose start was under way when the time ended
        assertThat(other.waitFor(20, SECONDS)).isTrue();
    }

    @Test
    void newAgentTakesOverTheWardenThatRunsAndReplacesOneThatDied() throws Exception {
        var guest = process(GUEST, GUEST);
        warden.guests(Set.of(GUEST));
        begin();
        long first = board.pid();
        var successor = warden();
        successor.keep(Boottime.nanos());
        assertThat(successor.guests()).containsExactly(GUEST);
        assertThat(board.pid()).isEqualTo(first);
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        while (successor.watches(Boottime.nanos())) MILLISECONDS.sleep(5);
        board.until(Boottime.nanos());
        successor.keep(Boottime.nanos());
        assertThat(guest.waitFor(20, SECONDS)).isTrue();
        while (board.pid() == first) MILLISECONDS.sleep(5);
    }

    private void begin() throws IOException, InterruptedException {
        warden.keep(Boottime.nanos());
        while (!warden.watches(Boottime.nanos())) MILLISECONDS.sleep(5);
    }

    /** A process that bears the one's uid, and whose number is in the other's file. */
    private Process process(UUID bears, UUID filed) throws IOException {
        var process = new ProcessBuilder("perl", "-e", "sleep 60", bears.toString()).start();
        started.add(process);
        Files.writeString(folder.resolve(filed + ".pid"), process.pid() + "\n");
        return process;
    }
}
