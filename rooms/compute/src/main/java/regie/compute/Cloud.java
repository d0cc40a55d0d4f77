package regie.compute;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A public cloud in which machines stand in for members without room at home. Each call ends within seconds, one way or the other. */
public interface Cloud extends AutoCloseable {
    /**
     * @param token the same for each repetition of one request
     * @param room the room's name for itself, by which it finds its machines again
     * @param name for people
     */
    record Request(
            UUID token,
            UUID room,
            String name,
            String flavor,
            String image,
            Optional<String> network,
            Optional<String> userData) {}

    enum State {
        /** It is paid for, and does not run yet. */
        PENDING,
        RUNNING,
        /** It is on its way out, or off, and may still be paid for. */
        ENDING,
        /** Nothing of it is left. */
        ENDED
    }

    /** @param id the cloud's name for it */
    record Machine(String id, UUID token, State state, Optional<String> address) {
        boolean living() {
            return state == State.PENDING || state == State.RUNNING;
        }
    }

    /**
     * Starts the machine of {@code request}, or gives the one that this very request has started before.
     *
     * @throws CloudFault where it is not known whether it was started; the same request may be made again
     */
    Machine start(Request request) throws CloudFault;

    /** All machines that {@code room} has in this cloud, in every state; a new one may be missing for a while. */
    List<Machine> list(UUID room) throws CloudFault;

    /** Ends a machine; one that is not there any more is passed over. */
    void end(String id) throws CloudFault;

    @Override
    void close();

    /** The cloud said no, said nothing, or said what nobody understands. The message never names a secret. */
    final class CloudFault extends Exception {
        public CloudFault(String message) {
            super(message);
        }
    }

    /** The clouds that the operators have set up. */
    interface Clouds {
        List<String> names();

        /** @throws CloudFault where it is not known, or what is said of it can't be used */
        Cloud open(String name) throws CloudFault;
    }
}
