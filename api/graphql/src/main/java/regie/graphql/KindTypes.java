package regie.graphql;

import static graphql.Scalars.GraphQLInt;
import static graphql.Scalars.GraphQLString;

import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLTypeReference;
import java.util.List;
import regie.kernel.Check;
import regie.kernel.Kind;
import regie.kernel.Relation;
import regie.kernel.SpecSchema;

/** One object type for each kind, and the interface that they share. */
final class KindTypes {
    static final String RESOURCE = "Resource";
    private static final List<String> TEXTS = List.of("kind", "project", "name", "uid");

    private final GraphQLCodeRegistry.Builder code;
    private final Reading reading;
    private final RecordTypes records;

    KindTypes(GraphQLCodeRegistry.Builder code, Reading reading) {
        this.code = code;
        this.reading = reading;
        this.records = new RecordTypes(code);
    }

    GraphQLInterfaceType resource() {
        var type = GraphQLInterfaceType.newInterface().name(RESOURCE).description("What every kind has.");
        common().forEach(type::field);
        code.typeResolver(RESOURCE, environment -> {
            Node node = Check.present(environment.getObject());
            return environment.getSchema().getObjectType(node.kind());
        });
        return type.build();
    }

    GraphQLObjectType of(Kind<?, ?> kind) {
        var type = GraphQLObjectType.newObject()
                .name(kind.name())
                .description(kind.about())
                .withInterface(GraphQLTypeReference.typeRef(RESOURCE));
        common().forEach(type::field);
        for (var field : common()) fetch(kind, field.getName());
        part(kind, type, "spec", kind.spec());
        part(kind, type, "status", kind.status());
        return type.build();
    }

    /** A part without fields is left out: GraphQL has no empty types. */
    private void part(Kind<?, ?> kind, GraphQLObjectType.Builder type, String part, Class<?> record) {
        var schema = SpecSchema.of(record);
        if (schema.path("properties").isEmpty()) return;
        var inner = records.of(kind.name() + RecordTypes.capital(part), schema);
        type.field(field(part, inner, "Its " + part + "."));
        code.dataFetcher(FieldCoordinates.coordinates(kind.name(), part), (graphql.schema.DataFetcher<?>) environment ->
                Check.present(environment.<Node>getSource()).fields().path(part));
    }

    private void fetch(Kind<?, ?> kind, String field) {
        var at = FieldCoordinates.coordinates(kind.name(), field);
        switch (field) {
            case "references" ->
                code.dataFetcher(at, (graphql.schema.DataFetcher<?>)
                        environment -> reading.related(environment, Relation.NEEDS));
            case "neededBy" ->
                code.dataFetcher(at, (graphql.schema.DataFetcher<?>)
                        environment -> reading.related(environment, Relation.NEEDED_BY));
            case "owned" ->
                code.dataFetcher(at, (graphql.schema.DataFetcher<?>) environment -> reading.related(
                                environment, Relation.OWNS)
                        .thenApply(all ->
                                all.stream().map(Reading.RelatedNode::resource).toList()));
            case "owner" ->
                code.dataFetcher(at, (graphql.schema.DataFetcher<?>) environment -> reading.related(
                                environment, Relation.OWNER)
                        .thenApply(all -> all.isEmpty() ? null : all.getFirst().resource()));
            default ->
                code.dataFetcher(at, (graphql.schema.DataFetcher<?>) environment ->
                        Values.of(Check.present(environment.<Node>getSource()).plain(field)));
        }
    }

    private static List<GraphQLFieldDefinition> common() {
        var resource = GraphQLTypeReference.typeRef(RESOURCE);
        var related = list(GraphQLTypeReference.typeRef("Related"));
        var fields = new java.util.ArrayList<GraphQLFieldDefinition>();
        for (var text : TEXTS) fields.add(field(text, GraphQLNonNull.nonNull(GraphQLString), ""));
        fields.add(field("labels", list(GraphQLTypeReference.typeRef("Label")), ""));
        fields.add(field("generation", Values.LONG, "Grows with each change of labels or spec."));
        fields.add(field("revision", Values.LONG, "Grows with each change at all."));
        fields.add(field("createdAt", GraphQLString, "In UTC."));
        fields.add(field("deletingAt", GraphQLString, "Since when it is being taken down."));
        fields.add(field("holds", list(GraphQLTypeReference.typeRef("Hold")), "What waits and why."));
        fields.add(field("owner", resource, "What made it, such as the fleet of a member."));
        fields.add(field("owned", list(resource), "What it made.").transform(field -> field.argument(first())));
        fields.add(field("references", related, "What its spec names.").transform(field -> field.argument(first())));
        fields.add(field("neededBy", related, "Whose spec names it.").transform(field -> field.argument(first())));
        return fields;
    }

    static GraphQLArgument first() {
        return argument("first", GraphQLInt, "At most so many, 1 to 1000.")
                .transform(argument -> argument.defaultValueProgrammatic(Reading.FIRST));
    }

    static GraphQLArgument argument(String name, GraphQLInputType type, String about) {
        return GraphQLArgument.newArgument()
                .name(name)
                .type(type)
                .description(about)
                .build();
    }

    static GraphQLFieldDefinition field(String name, GraphQLOutputType type, String about) {
        return GraphQLFieldDefinition.newFieldDefinition()
                .name(name)
                .type(type)
                .description(about)
                .build();
    }

    static GraphQLOutputType list(GraphQLOutputType of) {
        return GraphQLNonNull.nonNull(new GraphQLList(GraphQLNonNull.nonNull(of)));
    }

    static GraphQLInputType texts() {
        return new GraphQLList(GraphQLNonNull.nonNull(GraphQLString));
    }
}
