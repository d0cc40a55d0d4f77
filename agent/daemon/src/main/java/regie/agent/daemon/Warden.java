package regie.agent.daemon;

import java.io.IOException;
import java.util.Set;
import java.util.UUID;

/** Whoever ends the guests of one host when the {@link Board} says that their time is over. */
interface Warden {
    /** Of an engine whose guests nobody can end without it: such a host holds no lease. */
    Warden NONE = new Warden() {
        @Override
        public void keep(long now) {}

        @Override
        public boolean watches(long now) {
            return false;
        }

        @Override
        public Set<UUID> guests() {
            return Set.of();
        }

        @Override
        public void guests(Set<UUID> guests) {}
    };

    /**
     * Sees to it that somebody looks at the board. To be called again and again: who was there may have died.
     *
     * @param now {@link Boottime#nanos}
     */
    void keep(long now) throws IOException;

    /** True where somebody has looked at the board just now, by the same clock. */
    boolean watches(long now);

    /** Who may be running, as it was last told, be it by a former agent. */
    Set<UUID> guests() throws IOException;

    /** Who may be running from now on; written down before any of them is started. */
    void guests(Set<UUID> guests) throws IOException;
}
