package regie.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * All that is looked at, in the order in which it is shown.
 *
 * @param cache where ./regie keeps what it fetched and made
 * @param data the folder of the control room
 * @param deep whether kernels are booted for proof
 */
record Examination(Machine machine, Pins pins, Path cache, Path data, boolean deep) {
    /** Looks at everything at once: much of it is waiting for programs to say their version. */
    List<Row> rows() throws InterruptedException {
        var looks = new ArrayList<Callable<List<Row>>>(List.of(
                () -> Platform.rows(machine),
                () -> Memory.rows(machine),
                () -> Disks.rows(data),
                () -> Tools.rows(machine, pins, cache),
                () -> Postgres.rows(machine, pins),
                () -> Ports.rows(machine),
                () -> Virtualisation.rows(machine),
                () -> Hypervisor.rows(machine),
                () -> Networking.rows(machine)));
        if (deep) looks.add(() -> Boot.rows(machine, cache));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var rows = new ArrayList<Row>();
            for (var look : threads.invokeAll(looks)) rows.addAll(result(look));
            rows.sort(java.util.Comparator.comparing(Row::use)); // stable: the order within stays
            return List.copyOf(rows);
        }
    }

    private static List<Row> result(Future<List<Row>> look) throws InterruptedException {
        try {
            return look.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
