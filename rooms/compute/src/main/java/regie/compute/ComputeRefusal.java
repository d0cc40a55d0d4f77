package regie.compute;

import java.util.Map;
import java.util.stream.Collectors;
import regie.agent.contract.Artifact.Role;
import regie.estate.ServerSpec;
import regie.kernel.Json;
import regie.kernel.Key;
import regie.kernel.Refusal;

/** Why this room says no. */
public sealed interface ComputeRefusal extends Refusal {

    /** @param followed what the fleet's size follows */
    record NoMetric(Key key, String name, java.util.Optional<String> followed) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "no-metric-expected";
        }

        @Override
        public String detail() {
            return "The size of %s does not follow %s; %s."
                    .formatted(
                            key,
                            name,
                            followed.map(other -> "it follows " + other)
                                    .orElse("it declares no size: {metric: …} at all"));
        }
    }

    record NoHook(Key key) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "no-hook-waits";
        }

        @Override
        public String detail() {
            return "%s waits for no hook now: it does not run yet, its hook was completed, or it timed out. regie explain instance/%s shows it."
                    .formatted(key, key.name());
        }
    }

    record NoHeartbeat(Key key) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "no-heartbeat-expected";
        }

        @Override
        public String detail() {
            return "%s is no member of a fleet that declares health: {heartbeat: {withinSeconds: …}}, so nobody waits for its heartbeat."
                    .formatted(key);
        }
    }

    record SwitchedOff(Key key) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "switched-off";
        }

        @Override
        public String detail() {
            return "%s is switched off. Start it instead: regie instance start %s".formatted(key, key.name());
        }
    }

    record NowhereYet(Key key) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "nowhere-yet";
        }

        @Override
        public String detail() {
            return "%s has no place on a server yet, so there is nothing to move. regie explain instance/%s says what it waits for."
                    .formatted(key, key.name());
        }
    }

    record OutOfService(String server, ServerSpec.State state) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "out-of-service";
        }

        @Override
        public String detail() {
            return "Server %s is declared %s. Declare it schedulable first, if it is back."
                    .formatted(server, Json.name(state));
        }
    }

    record StillHeard(String server) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "still-heard";
        }

        @Override
        public String detail() {
            return "Server %s answers, so it is not dead. Cut its power first, or drain it.".formatted(server);
        }
    }

    record NotDead(String server) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "not-dead";
        }

        @Override
        public String detail() {
            return "Server %s is not declared dead, so there is nothing to take back.".formatted(server);
        }
    }

    record RebalanceRunning(String origin) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "rebalance-running";
        }

        @Override
        public String detail() {
            return "A list of moves is being carried out (%s). Wait for its end, or stop it: regie rebalance stop"
                    .formatted(origin);
        }
    }

    /** @param expected reads as "expected …" */
    record RebalanceMalformed(String field, Object value, String expected) implements ComputeRefusal {
        /** @throws regie.kernel.Refused with this where {@code holds} is false */
        static void unless(boolean holds, String field, Object value, String expected) {
            if (!holds) throw new RebalanceMalformed(field, value, expected).asException();
        }

        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }

        @Override
        public String code() {
            return "rebalance-malformed";
        }

        @Override
        public String detail() {
            return "%s is \"%s\"; expected %s.".formatted(field, value, expected);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("field", field);
        }
    }

    record MoveUnknown(String instance, String to) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "move-unknown";
        }

        @Override
        public String detail() {
            return "There is no move of %s to %s: expected PROJECT/NAME of an instance that has a place, and the name of a server."
                    .formatted(instance, to);
        }
    }

    record ThereAlready(Key key, String server) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "there-already";
        }

        @Override
        public String detail() {
            return "%s is on %s already. Name another server, or none for the best one.".formatted(key, server);
        }
    }

    record RoleUnfit(String image, ImageSpec.Boot boot, Role role) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "image-role-unfit";
        }

        @Override
        public String detail() {
            return "Image %s has boot %s, which needs %s and no %s. Import what it needs, or declare another boot."
                    .formatted(image, Json.name(boot), names(boot), Json.name(role));
        }

        private static String names(ImageSpec.Boot boot) {
            return boot.roles().stream().map(Json::name).collect(Collectors.joining(" and "));
        }
    }

    /** @param sha256 of the content that is there */
    record ContentFixed(String image, Role role, String sha256) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "image-content-fixed";
        }

        @Override
        public String detail() {
            return "Image %s is ready, and what instances boot from never changes. Declare another image for another %s."
                    .formatted(image, Json.name(role));
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("sha256", sha256);
        }
    }

    /** A fleet is to have a number of members that it may not have. */
    record OutsideBounds(Key key, int count, int least, int most) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "outside-bounds";
        }

        @Override
        public String detail() {
            return "count is %d; %s may have from %d to %d members. Change minimum or maximum in its manifest first."
                    .formatted(count, key, least, most);
        }
    }

    /** There is nothing to cancel. */
    record NoRestart(Key key) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "no-restart";
        }

        @Override
        public String detail() {
            return "No restart of %s is under way. Begin one with: regie fleet restart %s".formatted(key, key.name());
        }
    }

    record RunsNoGuests(String server) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "runs-no-guests";
        }

        @Override
        public String detail() {
            return "Server %s is declared with hypervisor none, so it needs no agent. Declare what runs guests on it first."
                    .formatted(server);
        }
    }

    record OneAgentEach(String server) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "one-agent-each";
        }

        @Override
        public String detail() {
            return "Server %s is a real one, and each real server has an agent of its own. Make a token for it alone."
                    .formatted(server);
        }
    }

    record NoConsole(Key key, String why) implements ComputeRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "no-console";
        }

        @Override
        public String detail() {
            return "The serial console of %s can't be reached: %s.".formatted(key, why);
        }
    }
}
