package regie.doctor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * What the kernel says of its clock, whoever keeps it (chrony, timesyncd, ntpd, a hypervisor): adjtimex(2), asked without
 * changing anything.
 *
 * @param errorMicros how far off it is at most, in microseconds
 */
record KernelClock(boolean synchronised, long errorMicros) {
    /** {@code struct timex} of a 64-bit Linux: all zero asks, for {@code modes} comes first. */
    private static final long TIMEX_BYTES = 208;

    private static final long MAXERROR_AT = 24;
    private static final long STATUS_AT = 40;
    private static final int STA_UNSYNC = 0x40;

    /** Empty where the kernel, or what stands between, does not answer. */
    @SuppressWarnings("restricted") // the call is what is meant, and its one argument is as long as the kernel's struct
    static Optional<KernelClock> ask() {
        var linker = Linker.nativeLinker();
        var function = linker.defaultLookup().find("adjtimex");
        if (function.isEmpty()) return Optional.empty();
        var adjtimex =
                linker.downcallHandle(function.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try (var arena = Arena.ofConfined()) {
            MemorySegment timex = arena.allocate(TIMEX_BYTES, Long.BYTES);
            int state = (int) adjtimex.invokeExact(timex);
            return state < 0 ? Optional.empty() : Optional.of(of(timex));
        } catch (Throwable e) {
            throw new IllegalStateException("adjtimex", e);
        }
    }

    private static KernelClock of(MemorySegment timex) {
        int status = timex.get(ValueLayout.JAVA_INT, STATUS_AT);
        return new KernelClock((status & STA_UNSYNC) == 0, timex.get(ValueLayout.JAVA_LONG, MAXERROR_AT));
    }
}
