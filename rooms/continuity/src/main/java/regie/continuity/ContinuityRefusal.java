package regie.continuity;

import regie.kernel.Refusal;

/** What this room does not do, and why. */
public sealed interface ContinuityRefusal extends Refusal {
    record NoController(String server) implements ContinuityRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "no-controller";
        }

        @Override
        public String detail() {
            return "Server %s declares no bmc, so its power can't be switched from here.".formatted(server);
        }
    }

    /** @param why in the controller's words, without secrets */
    record ControllerFailed(String server, String why) implements ContinuityRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "controller-failed";
        }

        @Override
        public String detail() {
            return "The controller of server %s is of no help: %s".formatted(server, why);
        }
    }
}
