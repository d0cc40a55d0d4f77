package regie.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What brings down what, as a tree. Each thing stands once, below the first of its causes, with the others named beside it; like
 * things that hang on the same stand on one line.
 */
final class CauseTree {
    private static final int RUNS_MAX = 6;
    private static final Map<String, String> FATES = Map.of(
            "lost", "lost",
            "gone", "stand in it",
            "dark", "dark",
            "diskless", "without a disk",
            "cut-off", "cut off",
            "down", "down");

    private final Ink ink;
    private final Map<String, List<JsonNode>> below = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    private CauseTree(Ink ink) {
        this.ink = ink;
    }

    static List<String> render(JsonNode answer, Ink ink) {
        var tree = new CauseTree(ink);
        tree.hang(answer);
        for (var lost : answer.path("lost")) {
            var element = Json.shown(lost);
            tree.lines.add(ink.on(Ink.Colour.BOLD, element + " is lost"));
            tree.children(List.of(element), "");
        }
        return tree.lines;
    }

    /** Each below the first of its causes that hangs already, so that what feeds itself in a circle still hangs on what was lost. */
    private void hang(JsonNode answer) {
        var hung = new HashSet<String>();
        for (var lost : answer.path("lost")) hung.add(Json.shown(lost));
        var waiting = new ArrayList<>(Json.items(answer.path("fallen")));
        waiting.removeIf(fallen -> hung.contains(Json.text(fallen, "element")));
        boolean more = true;
        while (more) {
            more = waiting.removeIf(fallen -> {
                var cause = Json.items(fallen.path("because")).stream()
                        .map(Json::shown)
                        .filter(hung::contains)
                        .findFirst();
                cause.ifPresent(
                        it -> below.computeIfAbsent(it, _ -> new ArrayList<>()).add(fallen));
                return cause.isPresent() && hung.add(Json.text(fallen, "element"));
            });
        }
    }

    /** @param of like things that stand on one line */
    private void children(List<String> of, String indent) {
        var groups = new TreeMap<Integer, Map<String, List<JsonNode>>>();
        for (var element : of)
            for (var fallen : below.getOrDefault(element, List.of())) {
                var title = title(fallen, element);
                groups.computeIfAbsent(rank(fallen), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(title, _ -> new ArrayList<>())
                        .add(fallen);
            }
        var flat = groups.values().stream()
                .flatMap(each -> each.entrySet().stream())
                .toList();
        for (int at = 0; at < flat.size(); at++) {
            boolean last = at == flat.size() - 1;
            var group = flat.get(at).getValue();
            var names = group.stream().map(CauseTree::name).toList();
            lines.add(indent
                    + (last ? "└─ " : "├─ ")
                    + kind(group.getFirst())
                    + (names.size() > 1 ? "s " : " ")
                    + NameRuns.of(names, RUNS_MAX)
                    + ink.on(Ink.Colour.FAINT, " " + flat.get(at).getKey()));
            children(group.stream().map(each -> Json.text(each, "element")).toList(), indent + (last ? "   " : "│  "));
        }
    }

    private static int rank(JsonNode fallen) {
        return List.of("site", "room", "rack", "feed", "carrier", "device", "link", "server")
                .indexOf(kind(fallen));
    }

    /** What its line says behind the names. */
    private static String title(JsonNode fallen, String cause) {
        var fate = Json.text(fallen, "fate");
        var others = Json.items(fallen.path("because")).stream()
                .map(Json::shown)
                .filter(other -> !other.equals(cause))
                .toList();
        return FATES.getOrDefault(fate, fate)
                + (others.isEmpty() ? "" : ", together with " + String.join(", ", others));
    }

    private static String kind(JsonNode fallen) {
        var element = Json.text(fallen, "element");
        return element.substring(0, Math.max(0, element.indexOf('/')));
    }

    private static String name(JsonNode fallen) {
        var element = Json.text(fallen, "element");
        return element.substring(element.indexOf('/') + 1);
    }
}
