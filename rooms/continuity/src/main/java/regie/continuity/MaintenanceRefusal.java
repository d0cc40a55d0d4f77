package regie.continuity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import regie.kernel.Json;
import regie.kernel.Refusal;

/** Why a maintenance is not to be had. */
public sealed interface MaintenanceRefusal extends Refusal {
    record Ended(String name, MaintenanceStatus.Phase phase) implements MaintenanceRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "maintenance-ended";
        }

        @Override
        public String detail() {
            return "Maintenance %s is %s. Begin another: regie maintain".formatted(name, Json.name(phase));
        }
    }

    /** @param server that was named */
    record NothingWaits(String name, Optional<String> server) implements MaintenanceRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "maintenance-nothing-waits";
        }

        @Override
        public String detail() {
            return "%s does not wait for a word of maintenance %s: regie maintenance show %s says how far it is."
                    .formatted(server.map(it -> "Server " + it).orElse("No server"), name, name);
        }
    }

    record NothingThere(String scope) implements MaintenanceRefusal {
        @Override
        public Kind kind() {
            return Kind.NOT_FOUND;
        }

        @Override
        public String code() {
            return "maintenance-nothing-there";
        }

        @Override
        public String detail() {
            return "There is no server in the scope %s. regie get servers lists those that there are.".formatted(scope);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("scope", scope);
        }
    }

    /** @param reasons the first of them, each with the server whose turn it would be */
    record WouldBreak(int servers, List<String> reasons) implements MaintenanceRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "maintenance-would-break";
        }

        @Override
        public String detail() {
            return "%d %s can't be taken out as things stand: %s"
                    .formatted(servers, servers == 1 ? "server" : "servers", String.join("; ", reasons));
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("reasons", reasons);
        }
    }
}
