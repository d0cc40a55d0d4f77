package regie.agent.daemon;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The clock of leases, CLOCK_BOOTTIME: one for all processes of the machine, counted on while it is suspended, and set by nobody.
 * Java's own monotonic clock stands still meanwhile: a guest could wake up after its lease and not know it.
 */
final class Boottime {
    private static final int CLOCK_BOOTTIME = 7;
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final MethodHandle CLOCK_GETTIME = function();

    private Boottime() {}

    /** Since the machine was booted. */
    static long nanos() {
        try (var arena = Arena.ofConfined()) {
            var time = arena.allocate(JAVA_LONG, 2);
            int failed = (int) CLOCK_GETTIME.invokeExact(CLOCK_BOOTTIME, time);
            if (failed != 0) throw new IllegalStateException("this machine has no CLOCK_BOOTTIME");
            return time.getAtIndex(JAVA_LONG, 0) * SECOND_NANOS + time.getAtIndex(JAVA_LONG, 1);
        } catch (RuntimeException | Error flaw) {
            throw flaw;
        } catch (Throwable flaw) {
            throw new IllegalStateException("clock_gettime was called with other types than it has", flaw);
        }
    }

    /** Names this boot of the machine: numbers of this clock mean nothing in another. */
    static String boot() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }

    @SuppressWarnings("restricted") // the types are those of POSIX
    private static MethodHandle function() {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("clock_gettime"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    }
}
