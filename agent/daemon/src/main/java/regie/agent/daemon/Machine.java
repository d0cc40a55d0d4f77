package regie.agent.daemon;

/** The machine under a host's engine: which boot it is in, how its disk is, and that it can be booted anew. Nothing here waits. */
interface Machine {
    /** Tells this start of the operating system from all others; empty where that is not known. */
    String boot();

    /** What of a small write to the disk is not as it should be. */
    DiskHealth disk();

    /** Whether {@link #reboot} does anything. */
    boolean mayReboot();

    /** @throws java.io.IOException where it could not be begun; it goes on as it was */
    void reboot() throws java.io.IOException;

    /**
     * @param stalledMillis for how long a write has not ended, beyond what is usual; 0 where they end
     * @param fault what the disk said in place of taking it; empty where it takes it
     */
    record DiskHealth(long stalledMillis, String fault) {
        static final DiskHealth WELL = new DiskHealth(0, "");
    }

    /** One of which nothing is known. */
    Machine UNKNOWN = new Machine() {
        @Override
        public String boot() {
            return "";
        }

        @Override
        public DiskHealth disk() {
            return DiskHealth.WELL;
        }

        @Override
        public boolean mayReboot() {
            return false;
        }

        @Override
        public void reboot() {}
    };
}
