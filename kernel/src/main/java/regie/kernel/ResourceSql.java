package regie.kernel;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/** The statements of {@link Resources}, apart so that the logic can be read. Each writes the resource and its log entry at once. */
final class ResourceSql {
    static final String SELECT = """
            select uid, kind, project, name, owner, labels, generation, revision, spec, status, created_at, deleting_at
              from kernel.resource
            """;

    /** One by one through their unique index, whatever is believed of how many there are of a kind. */
    static final String NAMED = """
            select found.* from unnest(:projects, :names) as given (project, name),
                   lateral (%s where kind = :kind and project = given.project and name = given.name offset 0) found
            """.formatted(SELECT);

    /** The log's columns out of a changed row named {@code changed}; the body is what a watcher gets. */
    private static final String LOG = """
            insert into kernel.log (transaction, revision, actor, change, kind, project, name, uid, body)
            select greatest(logged, pg_current_xact_id()), revision, :actor, %s, kind, project, name, uid,
                   jsonb_build_object('uid', uid, 'owner', owner, 'labels', labels, 'generation', generation, 'revision', revision,
                                      'createdAt', created_at, 'deletingAt', deleting_at, 'spec', spec, 'status', status)
              from changed
            returning change, kind, project, name, uid, (body->>'generation')::bigint as generation, (body->>'owner')::uuid as owner,
                      case when :whole then body end as body
            """;

    static final String INSERT = """
            with changed as (
              insert into kernel.resource (uid, kind, project, name, owner, labels, generation, revision, spec, status, created_at)
              select uid, :kind, project, name, owner, labels::jsonb, 1, nextval('kernel.revision'), spec::jsonb, :status::jsonb,
                     clock_timestamp()
                from unnest(:uids, :projects, :names, :owners::uuid[], :labels, :specs)
                     as draft (uid, project, name, owner, labels, spec)
              on conflict (kind, project, name) do nothing
              returning *)
            """ + LOG.formatted("'created'");

    /** Locks in order of uid, as {@link #REPORT} does. Where a generation has moved on, that resource is left out. */
    static final String REPLACE = """
            with seen as materialized (
              select r.uid, given.labels::jsonb as labels, given.spec::jsonb as spec
                from kernel.resource r
                join unnest(:uids, :generations, :labels, :specs) as given (uid, generation, labels, spec) on given.uid = r.uid
               where r.generation = given.generation and r.deleting_at is null order by r.uid for no key update of r),
            changed as (
              update kernel.resource r
                 set labels = seen.labels, spec = seen.spec, generation = r.generation + 1, revision = nextval('kernel.revision'),
                     logged = greatest(r.logged, pg_current_xact_id())
                from seen
               where r.uid = seen.uid
              returning r.*)
            """ + LOG.formatted("'changed'");

    /** Locks in order of uid what it will change, so that two reports of the same resources never wait in a circle. */
    static final String REPORT = """
            with seen as materialized (
              select r.uid, given.status::jsonb as status
                from kernel.resource r join unnest(:uids, :statuses) as given (uid, status) on given.uid = r.uid
               where r.status <> given.status::jsonb order by r.uid for no key update of r),
            changed as (
              update kernel.resource r
                 set status = seen.status, revision = nextval('kernel.revision'),
                     logged = greatest(r.logged, pg_current_xact_id())
                from seen
               where r.uid = seen.uid and r.status <> seen.status
              returning r.*)
            """ + LOG.formatted("'reported'");

    static final String MARK = """
            with changed as (
              update kernel.resource
                 set deleting_at = clock_timestamp(), revision = nextval('kernel.revision'),
                     logged = greatest(logged, pg_current_xact_id())
               where uid = any(:uids) and deleting_at is null
              returning *)
            """ + LOG.formatted("'deleting'");

    static final String DELETE = """
            with gone as (delete from kernel.resource where uid = any(:uids) returning *),
                 changed as (select uid, kind, project, name, owner, labels, generation, nextval('kernel.revision') as revision,
                                    spec, status, created_at, deleting_at, logged from gone)
            """ + LOG.formatted("'deleted'");

    private static final ObjectReader LABELS = Json.MAPPER.readerForMapOf(String.class);

    private ResourceSql() {}

    /**
     * Runs one of the statements that write, and has {@code tx} remember what it changed.
     *
     * @param whole whether also how the resources are afterwards: for few, which are told to their callers
     */
    static List<ChangeLog.Written> write(Tx tx, String statement, boolean whole, Object... parameters) {
        var all = Arrays.copyOf(parameters, parameters.length + 2);
        all[parameters.length] = "whole";
        all[parameters.length + 1] = whole;
        var written = tx.query(
                statement,
                row -> new ChangeLog.Written(
                        row.text("change"),
                        new Key(row.text("kind"), row.text("project"), row.text("name")),
                        row.uuid("uid"),
                        row.number("generation"),
                        row.maybeUuid("owner"),
                        row.maybeText("body")),
                all);
        tx.wrote(written);
        return written;
    }

    static <S extends Spec, T extends Status> Declared<S, T> declared(Kind<S, T> kind, Row row) {
        return new Declared<>(
                new Key(kind.name(), row.text("project"), row.text("name")),
                row.uuid("uid"),
                row.maybeUuid("owner"),
                labels(row.text("labels")),
                row.number("generation"),
                row.number("revision"),
                row.instant("created_at"),
                row.maybeInstant("deleting_at"),
                SpecReader.SHARED.stored(kind.spec(), row.text("spec")),
                Json.read(row.text("status"), kind.status()));
    }

    /** Out of the body of a log entry. */
    static <S extends Spec, T extends Status> Declared<S, T> declared(Kind<S, T> kind, Key key, String body) {
        var tree = Json.tree(body);
        return new Declared<>(
                key,
                UUID.fromString(tree.path("uid").stringValue()),
                Optional.of(tree.path("owner"))
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .map(UUID::fromString),
                labels(tree.path("labels").toString()),
                tree.path("generation").longValue(),
                tree.path("revision").longValue(),
                time(tree.path("createdAt")).orElseThrow(),
                time(tree.path("deletingAt")),
                SpecReader.SHARED.stored(kind.spec(), tree.path("spec").toString()),
                Json.read(tree.path("status").toString(), kind.status()));
    }

    /** PostgreSQL writes times with an offset. */
    private static Optional<Instant> time(JsonNode given) {
        return Optional.of(given)
                .filter(JsonNode::isString)
                .map(text -> OffsetDateTime.parse(text.stringValue()).toInstant());
    }

    private static Map<String, String> labels(String json) {
        return json.equals("{}") ? Map.of() : Map.copyOf(LABELS.<Map<String, String>>readValue(json));
    }
}
