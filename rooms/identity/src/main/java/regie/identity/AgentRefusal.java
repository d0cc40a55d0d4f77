package regie.identity;

import java.util.Map;
import regie.kernel.Refusal;

/** Why an agent is not let in. */
public sealed interface AgentRefusal extends Refusal {

    /** @param token its id */
    record JoinDenied(String token, String why) implements AgentRefusal {
        @Override
        public Kind kind() {
            return Kind.FORBIDDEN;
        }

        @Override
        public String code() {
            return "join-denied";
        }

        @Override
        public String detail() {
            return "Join token %s does not let this agent in: %s. Make a new token.".formatted(token, why);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("token", token);
        }
    }

    record AgentDenied(String agent, String why) implements AgentRefusal {
        @Override
        public Kind kind() {
            return Kind.FORBIDDEN;
        }

        @Override
        public String code() {
            return "agent-denied";
        }

        @Override
        public String detail() {
            return "Agent %s is refused: %s.".formatted(agent, why);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("agent", agent);
        }
    }

    record NoSuchAgent(String agent) implements AgentRefusal {
        @Override
        public Kind kind() {
            return Kind.NOT_FOUND;
        }

        @Override
        public String code() {
            return "no-such-agent";
        }

        @Override
        public String detail() {
            return "There is no agent %s. List the agents to see who stands for which server.".formatted(agent);
        }
    }
}
