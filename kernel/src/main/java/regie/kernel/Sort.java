package regie.kernel;

/**
 * The order of a list: by one field, those without it last, then by project and name. Downwards is exactly the same backwards.
 *
 * @param down from the greatest on
 */
public record Sort(FieldPath field, boolean down) {
    /** @throws Refused where the kind has no such field, or it is a list */
    public static Sort of(Kind<?, ?> kind, String text) {
        boolean down = text.startsWith("-");
        var field = FieldPath.of(kind, down ? text.substring(1) : text);
        if (field.type() == FieldPath.Type.LIST)
            throw new ResourceRefusal.BadValue("sort", text, "a field that is no list").asException();
        return new Sort(field, down);
    }

    private String value() {
        return "coalesce(%s, %s)".formatted(field.sql("sortSteps"), field.sqlValue("sortNothing"));
    }

    String condition() {
        return """
                 and (:afterName::text is null
                      or (%s is null, %s, project, name) %s (:afterNothing::boolean, %s, :afterProject, :afterName))
                """.formatted(field.sql("sortSteps"), value(), down ? "<" : ">", field.sqlValue("afterValue"));
    }

    String order() {
        var direction = down ? " desc" : "";
        return "%s is null%s, %s%s, project%s, name%s"
                .formatted(field.sql("sortSteps"), direction, value(), direction, direction, direction);
    }

    /** Stands for a missing value where two are compared; whether it is missing was compared before. */
    String nothing() {
        return switch (field.type()) {
            case TEXT, LIST -> "";
            case NUMBER -> "0";
            case TIME -> "1970-01-01T00:00:00Z";
        };
    }
}
