package regie.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What sites have, have sold and can still sell. */
final class CapacityPage {
    private CapacityPage() {}

    static List<String> bySite(JsonNode answer, Ink ink) {
        var lines = new ArrayList<String>();
        for (var site : answer.path("sites")) {
            if (!lines.isEmpty()) lines.add("");
            lines.add(ink.on(
                    Ink.Colour.BOLD,
                    "%s (%s): %s of %s hosts open, %s addresses free"
                            .formatted(
                                    Json.text(site, "site"),
                                    Json.text(site, "state"),
                                    Json.text(site, "open"),
                                    Json.text(site, "hosts"),
                                    Json.text(site, "addresses"))));
            if (!site.path("rooms").isEmpty()) lines.addAll(rooms(site));
            if (!site.path("products").isEmpty()) lines.addAll(products(site));
            lines.add("  runs out: " + Json.text(site.path("forecast"), "words"));
        }
        return lines;
    }

    private static List<String> rooms(JsonNode site) {
        var columns =
                new Columns().row("  ROOM", "TOTAL", "CLAIMED", "RESERVED", "HELD", "FREE", "FRAGMENTED", "CLOSED");
        for (var room : site.path("rooms")) {
            columns.row(
                    "  " + Json.text(room, "what"),
                    Json.text(room, "total"),
                    Json.text(room, "claimed"),
                    Json.text(room, "reserved"),
                    Json.text(room, "held"),
                    Json.text(room, "free"),
                    Json.text(room, "fragmented"),
                    Json.text(room, "closed"));
        }
        return columns.lines();
    }

    private static List<String> products(JsonNode site) {
        var columns = new Columns().row("  PRODUCT", "OFFERED", "SOLD", "USED", "FIT NOW", "HELD", "FRAGMENTED");
        for (var product : site.path("products")) {
            columns.row(
                    "  " + Json.text(product, "flavor"),
                    offered(product),
                    Json.text(product, "sold"),
                    Json.text(product, "used"),
                    Json.text(product, "fits"),
                    Json.text(product, "held"),
                    Json.text(product, "fragmented"));
        }
        return columns.lines();
    }

    /** Such as {@code 8 (4 planned)}. */
    private static String offered(JsonNode product) {
        int planned = product.path("planned").asInt(0);
        if (planned == 0) return Json.text(product, "offered");
        return (Json.text(product, "offered") + " (%d planned)".formatted(planned)).strip();
    }

    /** As a catalogue has it: a product, how many of it there may be, and where. */
    static List<String> byProduct(JsonNode answer, Ink ink) {
        var columns = new Columns().row("PRODUCT", "OFFERED", "SOLD", "FIT NOW", "OFFERED BY SITE", "FIT NOW BY SITE");
        for (var product : answer.path("products")) {
            var flavor = Json.text(product, "flavor");
            columns.row(
                    flavor,
                    offered(product),
                    Json.text(product, "sold"),
                    Json.text(product, "fits"),
                    bySite(answer, flavor, "offered"),
                    bySite(answer, flavor, "fits"));
        }
        var lines = new ArrayList<>(columns.lines());
        lines.set(0, ink.on(Ink.Colour.BOLD, lines.getFirst()));
        return lines;
    }

    /** Such as {@code fra1: 150, par1: 100}: the most first. */
    private static String bySite(JsonNode answer, String flavor, String field) {
        var cells = new ArrayList<Cell>();
        for (var site : answer.path("sites"))
            for (var product : site.path("products"))
                if (Json.text(product, "flavor").equals(flavor) && count(product, field) > 0) {
                    var planned =
                            field.equals("offered") && product.path("planned").asInt(0) > 0;
                    cells.add(new Cell(Json.text(site, "site"), count(product, field), planned));
                }
        return cells.stream()
                .sorted(java.util.Comparator.comparingInt(Cell::count)
                        .reversed()
                        .thenComparing(Cell::site))
                .map(cell -> cell.site() + ": " + cell.count() + (cell.planned() ? " planned" : ""))
                .collect(Collectors.joining(", "));
    }

    /** What is planned stands with what is offered. */
    private static int count(JsonNode product, String field) {
        return product.path(field).asInt(0)
                + (field.equals("offered") ? product.path("planned").asInt(0) : 0);
    }

    private record Cell(String site, int count, boolean planned) {}
}
