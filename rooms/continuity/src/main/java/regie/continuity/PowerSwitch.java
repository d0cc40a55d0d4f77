package regie.continuity;

import java.util.Optional;
import regie.estate.ServerSpec;

/** A way to a server's power from afar. Every call comes back within {@link #SECONDS_MAX}, and may be made at any time, by several threads. */
public interface PowerSwitch {
    int SECONDS_MAX = 20;

    /** What the controller itself says. */
    enum Power {
        ON,
        OFF
    }

    /** The switch does not do as it is told, or can't be asked; the message says why, and contains no secret. */
    final class PowerFault extends Exception {
        public PowerFault(String message) {
            super(message);
        }

        public PowerFault(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** @param name of the server, for messages */
    record Target(String name, ServerSpec.Bmc bmc, Optional<Credentials> credentials) {}

    Power power(Target target) throws PowerFault;

    /** Cuts the power at once, whatever runs. That it is off is only known once {@link #power} says so. */
    void off(Target target) throws PowerFault;

    void on(Target target) throws PowerFault;

    /** Off and on again. */
    void cycle(Target target) throws PowerFault;
}
