package regie.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads many resources with few requests: whole lists where more than some of a kind and project are wanted. */
record Seen(Room room, KindCatalog kinds) {
    private static final int SINGLY_MAX = 10;

    /** What is there of {@code keys}. */
    Map<ResourceKey, JsonNode> of(Collection<ResourceKey> keys) {
        var groups = new LinkedHashMap<List<String>, List<ResourceKey>>();
        for (var key : keys) {
            groups.computeIfAbsent(List.of(key.kind(), key.project()), _ -> new ArrayList<>())
                    .add(key);
        }
        var seen = new HashMap<ResourceKey, JsonNode>();
        groups.values().forEach(group -> read(group, seen));
        return seen;
    }

    private void read(List<ResourceKey> group, Map<ResourceKey, JsonNode> seen) {
        var kind = kinds.named(group.getFirst().kind());
        var project = group.getFirst().project();
        if (group.size() <= SINGLY_MAX) {
            for (var key : group)
                room.find(kind.path(project, key.name())).ifPresent(resource -> seen.put(key, resource));
        } else {
            var all = new Listing(room, kind, Optional.of(project).filter(name -> !name.isEmpty()), Narrowing.NONE);
            all.items(resource -> seen.put(ResourceKey.of(resource), resource));
        }
    }
}
