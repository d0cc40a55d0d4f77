package regie.kernel;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** How resources of different kinds hang together, read for many at once. */
public enum Relation {
    /** What a resource refers to in its spec. */
    NEEDS("from_uid as near, field, to_uid as far from kernel.reference where from_uid = any(:uids)"),
    /** What refers to it. */
    NEEDED_BY("to_uid as near, field, from_uid as far from kernel.reference where to_uid = any(:uids)"),
    /** What made it: a fleet of its members. */
    OWNER("uid as near, '' as field, owner as far from kernel.resource where uid = any(:uids) and owner is not null"),
    /** What it made. */
    OWNS("owner as near, '' as field, uid as far from kernel.resource where owner = any(:uids)");

    private final String pairs;

    Relation(String pairs) {
        this.pairs = pairs;
    }

    /** @param field where the reference stands in the spec of who refers; empty between owner and owned */
    public record Related(String field, Declared<?, ?> resource) {}

    private record Link(UUID near, String field, String kind, UUID far) {}

    /**
     * The relatives of {@code uids}, in order of kind, project and name.
     *
     * @param most of each one's at most so many
     */
    public Map<UUID, List<Related>> of(Tx tx, Kinds kinds, Resources resources, Collection<UUID> uids, int most) {
        var links = links(tx, uids, most);
        var byKind = new HashMap<String, Set<UUID>>();
        for (var link : links)
            byKind.computeIfAbsent(link.kind(), _ -> new HashSet<>()).add(link.far());
        var found = new HashMap<UUID, Declared<?, ?>>();
        byKind.forEach((kind, far) -> kinds.named(kind)
                .ifPresent(known -> resources.byUid(tx, known, far).forEach(each -> found.put(each.uid(), each))));
        var related = new LinkedHashMap<UUID, List<Related>>();
        for (var link : links) {
            var resource = found.get(link.far());
            if (resource == null) continue;
            related.computeIfAbsent(link.near(), _ -> new java.util.ArrayList<>())
                    .add(new Related(link.field(), resource));
        }
        return related;
    }

    private List<Link> links(Tx tx, Collection<UUID> uids, int most) {
        if (uids.isEmpty()) return List.of();
        return tx.query(
                """
                select near, field, kind, far
                  from (select near, field, kind, far, project, name,
                               row_number() over (partition by near order by kind, project, name, field) as place
                          from (select %s) pair join kernel.resource on uid = far) ranked
                 where place <= :most order by near, kind, project, name, field
                """.formatted(pairs),
                row -> new Link(row.uuid("near"), row.text("field"), row.text("kind"), row.uuid("far")),
                "uids",
                uids,
                "most",
                most);
    }
}
