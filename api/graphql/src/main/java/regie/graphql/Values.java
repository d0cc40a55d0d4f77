package regie.graphql;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON as GraphQL's values, and the two scalars that GraphQL itself lacks. */
final class Values {
    /** GraphQL's own Int ends at 32 bits; memory in bytes does not. */
    static final GraphQLScalarType LONG = GraphQLScalarType.newScalar()
            .name("Long")
            .description("A whole number of up to 64 bits.")
            .coercing(new Outward() {
                @Override
                public Object serialize(Object value, GraphQLContext context, Locale locale) {
                    return ((Number) value).longValue();
                }

                @Override
                public Object parseLiteral(
                        Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
                    if (input instanceof IntValue number)
                        return number.getValue().longValueExact();
                    throw new CoercingParseLiteralException("a whole number was expected");
                }
            })
            .build();

    /** What has keys of its own, such as a map. */
    static final GraphQLScalarType JSON = GraphQLScalarType.newScalar()
            .name("JSON")
            .description("Any JSON.")
            .coercing(new Outward() {
                @Override
                public Object serialize(Object value, GraphQLContext context, Locale locale) {
                    return value;
                }
            })
            .build();

    private Values() {}

    /** What graphql-java takes for {@code node}; objects stay nodes, for their fields are asked for one by one. */
    static @Nullable Object of(@Nullable Object node) {
        return switch (node) {
            case null -> null;
            case JsonNode json when json.isMissingNode() || json.isNull() -> null;
            case JsonNode json when json.isString() -> json.asString();
            case JsonNode json when json.isBoolean() -> json.asBoolean();
            case JsonNode json when json.isIntegralNumber() -> json.asLong();
            case JsonNode json when json.isNumber() -> json.asDouble();
            case JsonNode json
            when json.isArray() -> {
                var list = new ArrayList<@Nullable Object>();
                json.forEach(each -> list.add(of(each)));
                yield list;
            }
            default -> node;
        };
    }

    /** All of {@code node} as maps and lists. */
    static @Nullable Object whole(JsonNode node) {
        if (!node.isObject()) return of(node);
        var map = new LinkedHashMap<String, @Nullable Object>();
        node.properties().forEach(field -> map.put(field.getKey(), whole(field.getValue())));
        return map;
    }

    /** A scalar that is read and never given. */
    private abstract static class Outward implements Coercing<Object, Object> {
        @Override
        public Object parseValue(Object input, GraphQLContext context, Locale locale) {
            if (input instanceof Number number) return number.longValue();
            throw new CoercingParseValueException("a whole number was expected");
        }
    }
}
