package regie.lab.clients;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Spoils what was good: values, bodies as bytes, names in paths. */
final class Spoiler {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEP = 5_000;

    /** Percent-encoded, as a name in a path. None of them is a name. */
    private static final List<String> NAMES = List.of(
            "..",
            "%2e%2e",
            "..%2f..%2f..%2fetc%2fpasswd",
            "%2e%2e%2fmaster.key",
            "..%5c..%5cmaster.key",
            "%00",
            "a%00b",
            "a%0d%0aX-Injected:%20yes",
            "%c0%ae%c0%ae",
            "%ff%fe",
            "%ed%a0%80",
            "%F0%9F%98%80",
            "%E2%80%AE",
            "UPPER",
            "-a",
            "a_b",
            "a%20b",
            "'%20or%20'1'='1",
            "%22;drop%20table%20kernel.resource;--",
            "%7b%7b7*7%7d%7d",
            "$%7bjndi:ldap:%2f%2fx%7d",
            "h%5B01-60%5D",
            ";a=b",
            "target;jsessionid=1",
            "target%2fexplain",
            "a".repeat(64),
            "a".repeat(4_000));

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\u0007\u001b[31m",
            "\u202e",
            "\ufffe\uffff",
            "\ud83d\ude00",
            "' or '1'='1",
            "\"; drop table kernel.resource; --",
            "${jndi:ldap://127.0.0.1/x}",
            "{{7*7}}",
            "../../../../etc/passwd",
            "file:///etc/passwd",
            "http://169.254.169.254/latest/meta-data",
            "-1",
            "0",
            "1e400",
            "NaN",
            "Infinity",
            "9223372036854775808",
            "99999999999999999999999999999999999999",
            "2026-02-30T25:61:61Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "0-0",
            "9223372036854775807-9223372036854775807",
            "18446744073709551616-1",
            "status.a.b.c.d.e.f=1",
            "spec.count>" + "9".repeat(400),
            "spec.count>1e999999999",
            "metadata->>'x'=1",
            "a=b,c!=d,e in (f)",
            "10.0.0.0/-1",
            "::/129",
            "999.1.1.1",
            "[01-99999999]",
            "h[1-2]-[1-2]-[1-2]-[1-1000000]",
            "%s%n%x",
            "*",
            "\"0\"",
            "W/\"1\"",
            "a".repeat(300),
            "a".repeat(70_000));

    private final RandomGenerator chance;

    Spoiler(RandomGenerator chance) {
        this.chance = chance;
    }

    String name() {
        return any(NAMES);
    }

    String text() {
        return any(TEXTS);
    }

    /** Of what a query or a header may hold: no line ends, and not too long for a header. */
    String shortText() {
        var text = text();
        return text.length() > 5_000 ? text.substring(0, 5_000) : text;
    }

    /** {@code good} with one to three of its values turned into something else. */
    JsonNode spoiled(JsonNode good) {
        var root = NODES.arrayNode().add(good.deepCopy());
        int times = 1 + chance.nextInt(3);
        for (int time = 0; time < times; time++) spoilOne(root);
        return root.path(0);
    }

    private void spoilOne(ArrayNode root) {
        var places = new ArrayList<Runnable>();
        places(root, places);
        places.get(chance.nextInt(places.size())).run();
    }

    private void places(JsonNode node, List<Runnable> places) {
        if (node instanceof ArrayNode array) {
            for (int at = 0; at < array.size(); at++) {
                int here = at;
                places.add(() -> array.set(here, value(array.get(here))));
                places(array.get(at), places);
            }
        } else if (node instanceof ObjectNode object) {
            for (var property : object.properties()) {
                var name = property.getKey();
                places.add(() -> object.set(name, value(object.get(name))));
                places.add(() -> object.remove(name));
                places(property.getValue(), places);
            }
            places.add(() -> object.put(text(), text()));
        }
    }

    private JsonNode value(JsonNode former) {
        return switch (chance.nextInt(14)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(BigInteger.TEN.pow(400));
            case 2 -> NODES.numberNode(Long.MIN_VALUE);
            case 3 -> NODES.numberNode(Integer.MAX_VALUE);
            case 4 -> NODES.numberNode(-1);
            case 5 -> NODES.numberNode(0.1);
            case 6 -> NODES.booleanNode(true);
            case 7 -> NODES.arrayNode().add(former).add(former);
            case 8 -> NODES.objectNode().set("a", former);
            case 9 -> NODES.objectNode();
            case 10 -> NODES.arrayNode();
            default -> NODES.stringNode(text());
        };
    }

    /** A body that no operation can take, whatever {@code good} is: broken as JSON and as YAML, no UTF-8, or no object at all. */
    byte[] impossible(byte[] good) {
        var text = new String(good, StandardCharsets.UTF_8);
        return switch (chance.nextInt(10)) {
            case 0 -> bytes("[]");
            case 1 -> bytes("42");
            case 2 -> bytes("\"text\"");
            case 3 -> bytes("{\"nonsense-\": " + text + "}");
            case 4 -> bytes(text.substring(0, Math.max(1, text.length() - 1)) + (text.length() < 3 ? "{" : ""));
            case 5 -> bytes("[".repeat(DEEP * 20) + "]".repeat(DEEP * 20));
            case 6 -> bytes("{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP));
            case 7 -> notUtf8(good);
            case 8 -> bytes("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n");
            default -> bytes("!!nonsense []");
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] notUtf8(byte[] good) {
        var bytes = new byte[good.length + 2];
        int at = chance.nextInt(good.length + 1);
        System.arraycopy(good, 0, bytes, 0, at);
        bytes[at] = (byte) 0xc3;
        bytes[at + 1] = (byte) 0x28;
        System.arraycopy(good, at, bytes, at + 2, good.length - at);
        return bytes;
    }

    private <T> T any(List<T> list) {
        return list.get(chance.nextInt(list.size()));
    }
}
