package regie.rest;

import java.util.function.IntSupplier;

/** Who looks after the process: is told what goes on at the door, and can say how it stands. */
public interface Monitor {
    /**
     * A request was answered.
     *
     * @param route its path with variables in braces, or "" where there is none such
     */
    void answered(String method, String route, int status, long nanos);

    /** Where the number of clients that follow changes can be had at any time; each call adds a place that counts some of them. */
    void watchers(IntSupplier count);

    /** Whether the room can serve: in particular, whether its database answers. Says so at once. */
    boolean ready();

    /** All figures, in the text format of Prometheus. */
    String figures();
}
