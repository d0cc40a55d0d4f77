package regie.lab.chaos;

import tools.jackson.databind.JsonNode;

/** What the test knows of one declared resource: all that its own operations change. */
sealed interface Thing {
    String name();

    String kind();

    /** Where it is over REST. */
    String path();

    /** The whole of it, as JSON; a manifest and a PUT begin differently and end alike. */
    String content();

    record Machine(String name, String note, String flavor, boolean on, int reboots, int builds) implements Thing {
        @Override
        public String kind() {
            return "Instance";
        }

        @Override
        public String path() {
            return "/v1/projects/default/instances/" + name;
        }

        @Override
        public String content() {
            return """
                    "labels": {"note": "%s"},
                    "spec": {"flavor": "%s", "image": "tiny", "power": "%s", "reboots": %d, "builds": %d}
                    """.formatted(note, flavor, on ? "on" : "off", reboots, builds);
        }

        Machine power(boolean other) {
            return new Machine(name, note, flavor, other, reboots, builds);
        }

        Machine rebooted() {
            return new Machine(name, note, flavor, on, reboots + 1, builds);
        }

        Machine rebuilt() {
            return new Machine(name, note, flavor, on, reboots, builds + 1);
        }

        Machine resized(String other) {
            return new Machine(name, note, other, on, reboots, builds);
        }

        Machine noted(String other) {
            return new Machine(name, other, flavor, on, reboots, builds);
        }
    }

    record Group(String name, String note, int count) implements Thing {
        @Override
        public String kind() {
            return "Fleet";
        }

        @Override
        public String path() {
            return "/v1/projects/default/fleets/" + name;
        }

        @Override
        public String content() {
            return """
                    "labels": {"note": "%s"},
                    "spec": {"count": %d, "template": {"flavor": "small", "image": "tiny"}, "breaker": {"failures": 10000}}
                    """.formatted(note, count);
        }

        Group scaled(int other) {
            return new Group(name, note, other);
        }
    }

    default String put() {
        return "{" + content() + "}";
    }

    default String manifest() {
        return "{\"kind\": \"%s\", \"project\": \"default\", \"name\": \"%s\",%n%s}"
                .formatted(kind(), name(), content());
    }

    static Thing of(JsonNode resource) {
        var name = resource.path("name").asString();
        var note = resource.path("labels").path("note").asString();
        var spec = resource.path("spec");
        return switch (resource.path("kind").asString()) {
            case "Instance" ->
                new Machine(
                        name,
                        note,
                        spec.path("flavor").asString(),
                        spec.path("power").asString().equals("on"),
                        spec.path("reboots").asInt(),
                        spec.path("builds").asInt());
            case "Fleet" -> new Group(name, note, spec.path("count").asInt());
            case String other -> throw new AssertionError("nobody declared a " + other);
        };
    }
}
