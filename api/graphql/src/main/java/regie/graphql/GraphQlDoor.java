package regie.graphql;

import graphql.ErrorClassification;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.SchemaPrinter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.identity.Caller;
import regie.identity.Register;
import regie.kernel.ChangeLog;
import regie.kernel.Check;
import regie.kernel.Json;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.LogTail;
import regie.kernel.Refused;

/** Answers GraphQL requests: it reads, and changes nothing. */
public final class GraphQlDoor {
    private static final Logger LOG = LoggerFactory.getLogger(GraphQlDoor.class);

    private final Kinds kinds;
    private final Register register;
    private final LogTail tail;
    private final Reading reading;
    private final PersistedQueries persisted = new PersistedQueries();
    private final GraphQL engine;

    public GraphQlDoor(Kinds kinds, Register register, LogTail tail) {
        this.kinds = kinds;
        this.register = register;
        this.tail = tail;
        this.reading = new Reading(register);
        this.engine = GraphQL.newGraphQL(GraphQlSchema.of(kinds, reading, this::changes))
                .instrumentation(Bounds.instrumentation())
                .defaultDataFetcherExceptionHandler(GraphQlDoor::failed)
                .build();
    }

    /** Either all of the answer at once, or what comes as it comes. */
    public sealed interface Answer {
        /** @param json with {@code data} and {@code errors} */
        record Whole(String json) implements Answer {}

        record Stream(Following following) implements Answer {}
    }

    /** The schema in GraphQL's own language, for contracts/. */
    public String schema() {
        return new SchemaPrinter(SchemaPrinter.Options.defaultOptions().includeDirectiveDefinitions(false))
                .print(engine.getGraphQLSchema());
    }

    /**
     * @param body a request as GraphQL over HTTP has it: query, variables, operationName, extensions.persistedQuery
     * @throws Refused where it is no such request
     */
    public Answer answer(Caller caller, String body) {
        var request = GraphQlRequest.read(body);
        var query = text(request);
        if (query.isEmpty()) return new Answer.Whole(error("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND"));
        var input = ExecutionInput.newExecutionInput(query.get())
                .operationName(request.operationName().orElse(null))
                .variables(request.variables())
                .graphQLContext(Map.of(Caller.class, caller))
                .dataLoaderRegistry(reading.loaders(caller))
                .build();
        var result = engine.execute(input);
        Object data = result.getData();
        if (data instanceof Publisher<?>) {
            Publisher<ExecutionResult> results = Check.present(result.getData());
            ChangeFeed feed = Check.present(input.getGraphQLContext().get(ChangeFeed.class));
            return new Answer.Stream(new Following(feed, results));
        }
        return new Answer.Whole(Json.write(result.toSpecification()));
    }

    private Optional<String> text(GraphQlRequest request) {
        if (request.hash().isEmpty()) return request.query();
        if (request.query().isEmpty()) return persisted.find(request.hash().get());
        if (!persisted.keep(request.hash().get(), request.query().get()))
            throw new GraphQlRefusal.BadQuery("sha256Hash is not the SHA-256 of query").asException();
        return request.query();
    }

    private ChangeFeed changes(DataFetchingEnvironment environment) {
        Optional<Kind<?, ?>> kind = argument(environment, "kind")
                .map(name -> kinds.named(name)
                        .orElseThrow(
                                () -> new GraphQlRefusal.BadArgument("kind", name, "the name of a kind, such as Fleet")
                                        .asException()));
        var watch = new Register.Watch(kind, argument(environment, "project"), argument(environment, "name"));
        var visible = register.watch(Reading.caller(environment.getGraphQlContext()), watch);
        var feed = new ChangeFeed(
                tail, visible, argument(environment, "from").map(this::position).orElseGet(tail::end));
        environment.getGraphQlContext().put(ChangeFeed.class, feed);
        return feed;
    }

    private ChangeLog.Position position(String text) {
        var position = ChangeLog.Position.parse(text)
                .orElseThrow(() ->
                        new GraphQlRefusal.BadArgument("from", text, "a position, as a list gives it").asException());
        if (!register.canGoOnFrom(position))
            throw new GraphQlRefusal.BadArgument("from", text, "a position that the log still reaches; list anew")
                    .asException();
        return position;
    }

    private static Optional<String> argument(DataFetchingEnvironment environment, String name) {
        return Optional.ofNullable(environment.getArgument(name));
    }

    private static CompletableFuture<DataFetcherExceptionHandlerResult> failed(
            DataFetcherExceptionHandlerParameters parameters) {
        var thrown = parameters.getException() instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : parameters.getException();
        if (!(thrown instanceof Refused)) LOG.error("GraphQL field {} failed", parameters.getPath(), thrown);
        var error = GraphqlErrorBuilder.newError(parameters.getDataFetchingEnvironment());
        GraphQLError told = thrown instanceof Refused refused
                ? error.message("%s", refused.refusal().detail())
                        .extensions(Map.of("code", refused.refusal().code()))
                        .errorType(ErrorClassification.errorClassification("Refused"))
                        .build()
                : error.message("it failed; the server's log says why")
                        .extensions(Map.of("code", "internal"))
                        .build();
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(told).build());
    }

    private static String error(String message, String code) {
        return Json.write(Map.of("errors", List.of(Map.of("message", message, "extensions", Map.of("code", code)))));
    }
}
