package regie.graphql;

import graphql.Scalars;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import regie.kernel.Check;
import tools.jackson.databind.JsonNode;

/** Object types out of the JSON schemas of specs and statuses. A type is named after its path, such as {@code FleetSpecTemplate}. */
final class RecordTypes {
    private final GraphQLCodeRegistry.Builder code;

    RecordTypes(GraphQLCodeRegistry.Builder code) {
        this.code = code;
    }

    /** The type of what {@code schema} describes. Enums are texts: their values hold dashes, which GraphQL's may not. */
    GraphQLOutputType of(String name, JsonNode schema) {
        if (schema.has("items")) return new GraphQLList(GraphQLNonNull.nonNull(of(name, schema.path("items"))));
        return switch (schema.path("type").asString("")) {
            case "object" -> schema.path("properties").isEmpty() ? Values.JSON : object(name, schema);
            case "integer" -> Values.LONG;
            case "number" -> Scalars.GraphQLFloat;
            case "boolean" -> Scalars.GraphQLBoolean;
            case "string" -> Scalars.GraphQLString;
            default -> Values.JSON;
        };
    }

    private GraphQLObjectType object(String name, JsonNode schema) {
        var type = GraphQLObjectType.newObject().name(name);
        for (var property : schema.path("properties").properties()) {
            var field = property.getKey();
            var inner = of(name + capital(field), property.getValue());
            type.field(GraphQLFieldDefinition.newFieldDefinition()
                    .name(field)
                    .description(property.getValue().path("description").asString(""))
                    .type(inner));
            code.dataFetcher(FieldCoordinates.coordinates(name, field), fetcher(field, inner));
        }
        return type.build();
    }

    private static DataFetcher<?> fetcher(String field, GraphQLOutputType type) {
        if (type.equals(Values.JSON))
            return environment -> Values.whole(source(environment).path(field));
        return environment -> Values.of(source(environment).path(field));
    }

    private static JsonNode source(DataFetchingEnvironment environment) {
        return Check.present(environment.getSource());
    }

    static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
