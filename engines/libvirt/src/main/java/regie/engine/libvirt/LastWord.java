package regie.engine.libvirt;

import java.io.IOException;
import java.util.Optional;
import regie.agent.contract.HostTunnel;

/**
 * The word by which a guest may go on where it came, on a connection that is opened while it still runs here: two hosts that have yet to
 * shake hands would have it stand still for that.
 */
final class LastWord implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LastWord.class.getName());
    private static final int GONE = 'g';

    private final Optional<HostTunnel.Stream> line;

    private LastWord(Optional<HostTunnel.Stream> line) {
        this.line = line;
    }

    interface Opening {
        HostTunnel.Stream open() throws IOException;
    }

    /** Where the other host can't be reached so, nothing can be said by it. */
    static LastWord prepare(Opening opening) {
        try {
            return new LastWord(Optional.of(opening.open()));
        } catch (IOException none) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "the last word will need a connection of its own: {0}",
                    none.getMessage());
            return new LastWord(Optional.empty());
        }
    }

    /** The guest is gone from here for good. @return false where that could not be said */
    boolean say() {
        if (line.isEmpty()) return false;
        try {
            line.get().out().write(GONE);
            line.get().out().flush();
            return true;
        } catch (IOException broken) {
            return false;
        }
    }

    /** Whether it comes by {@code stream}; returns when that is certain. A connection that ends without it says nothing. */
    static boolean heard(HostTunnel.Stream stream) throws IOException {
        return stream.in().read() == GONE;
    }

    @Override
    public void close() {
        try {
            if (line.isPresent()) line.get().close();
        } catch (IOException broken) {
            LOG.log(System.Logger.Level.DEBUG, "the line of the last word broke: {0}", broken.getMessage());
        }
    }
}
