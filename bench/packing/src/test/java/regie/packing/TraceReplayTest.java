package regie.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays are counted by hand, and no choice hangs on anything that comes later. */
final class TraceReplayTest {
    @TempDir
    private Path folder;

    @Test
    void hostsAndBoundAreCountedAtTheEndOfEachStep() throws IOException {
        write("v1.txt", "300 a,a,|,b,|\n600 a,|\n900 b,|\n");
        write("v1.c1200.txt", "300 U1,U2,|,C2,|\n600 U0,|\n900 C0,|\n");
        maps();
        var replay = TraceReplay.all(folder).getFirst().firstFit();
        // Step 1: a a b on 30 + 30 + 10 cores: two hosts, bound 2. Step 2: the first a has gone; the third takes its
        // room.
        // Step 3: both other a have gone, b and b stay: one host.
        assertThat(replay.meanHosts()).isEqualTo((2 + 2 + 1) / 3.0);
        assertThat(replay.meanBound()).isEqualTo((2 + 2 + 1) / 3.0);
        assertThat(replay.peakHosts()).isEqualTo(2);
        assertThat(replay.placements()).isEqualTo(5);
    }

    @Test
    void noChoiceKnowsWhatComes() {
        int change = 60;
        var one = random(0, change);
        var other = random(1, change);
        assertThat(one.guests()).isNotEqualTo(other.guests());
        assertThat(hosts(one, change)).isEqualTo(hosts(other, change));
        assertThat(hosts(one, 100)).isNotEqualTo(hosts(other, 100));
    }

    @Test
    void migrationsStayWithinOneForEachHundredPlacements() {
        var trace = random(0, 300);
        var replay = TraceReplay.play(trace, LeastExtension::new, true);
        assertThat(replay.migrations()).isBetween(1, replay.placements() / 100);
        assertThat(replay.overBoundPercent())
                .isLessThan(TraceReplay.play(trace, LeastExtension::new, false).overBoundPercent());
    }

    @Test
    void whatIsMissingOrMalformedIsNamed() throws IOException {
        write("v1.c1200.txt", "300 U1,|\n");
        maps();
        assertThatThrownBy(() -> TraceReplay.all(folder))
                .hasMessageContaining("v1.txt is missing, the flavor trace that goes with");
        write("v1.txt", "300 z,|\n");
        assertThatThrownBy(() -> TraceReplay.all(folder))
                .hasMessageContaining("v1.txt, line 1, word 1: expected a letter of the map of flavors");
        write("v1.txt", "300 a,a,|\n");
        assertThatThrownBy(() -> TraceReplay.all(folder)).hasMessageContaining("v1.c1200.txt, line 1");
        write("v1.txt", "300 a,|\n");
        write("v1.c1200.txt", "300 X1,|\n");
        assertThatThrownBy(() -> TraceReplay.all(folder)).hasMessageContaining("line 1, word 1: expected U or C");
    }

    @Test
    void pairsAreFoundInTheFolderAndInItsTraces() throws IOException {
        maps();
        Files.createDirectory(folder.resolve("traces"));
        write("traces/v2.txt", "300 a,|\n");
        write("traces/v2.c1200.txt", "300 U1,|\n");
        write("traces/v3.c1200.txt", "300 U1,|\n");
        write("v1.txt", "300 b,|\n");
        write("v1.c1200.txt", "300 C1,|\n");
        assertThat(TraceReplay.all(folder))
                .extracting(each -> each.firstFit().trace())
                .containsExactly("v1", "v2");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void maps() throws IOException {
        write("flav_map.txt", "30,4 a\n10,1.75 b\n");
        write("v1.interval_map.txt", "0 0\n300 1\n600 2\n");
    }

    /** Alike for all seeds up to the step {@code change}: those who come, and who has gone by then. */
    private static ArrivalTrace random(long seed, int change) {
        var guests = new ArrayList<ArrivalTrace.Arrival>();
        for (int step = 0; step < 300; step++) {
            var before = new Random(step);
            var later = new Random(step + 1000 * seed);
            var random = step < change ? before : later;
            for (int at = 0; at < 20 + 15 * Math.sin(step / 15.0); at++) {
                int flavor = random.nextInt(3);
                int leaves = step + 1 + (random.nextInt(4) == 0 ? random.nextInt(150) : random.nextInt(10));
                if (step < change && leaves > change) leaves = change + 1 + later.nextInt(100);
                guests.add(new ArrivalTrace.Arrival(step, flavor, 1 << flavor, 2048, step, at, leaves));
            }
        }
        return new ArrivalTrace("random", guests, 300);
    }

    /** Where each guest went that came before a step. */
    private static List<Integer> hosts(ArrivalTrace trace, int until) {
        var chosen = new ArrayList<Integer>();
        TraceReplay.play(trace, hosts -> new Recorder(new LeastExtension(hosts), chosen, until), false);
        return chosen;
    }

    private record Recorder(HostChoice inner, List<Integer> chosen, int until) implements HostChoice {
        @Override
        public int choose(TraceHosts hosts, int guest, int step) {
            int host = inner.choose(hosts, guest, step);
            if (step < until) chosen.add(host);
            return host;
        }

        @Override
        public void begin(TraceHosts hosts, int step) {
            inner.begin(hosts, step);
        }

        @Override
        public void seated(TraceHosts hosts, int guest, int step) {
            inner.seated(hosts, guest, step);
        }

        @Override
        public void ran(int guest, int step, boolean leaves) {
            inner.ran(guest, step, leaves);
        }
    }
}
