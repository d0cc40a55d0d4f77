package regie.lab.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** Kills, {@code kill -9}, at moments that the seed chooses by how many operations are done. */
final class Killer {
    private static final int KILLS_EACH = 3;
    private static final int PAUSE_MILLIS_MAX = 300;

    private enum Victim {
        ROOM,
        POSTGRES,
        AGENT
    }

    private final Regie regie;
    private final Random chance;
    private final Semaphore operations = new Semaphore(0);
    private final Map<Victim, List<Double>> secondsToAnswer = new EnumMap<>(Victim.class);

    Killer(Regie regie, long seed) {
        this.regie = regie;
        this.chance = new Random(seed);
    }

    void operationDone() {
        operations.release();
    }

    /** Strikes nine times, the last time before {@code all} operations are done. */
    void run(int all) throws IOException, InterruptedException {
        var victims = new ArrayList<>(Collections.nCopies(KILLS_EACH, Victim.values()).stream()
                .flatMap(Arrays::stream)
                .toList());
        Collections.shuffle(victims, chance);
        var moments = chance.ints(victims.size(), 1, all * 9 / 10).sorted().toArray();
        int before = 0;
        for (int at = 0; at < moments.length; at++) {
            operations.acquire(moments[at] - before);
            before = moments[at];
            Thread.sleep(chance.nextInt(PAUSE_MILLIS_MAX)); // the moment itself is by chance, too
            strike(victims.get(at));
        }
    }

    private void strike(Victim victim) throws IOException, InterruptedException {
        boolean alone = chance.nextInt(3) > 0; // else the next one may strike while this one is still recovering
        switch (victim) {
            case AGENT ->
                regie.agents().get(chance.nextInt(regie.agents().size())).killAndStart();
            case ROOM -> regie.room().killAndStart();
            case POSTGRES -> killPostgres();
        }
        System.out.printf("kill -9 %s%n", victim);
        long start = System.nanoTime();
        if (!alone || victim == Victim.AGENT) return;
        regie.rest().read("/v1/projects/default").orFail("the first request");
        secondsToAnswer.computeIfAbsent(victim, _ -> new ArrayList<>()).add((System.nanoTime() - start) / 1e9);
    }

    /** The postmaster, as PostgreSQL itself names it, and only if it works in our folder. */
    private void killPostgres() throws IOException, InterruptedException {
        var data = regie.postgres().resolve("data");
        Regie.await("there is a PostgreSQL to kill", () -> {
            var file = data.resolve("postmaster.pid");
            if (!Files.exists(file)) return false;
            var lines = Files.readAllLines(file);
            if (lines.isEmpty() || !lines.getFirst().matches("\\d+")) return false;
            var pid = Long.parseLong(lines.getFirst());
            return worksIn(pid, data)
                    && ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
        });
    }

    private static boolean worksIn(long pid, Path data) {
        try {
            return Path.of("/proc", Long.toString(pid), "cwd").toRealPath().equals(data.toRealPath());
        } catch (IOException ended) {
            return false;
        }
    }

    /** Seconds from a kill to the first request that was answered, of those kills that were let recover. */
    String figures() {
        return secondsToAnswer.entrySet().stream()
                .map(entry -> entry.getValue().stream()
                        .map("%.1f"::formatted)
                        .collect(Collectors.joining(" ", entry.getKey() + " ", "")))
                .collect(Collectors.joining(", "));
    }
}
