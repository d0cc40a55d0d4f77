package regie.identity;

import java.util.List;
import java.util.Map;
import regie.kernel.Json;
import regie.kernel.Key;
import regie.kernel.Refusal;

/** Why the desk says no. */
public sealed interface IdentityRefusal extends Refusal {

    record NotSignedIn() implements IdentityRefusal {
        @Override
        public Kind kind() {
            return Kind.UNAUTHENTICATED;
        }

        @Override
        public String code() {
            return "not-signed-in";
        }

        @Override
        public String detail() {
            return "No valid token came with the request. Send \"Authorization: Bearer <token>\"; an operator makes tokens.";
        }
    }

    /** @param what as a person would name it */
    record Forbidden(String caller, Role role, Access.Verb verb, String what) implements IdentityRefusal {
        @Override
        public Kind kind() {
            return Kind.FORBIDDEN;
        }

        @Override
        public String code() {
            return "forbidden";
        }

        @Override
        public String detail() {
            return "The token %s (%s) may not %s %s. Ask an operator."
                    .formatted(caller, Json.name(role), Json.name(verb), what);
        }
    }

    record NoSuchProject(String project) implements IdentityRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "no-such-project";
        }

        @Override
        public String detail() {
            return "There is no project %s. Declare it first, or in the same manifest.".formatted(project);
        }
    }

    /** @param some a few of the things in it */
    record ProjectInUse(String project, List<Key> some) implements IdentityRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "project-in-use";
        }

        @Override
        public String detail() {
            return "The project %s still holds %s. Delete what it holds, and wait until it is gone."
                    .formatted(project, some);
        }
    }

    record PlanStale(String given, String now) implements IdentityRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "plan-stale";
        }

        @Override
        public String detail() {
            return "Plan %s no longer fits what is declared; nothing was changed. Plan again and look at the difference."
                    .formatted(given);
        }

        @Override
        public Map<String, Object> facts() {
            return now.isEmpty() ? Map.of("given", given) : Map.of("given", given, "now", now);
        }
    }

    record NoSuchAction(String kindName, String action, List<String> known) implements IdentityRefusal {
        @Override
        public Kind kind() {
            return Kind.NOT_FOUND;
        }

        @Override
        public String code() {
            return "no-such-action";
        }

        @Override
        public String detail() {
            return "A %s has no action %s; it has %s.".formatted(kindName, action, known.isEmpty() ? "none" : known);
        }
    }

    record TokenNameTaken(String name) implements IdentityRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "token-name-taken";
        }

        @Override
        public String detail() {
            return "There is a token named %s already. Revoke it first, or choose another name.".formatted(name);
        }
    }

    record NoSuchToken(String name) implements IdentityRefusal {
        @Override
        public Kind kind() {
            return Kind.NOT_FOUND;
        }

        @Override
        public String code() {
            return "no-such-token";
        }

        @Override
        public String detail() {
            return "There is no token named %s, or it was revoked.".formatted(name);
        }
    }
}
