package regie.agent.contract;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The door to the engine that runs guests on one host. One instance per host; all methods may be called from any thread. */
public interface Hypervisor extends AutoCloseable {

    /**
     * Makes this host run exactly the guests of {@code wish} and returns without waiting for them to boot.
     * One guest's failure is told in that guest's entry and holds up no other.
     *
     * @param wish all guests of the host; a generation equal to the newest taken is taken again
     * @return what is there afterwards; guests may still be {@code STARTING}
     * @throws WishRefused where nothing was changed because the wish is stale, for another host, or larger than the host
     * @throws EngineFault where the engine gave no answer; part of the wish may have been carried out
     */
    Report apply(Wish wish) throws WishRefused, EngineFault;

    /**
     * What is there now, from the engine itself and not from memory.
     *
     * @throws EngineFault where the engine gave no answer
     */
    Report observe() throws EngineFault;

    /** Calls {@code listener} soon after something changed by itself (a guest died or started). It may be called without need. */
    void onChange(Runnable listener);

    /** The host's NUMA nodes; none where they are not known, and then claims are held against the whole alone. */
    default List<NumaNode> nodes() {
        return List.of();
    }

    /** The serial console of a guest, where the engine has one. */
    default Optional<Consoles> consoles() {
        return Optional.empty();
    }

    /** Handing running guests over to another host, where the engine can. */
    default Optional<LiveMigration> liveMigration() {
        return Optional.empty();
    }

    /** How all guests are ended without a wish; empty where nobody can, and then the host can hold no lease. */
    default Optional<Ending> ending() {
        return Optional.empty();
    }

    /** Lets go of the engine. Guests run on. */
    @Override
    void close();

    /** What whoever watches over the host's lease has to do when that ends, with or without the agent. */
    sealed interface Ending {
        /** Guests are processes of this machine, which outlive the agent: they are to be killed from outside. */
        non-sealed interface OfProcesses extends Ending {
            /** Where the id of the guest's process is written while it runs; known before it starts. The guest's uid is in its command line. */
            Path processId(UUID guest);
        }

        /** Guests are in the agent's own process, and end with it. */
        non-sealed interface Inside extends Ending {
            /** Ends every guest that runs; each then counts as crashed. */
            void stopAll();
        }
    }

    interface Consoles {
        /**
         * The last {@code bytesMax} bytes that the guest wrote to its serial console; empty where it wrote none.
         *
         * @throws IOException where there is no such guest or its log can't be read
         */
        byte[] log(UUID guest, int bytesMax) throws IOException;

        /**
         * Opens the guest's serial console for reading and writing; one at a time for each guest.
         *
         * @throws IOException where there is no such guest, it does not run, or somebody else has it open
         */
        ByteChannel open(UUID guest) throws IOException;
    }
}
