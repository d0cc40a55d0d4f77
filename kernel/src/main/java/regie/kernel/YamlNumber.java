package regie.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ValueNode;

/** Numbers as YAML's core schema writes them, within what arithmetic and a database can bear. */
final class YamlNumber {
    static final int DIGITS_MAX = 40;
    private static final int EXPONENT_MAX = 300;

    private YamlNumber() {}

    /** Empty where {@code text} is too long, too large or no number at all, such as {@code .inf}. */
    static Optional<ValueNode> read(String text, boolean whole) {
        if (text.length() > DIGITS_MAX) return Optional.empty();
        try {
            if (whole) return Optional.of(JsonNodeFactory.instance.numberNode(integer(text)));
            var number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > EXPONENT_MAX) return Optional.empty();
            return Optional.of(JsonNodeFactory.instance.numberNode(number));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static String shortened(String text) {
        return text.length() <= DIGITS_MAX ? text : text.substring(0, DIGITS_MAX) + "…";
    }

    private static BigInteger integer(String text) {
        if (text.startsWith("0x")) return new BigInteger(text.substring(2), 16);
        if (text.startsWith("0o")) return new BigInteger(text.substring(2), 8);
        return new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    }
}
