package regie.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Which kinds the room knows. The list is kept in the user's cache folder for some minutes, which saves a request per word; a word that
 * is not in it is looked up at the room before it is called wrong.
 */
final class KindCatalog {
    private final CachedAnswer cache;

    KindCatalog(CachedAnswer cache) {
        this.cache = cache;
    }

    /** @param word name, plural or lower case: {@code Fleet}, {@code fleets}, {@code fleet} */
    KindEntry named(String word) {
        return in(kinds(cache.recent()), word)
                .or(() -> in(kinds(cache.renewed()), word))
                .orElseThrow(() -> unknown(word));
    }

    List<KindEntry> all() {
        return kinds(cache.renewed());
    }

    private static Optional<KindEntry> in(List<KindEntry> kinds, String word) {
        return kinds.stream().filter(kind -> kind.answersTo(word)).findFirst();
    }

    private static List<KindEntry> kinds(JsonNode list) {
        var items = list.isArray() ? list : list.path("items");
        return Json.items(items).stream().map(KindEntry::of).toList();
    }

    private Failure unknown(String word) {
        var known = all().stream().map(KindEntry::word).sorted().collect(Collectors.joining(", "));
        return Failure.usage("There is no kind \"%s\" in the room at %s. It knows: %s"
                .formatted(Ink.plain(word), cache.room().address().url(), known));
    }
}
