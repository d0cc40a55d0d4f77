package regie.kernel;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A condition on one field, such as {@code status.stage!=running} or {@code spec.count>=3}. */
public record Filter(FieldPath field, Comparison comparison, String value) {
    /** How many conditions one list may have. */
    public static final int MOST = 16;

    /** A resource without the field fits {@code !=} and nothing else. */
    public enum Comparison {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">="),
        CONTAINS("~");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }
    }

    private static final List<Comparison> LONGEST_FIRST = Arrays.stream(Comparison.values())
            .sorted(Comparator.comparingInt((Comparison each) -> -each.sign.length()))
            .toList();

    /** @throws Refused where {@code text} is no condition, or the kind has no such field */
    public static Filter of(Kind<?, ?> kind, String text) {
        int at = 0;
        while (at < text.length() && "=!<>~".indexOf(text.charAt(at)) < 0) at++;
        int from = at;
        var comparison = LONGEST_FIRST.stream()
                .filter(each -> text.startsWith(each.sign, from))
                .findFirst()
                .orElseThrow(() -> new ResourceRefusal.BadValue(
                                "where", text, "FIELD=VALUE, or with !=, <, <=, >, >= or ~ (contains)")
                        .asException());
        var field = FieldPath.of(kind, text.substring(0, from));
        var value = text.substring(from + comparison.sign.length());
        if (comparison == Comparison.CONTAINS
                && field.type() != FieldPath.Type.TEXT
                && field.type() != FieldPath.Type.LIST)
            throw new ResourceRefusal.BadValue("where", text, "a text or a list before ~").asException();
        if (field.type() == FieldPath.Type.LIST && comparison != Comparison.CONTAINS)
            throw new ResourceRefusal.BadValue("where", text, "%s~VALUE, for it is a list".formatted(field.text()))
                    .asException();
        field.check(value);
        return new Filter(field, comparison, value);
    }

    String sql(String steps, String given) {
        var left = field.sql(steps);
        var right = field.sqlValue(given);
        return switch (comparison) {
            case EQUAL -> left + " = " + right;
            case NOT_EQUAL -> left + " is distinct from " + right;
            case LESS, AT_MOST, MORE, AT_LEAST -> left + " " + comparison.sign + " " + right;
            case CONTAINS ->
                field.type() == FieldPath.Type.LIST ? left + " @> " + right : "strpos(" + left + ", " + right + ") > 0";
        };
    }
}
