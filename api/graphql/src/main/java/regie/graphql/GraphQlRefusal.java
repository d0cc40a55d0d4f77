package regie.graphql;

import regie.kernel.Refusal;

/** What this door refuses. */
sealed interface GraphQlRefusal extends Refusal {
    @Override
    default Kind kind() {
        return Kind.MALFORMED;
    }

    record BadArgument(String argument, String value, String expected) implements GraphQlRefusal {
        @Override
        public String code() {
            return "bad-argument";
        }

        @Override
        public String detail() {
            return "%s is %s; expected %s".formatted(argument, value, expected);
        }
    }

    record BadQuery(String why) implements GraphQlRefusal {
        @Override
        public String code() {
            return "bad-query";
        }

        @Override
        public String detail() {
            return "The request is no GraphQL query that is taken here: %s".formatted(why);
        }
    }
}
