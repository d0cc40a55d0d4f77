package regie.graphql;

import graphql.GraphQLContext;
import graphql.language.OperationDefinition;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import regie.identity.Caller;
import regie.identity.Register;
import regie.kernel.Check;
import regie.kernel.Cursor;
import regie.kernel.Filter;
import regie.kernel.Kind;
import regie.kernel.Relation;
import regie.kernel.Selection;
import regie.kernel.Sort;
import regie.kernel.Spec;
import regie.kernel.Status;

/** Looks up what a query asks for, as its caller. Relatives of one level are read together. */
final class Reading {
    static final int FIRST = 100;

    private final Register register;

    Reading(Register register) {
        this.register = register;
    }

    /** @param next the {@code after} of the next page; empty on the last */
    record Page(List<Node> items, Optional<String> next, String position) {}

    record RelatedNode(String field, Node resource) {}

    private record Question(UUID uid, int most) {}

    static Caller caller(GraphQLContext context) {
        return Check.present(context.<Caller>get(Caller.class));
    }

    /** Each execution has its own: what one caller sees is no answer to another. */
    DataLoaderRegistry loaders(Caller caller) {
        var registry = new DataLoaderRegistry();
        for (var relation : Relation.values()) {
            DataLoader<Question, List<RelatedNode>> loader =
                    DataLoaderFactory.newDataLoader(questions -> answers(caller, relation, questions));
            registry.register(relation.name(), loader);
        }
        return registry;
    }

    private CompletionStage<List<List<RelatedNode>>> answers(
            Caller caller, Relation relation, List<Question> questions) {
        var byMost = questions.stream().collect(Collectors.groupingBy(Question::most));
        var found = new HashMap<Question, List<RelatedNode>>();
        byMost.forEach((most, some) -> {
            var uids = some.stream().map(Question::uid).toList();
            register.related(caller, relation, uids, most)
                    .forEach((uid, related) -> found.put(new Question(uid, most), nodes(related)));
        });
        var inOrder = new ArrayList<List<RelatedNode>>();
        for (var question : questions) inOrder.add(found.getOrDefault(question, List.of()));
        return CompletableFuture.completedFuture(inOrder);
    }

    private static List<RelatedNode> nodes(List<Relation.Related> related) {
        return related.stream()
                .map(each -> new RelatedNode(each.field(), Node.of(each.resource())))
                .toList();
    }

    CompletableFuture<List<RelatedNode>> related(DataFetchingEnvironment environment, Relation relation) {
        DataLoader<Question, List<RelatedNode>> loader = Check.present(environment.getDataLoader(relation.name()));
        Node node = Check.present(environment.getSource());
        var question = new Question(node.uid(), first(environment));
        // The events of a subscription come one by one: there is no level of which the questions could be gathered.
        if (environment.getOperationDefinition().getOperation() == OperationDefinition.Operation.SUBSCRIPTION) {
            var caller = caller(environment.getGraphQlContext());
            return answers(caller, relation, List.of(question))
                    .toCompletableFuture()
                    .thenApply(List::getFirst);
        }
        return loader.load(question);
    }

    <S extends Spec, T extends Status> Node one(Kind<S, T> kind, DataFetchingEnvironment environment) {
        var key = kind.key(project(environment).orElse("default"), Check.present(environment.getArgument("name")));
        return Node.of(register.get(caller(environment.getGraphQlContext()), key));
    }

    <S extends Spec, T extends Status> Page page(Kind<S, T> kind, DataFetchingEnvironment environment) {
        var which = selection(kind, environment);
        var page = register.list(caller(environment.getGraphQlContext()), kind, which);
        var next = page.more()
                ? Optional.of(Cursor.of(page.which().behind(page.items().getLast())))
                : Optional.<String>empty();
        return new Page(
                page.items().stream().map(Node::of).toList(),
                next,
                page.position().toString());
    }

    private static Selection selection(Kind<?, ?> kind, DataFetchingEnvironment environment) {
        var sort = Optional.<String>ofNullable(environment.getArgument("sort")).map(text -> Sort.of(kind, text));
        var which = Selection.ALL
                .withLabels(labels(environment))
                .where(texts(environment, "where").stream()
                        .map(text -> Filter.of(kind, text))
                        .toList())
                .sorted(sort);
        var narrowed = project(environment).map(which::inProject).orElse(which);
        var after = Optional.<String>ofNullable(environment.getArgument("after"))
                .map(text -> Cursor.parse(kind, sort, text)
                        .orElseThrow(() -> new GraphQlRefusal.BadArgument("after", text, "the next of the page before")
                                .asException()));
        return narrowed.page(after, first(environment));
    }

    private static Map<String, String> labels(DataFetchingEnvironment environment) {
        var labels = new HashMap<String, String>();
        for (var pair : texts(environment, "labels")) {
            int equals = pair.indexOf('=');
            if (equals <= 0) throw new GraphQlRefusal.BadArgument("labels", pair, "KEY=VALUE").asException();
            labels.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return labels;
    }

    private static Optional<String> project(DataFetchingEnvironment environment) {
        return Optional.<String>ofNullable(environment.getArgument("project")).filter(name -> !name.isEmpty());
    }

    private static List<String> texts(DataFetchingEnvironment environment, String argument) {
        List<String> given = environment.getArgumentOrDefault(argument, List.of());
        if (given.size() > Filter.MOST)
            throw new GraphQlRefusal.BadArgument(argument, given.size() + " entries", "at most " + Filter.MOST)
                    .asException();
        return given;
    }

    private static int first(DataFetchingEnvironment environment) {
        int first = environment.getArgumentOrDefault("first", FIRST);
        if (first < 1 || first > Selection.PAGE_MAX) {
            throw new GraphQlRefusal.BadArgument(
                            "first", Integer.toString(first), "a whole number from 1 to " + Selection.PAGE_MAX)
                    .asException();
        }
        return first;
    }
}
