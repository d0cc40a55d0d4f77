package regie.estate;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import regie.kernel.Nearest;
import regie.kernel.Refused;

/** Reads what somebody says is lost, such as {@code feed/par1-b}. */
final class LossWords {
    private static final int LOST_MAX = 64;
    private static final String EXPECTED = "KIND/NAME, such as feed/par1-b, with one of "
            + Arrays.stream(Element.Kind.values()).map(Element.Kind::word).collect(Collectors.joining(", "));

    private final Set<Element> elements;

    LossWords(Set<Element> elements) {
        this.elements = elements;
    }

    /** @throws Refused with {@link EstateRefusal} */
    Set<Element> read(Collection<String> words) {
        if (words.isEmpty() || words.size() > LOST_MAX) {
            var given = words.isEmpty() ? "" : words.size() + " at once";
            throw new EstateRefusal.LossMalformed(given, words.isEmpty() ? EXPECTED : "at most " + LOST_MAX)
                    .asException();
        }
        return words.stream().map(this::element).collect(Collectors.toCollection(TreeSet::new));
    }

    private Element element(String word) {
        int slash = word.indexOf('/');
        var kind = slash < 0 ? List.<Element.Kind>of() : kinds(word.substring(0, slash));
        if (kind.isEmpty() || slash == word.length() - 1)
            throw new EstateRefusal.LossMalformed(word, EXPECTED).asException();
        var element = new Element(kind.getFirst(), word.substring(slash + 1));
        if (elements.contains(element)) return element;
        var known = elements.stream()
                .filter(each -> each.kind() == element.kind())
                .map(Element::name)
                .toList();
        var meant = Nearest.meant(element.name(), known);
        var hint = known.isEmpty() ? ", and no other " + element.kind().word() + "." : meant;
        throw new EstateRefusal.NothingToLose(element.toString(), hint).asException();
    }

    /** Also in capitals and in the plural, as the words of the command line go. */
    private static List<Element.Kind> kinds(String word) {
        var plain = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(Element.Kind.values())
                .filter(kind -> plain.equals(kind.word()) || plain.equals(kind.word() + "s"))
                .toList();
    }
}
