package regie.engine.libvirt;

import java.io.IOException;

/**
 * The note of a guest's last departure. It is on the disk before the guest is given to libvirt, so that an agent that dies in the
 * midst knows afterwards what to look for.
 *
 * @param epoch of the guest that was to go
 * @param detail why it stayed; empty otherwise
 */
record Departure(long epoch, long attempt, State state, String detail) {
    enum State {
        /** Given to libvirt. Whether it went, libvirt knows: a guest that went is no longer defined here. */
        BEGUN,
        /** It is here. */
        STAYED,
        /** It went, and never comes back under this epoch. */
        GONE
    }

    String text() {
        return "%d %d %s %s".formatted(epoch, attempt, state, detail.replace('\n', ' '));
    }

    static Departure parse(String text) throws IOException {
        var parts = text.strip().split(" ", 4);
        try {
            return new Departure(
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]),
                    State.valueOf(parts[2]),
                    parts.length == 4 ? parts[3] : "");
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
            throw new IOException("'%s' is no note of a departure".formatted(text), malformed);
        }
    }
}
