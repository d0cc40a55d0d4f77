package regie.graphql;

import graphql.analysis.FieldComplexityEnvironment;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.execution.instrumentation.Instrumentation;
import java.util.List;

/**
 * What a query may cost, counted before it runs: each field is one, and a list is as many times its fields as it asks for
 * entries. So a query that is let through can't read more than so many values.
 */
final class Bounds {
    static final int DEPTH_MAX = 15;
    static final int COST_MAX = 200_000;
    static final int TEXT_MAX = 64 << 10;

    private Bounds() {}

    static Instrumentation instrumentation() {
        return new ChainedInstrumentation(List.of(
                new MaxQueryDepthInstrumentation(DEPTH_MAX),
                new MaxQueryComplexityInstrumentation(COST_MAX, Bounds::cost)));
    }

    private static int cost(FieldComplexityEnvironment field, int children) {
        if (field.getFieldDefinition().getArgument("first") == null) return 1 + children;
        int first = field.getArguments().get("first") instanceof Integer given ? given : Reading.FIRST;
        return (int) Math.min(Integer.MAX_VALUE / 4, 1 + (long) Math.max(first, 1) * Math.max(children, 1));
    }
}
