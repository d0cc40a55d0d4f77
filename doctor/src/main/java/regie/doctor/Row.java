package regie.doctor;

/**
 * One thing of a machine.
 *
 * @param what in the words of the trade
 * @param found what is there, or what is in its place
 * @param remedy the command or setting that mends it; empty where nothing has to be mended
 */
record Row(Use use, String what, State state, String found, String remedy) {
    /** Who needs it. */
    enum Use {
        /** To build and run the control room; one that is missing makes the exit code 1. */
        ROOM,
        /** To run machines on this server. */
        HOST
    }

    enum State {
        OK,
        /** Works, less well than it could. */
        DEGRADED,
        MISSING
    }

    static Row ok(Use use, String what, String found) {
        return new Row(use, what, State.OK, found, "");
    }

    static Row degraded(Use use, String what, String found, String remedy) {
        return new Row(use, what, State.DEGRADED, found, remedy);
    }

    static Row missing(Use use, String what, String found, String remedy) {
        return new Row(use, what, State.MISSING, found, remedy);
    }

    boolean keepsRoomFromRunning() {
        return use == Use.ROOM && state == State.MISSING;
    }
}
