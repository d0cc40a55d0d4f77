package regie.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import regie.lab.Stopwatch;

/** How soon a room is ready, and what it takes while nothing happens. */
final class Start implements Benchmark {
    private static final long IDLE_SECONDS = 30;
    private static final long STOP_SECONDS_MAX = 60;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "From the start of the JVM to the room's line `ready`, with the ahead-of-time cache, on a database that exists and"
                + " was shut down in order; and the memory of the room and of all processes of its PostgreSQL together,"
                + " 30 s after that line.";
    }

    @Override
    public int rounds() {
        return 20;
    }

    /** A room that is ready. */
    private record Started(Process process, double seconds) {
        void stop() throws IOException, InterruptedException {
            process.destroy();
            if (process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) return;
            process.destroyForcibly();
            throw new IOException("the room does not stop");
        }
    }

    @Override
    public Result measure(Bench bench, int rounds) throws IOException, InterruptedException {
        var settings = Room.RoomSettings.in(bench.file("room")).write();
        var script = List.of(bench.repository().resolve("regie").toString(), "up", "--config", settings.toString());
        Bench.say("a first start makes the database, and shows the JVM's own command line");
        var made = start(bench, script);
        var direct = commandLine(made.process());
        made.stop();
        var ofJvm = new ArrayList<Double>();
        var ofScript = new ArrayList<Double>();
        for (int at = 1; at <= rounds; at++) {
            ofJvm.add(startAndStop(bench, direct));
            ofScript.add(startAndStop(bench, script));
            Bench.say("%2d: ready after %.3f s, by the script %.3f s", at, ofJvm.getLast(), ofScript.getLast());
        }
        return idle(bench, direct, Samples.of(ofJvm), Samples.of(ofScript));
    }

    private Result idle(Bench bench, List<String> command, Samples ofJvm, Samples ofScript)
            throws IOException, InterruptedException {
        var room = start(bench, command);
        try {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
            var handle = room.process().toHandle();
            var all = Memory.ofTree(handle);
            var jvm = Memory.of(handle);
            return new Result.Builder()
                    .figure("ready_s", ofJvm.median())
                    .figure("ready_p99_s", ofJvm.p99())
                    .figure("script_ready_s", ofScript.median())
                    .figure("rss_mib", all.rssMiB())
                    .figure("pss_mib", all.pssMiB())
                    .figure("jvm_rss_mib", jvm.rssMiB())
                    .figure("n", ofJvm.count())
                    .samples("ready after the start of the JVM, s", ofJvm)
                    .samples("ready after the start of `./regie up`, s", ofScript)
                    .version("PostgreSQL", Room.postgresVersion(handle))
                    .limitedBy("""
                            Processor time of one core: loading classes from the cache, the start of PostgreSQL (about \
                            half a second of it, beside the JVM's own work), and the doors. Of the memory %.0f MiB are \
                            the JVM, the other %.0f MiB are %d processes of PostgreSQL, whose shared pages the RSS counts \
                            once for each of them.""".formatted(
                                    jvm.rssMiB(),
                                    all.rssMiB() - jvm.rssMiB(),
                                    Memory.tree(handle).size() - 1));
        } finally {
            room.stop();
        }
    }

    private static double startAndStop(Bench bench, List<String> command) throws IOException, InterruptedException {
        var room = start(bench, command);
        room.stop();
        return room.seconds();
    }

    /** Returns at the room's line {@code ready}. */
    private static Started start(Bench bench, List<String> command) throws IOException {
        var whole = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM", "--"));
        whole.addAll(command);
        var builder = new ProcessBuilder(whole)
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(bench.file("room.log").toFile()));
        var watch = new Stopwatch();
        var process = builder.start();
        bench.<AutoCloseable>part(process::destroyForcibly);
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("ready ")) return new Started(process, watch.seconds());
        }
        throw new IOException("the room ended before it was ready; see what it said in " + bench.file("room.log"));
    }

    /** The script puts the JVM in its own place, so this is the JVM's. */
    private static List<String> commandLine(Process process) throws IOException {
        var text = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        return List.of(text.split("\0", -1)).subList(0, text.split("\0", -1).length - 1);
    }
}
