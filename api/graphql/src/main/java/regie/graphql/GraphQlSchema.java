package regie.graphql;

import static graphql.Scalars.GraphQLString;
import static regie.graphql.KindTypes.argument;
import static regie.graphql.KindTypes.field;
import static regie.graphql.KindTypes.list;
import static regie.graphql.KindTypes.texts;

import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeReference;
import java.util.List;
import java.util.Locale;
import regie.kernel.Check;
import regie.kernel.Kind;
import regie.kernel.Kinds;

/** The whole schema, out of the kinds that there are. */
final class GraphQlSchema {
    private static final String QUERY = "Query";

    private final GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry();
    private final GraphQLObjectType.Builder query =
            GraphQLObjectType.newObject().name(QUERY);
    private final GraphQLSchema.Builder schema = GraphQLSchema.newSchema();
    private final Reading reading;

    private GraphQlSchema(Reading reading) {
        this.reading = reading;
    }

    static GraphQLSchema of(Kinds kinds, Reading reading, DataFetcher<?> changes) {
        var made = new GraphQlSchema(reading);
        var types = new KindTypes(made.code, reading);
        made.schema.additionalType(types.resource());
        made.pair("Label", "key", "value");
        made.pair("Hold", "code", "detail");
        made.related();
        for (var kind : kinds.all()) {
            made.schema.additionalType(types.of(kind));
            made.questions(kind);
        }
        return made.schema
                .query(made.query)
                .subscription(made.subscription(changes))
                .codeRegistry(made.code.build())
                .build();
    }

    private void questions(Kind<?, ?> kind) {
        var type = GraphQLTypeReference.typeRef(kind.name());
        var page = GraphQLObjectType.newObject()
                .name(kind.name() + "Page")
                .field(field("items", list(type), "In the order that was asked for."))
                .field(field("next", GraphQLString, "The `after` of the next page; null on the last."))
                .field(field("position", GraphQLNonNull.nonNull(GraphQLString), "For a watch that goes on here."))
                .build();
        fetch(page.getName(), "items", environment -> pageOf(environment).items());
        fetch(page.getName(), "next", environment -> pageOf(environment).next().orElse(null));
        fetch(page.getName(), "position", environment -> pageOf(environment).position());
        var many = camel(kind.plural());
        var one = Character.toLowerCase(kind.name().charAt(0)) + kind.name().substring(1);
        boolean projects = kind.scope() == Kind.Scope.PROJECT;
        var list = field(many, GraphQLNonNull.nonNull(page), kind.about())
                .transform(field -> field.argument(KindTypes.first())
                        .argument(argument("after", GraphQLString, "The `next` of the page before."))
                        .argument(argument(
                                "where", texts(), "Conditions such as `status.stage!=running`; all must hold."))
                        .argument(argument("labels", texts(), "KEY=VALUE; all must be there."))
                        .argument(argument(
                                "sort", GraphQLString, "A field such as `createdAt`; `-createdAt` downwards.")));
        var single = field(one, type, kind.about())
                .transform(field -> field.argument(argument("name", GraphQLNonNull.nonNull(GraphQLString), "")));
        if (projects) {
            list = list.transform(field -> field.argument(argument("project", GraphQLString, "All, where left out.")));
            single = single.transform(
                    field -> field.argument(argument("project", GraphQLString, "`default`, where left out.")));
        }
        query.field(list).field(single);
        fetch(QUERY, many, environment -> reading.page(kind, environment));
        fetch(QUERY, one, environment -> reading.one(kind, environment));
    }

    private static Reading.Page pageOf(graphql.schema.DataFetchingEnvironment environment) {
        return Check.present(environment.<Reading.Page>getSource());
    }

    private void related() {
        schema.additionalType(GraphQLObjectType.newObject()
                .name("Related")
                .field(field("field", GraphQLNonNull.nonNull(GraphQLString), "Where in the spec of who refers."))
                .field(field("resource", GraphQLNonNull.nonNull(GraphQLTypeReference.typeRef(KindTypes.RESOURCE)), ""))
                .build());
        fetch(
                "Related",
                "field",
                environment -> Check.present(environment.<Reading.RelatedNode>getSource())
                        .field());
        fetch(
                "Related",
                "resource",
                environment -> Check.present(environment.<Reading.RelatedNode>getSource())
                        .resource());
    }

    /** A type of two texts. */
    private void pair(String name, String... fields) {
        var type = GraphQLObjectType.newObject().name(name);
        for (var each : fields) {
            type.field(field(each, GraphQLNonNull.nonNull(GraphQLString), ""));
            fetch(name, each, environment -> text(Check.present(environment.getSource()), each));
        }
        schema.additionalType(type.build());
    }

    private static Object text(Object source, String field) {
        return source instanceof java.util.Map<?, ?> map
                ? Check.present(map.get(field))
                : Check.present(Values.of(((tools.jackson.databind.JsonNode) source).path(field)));
    }

    private GraphQLObjectType.Builder subscription(DataFetcher<?> changes) {
        var change = GraphQLObjectType.newObject()
                .name("Change")
                .field(field("position", GraphQLNonNull.nonNull(GraphQLString), "Where it stands in the log."))
                .field(field(
                        "what",
                        GraphQLNonNull.nonNull(GraphQLString),
                        "created, changed, reported, deleting or deleted."))
                .field(field("actor", GraphQLNonNull.nonNull(GraphQLString), "Who did it."))
                .field(field("at", GraphQLNonNull.nonNull(GraphQLString), "When, in UTC."))
                .field(field(
                        "resource",
                        GraphQLNonNull.nonNull(GraphQLTypeReference.typeRef(KindTypes.RESOURCE)),
                        "As it was right after."))
                .build();
        for (var each : List.of("position", "what", "actor", "at"))
            fetch("Change", each, environment -> changeOf(environment).text(each));
        fetch("Change", "resource", environment -> Node.of(changeOf(environment).change()));
        code.dataFetcher(FieldCoordinates.coordinates("Subscription", "changes"), changes);
        return GraphQLObjectType.newObject()
                .name("Subscription")
                .field(field("changes", GraphQLNonNull.nonNull(change), "What happens, as it happens.")
                        .transform(field -> field.argument(argument("kind", GraphQLString, "Such as Fleet."))
                                .argument(argument("project", GraphQLString, ""))
                                .argument(argument("name", GraphQLString, ""))
                                .argument(argument(
                                        "from", GraphQLString, "A position; what comes now where left out."))));
    }

    private static ChangeFeed.Event changeOf(graphql.schema.DataFetchingEnvironment environment) {
        return Check.present(environment.<ChangeFeed.Event>getSource());
    }

    private void fetch(String type, String field, DataFetcher<?> fetcher) {
        code.dataFetcher(FieldCoordinates.coordinates(type, field), fetcher);
    }

    /** {@code security-groups} is {@code securityGroups}. */
    static String camel(String plural) {
        var words = plural.split("-", -1);
        var name = new StringBuilder(words[0]);
        for (int at = 1; at < words.length; at++)
            name.append(words[at].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[at].substring(1));
        return name.toString();
    }
}
