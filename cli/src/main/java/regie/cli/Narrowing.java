package regie.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which of a kind's resources a list shows, and in which order. */
record Narrowing(Map<String, String> labels, List<String> where, Optional<String> sort) {
    static final Narrowing NONE = new Narrowing(Map.of(), List.of(), Optional.empty());

    String query() {
        var query = new StringBuilder();
        labels.forEach((key, value) -> query.append("&label=").append(Address.part(key + "=" + value)));
        where.forEach(condition -> query.append("&where=").append(Address.part(condition)));
        sort.ifPresent(field -> query.append("&sort=").append(Address.part(field)));
        return query.toString();
    }
}
