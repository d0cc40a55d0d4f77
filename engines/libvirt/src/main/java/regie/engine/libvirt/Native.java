package regie.engine.libvirt;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.MemorySegment;

/** The manners of libvirt's C interface: how it tells errors and hands out text. */
final class Native {
    private Native() {}

    /** Returns {@code result}, unless it is negative, which is libvirt's way to fail. {@code what} says what was tried. */
    static int check(String what, int result) throws LibvirtError {
        if (result < 0) throw error(what);
        return result;
    }

    /** Returns {@code result}, unless it is NULL, which is libvirt's way to fail. {@code what} says what was tried. */
    static MemorySegment check(String what, MemorySegment result) throws LibvirtError {
        if (result.address() == 0) throw error(what);
        return result;
    }

    static String lastError() {
        var message = Function.GET_LAST_ERROR_MESSAGE.pointer();
        return message.address() == 0 ? "no reason given" : text(message);
    }

    /** Copies what libvirt handed out for keeps, and gives it back. */
    static String owned(MemorySegment text) {
        try {
            return text(text);
        } finally {
            Function.FREE.run(text);
        }
    }

    /** libvirt keeps the last error per thread: this must be the next call after the failed one, on the same thread. */
    private static LibvirtError error(String what) {
        return new LibvirtError(
                what, Function.GET_LAST_ERROR_CODE.number(), Function.GET_LAST_ERROR_DOMAIN.number(), lastError());
    }

    /** The {@code count} pointers that begin at {@code start}. */
    @SuppressWarnings("restricted") // libvirt says how many there are
    static MemorySegment array(MemorySegment start, int count) {
        return start.reinterpret(ADDRESS.byteSize() * count);
    }

    @SuppressWarnings("restricted") // C text ends where its first zero is
    private static String text(MemorySegment text) {
        return text.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
