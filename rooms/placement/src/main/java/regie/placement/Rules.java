package regie.placement;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Where a guest may go, and where it rather goes. Preferences count in the order: together, apart, spread, prefers, packing.
 *
 * @param apart one for each domain at most; so are {@code spread} and {@code survives}
 * @param requires labels that the host has
 * @param prefers labels of which the host has as many as possible
 * @param sites it goes to no other; empty for any
 * @param countries it goes to no other, as codes of ISO 3166-1 alpha-2; empty for any
 */
public record Rules(
        List<Apart> apart,
        List<Together> together,
        List<Spread> spread,
        Map<String, String> requires,
        Map<String, String> prefers,
        Set<String> sites,
        Set<String> countries,
        List<Survives> survives,
        Packing packing) {
    public static final Rules NONE =
            new Rules(List.of(), List.of(), List.of(), Map.of(), Map.of(), Set.of(), Set.of(), List.of(), Packing.PACK);

    private static final int TOGETHER_MAX = 16;
    private static final int LABELS_MAX = 32;

    public Rules {
        apart = once(apart, Apart::over, "apart");
        together = once(together, each -> each.group() + " " + each.over(), "together");
        spread = once(spread, Spread::over, "spread");
        survives = once(survives, Survives::over, "survives");
        requires = Map.copyOf(requires);
        prefers = Map.copyOf(prefers);
        sites = Set.copyOf(sites);
        countries = Set.copyOf(countries);
        Wrong.unless(together.size() <= TOGETHER_MAX, "together", together.size(), "at most " + TOGETHER_MAX);
        Wrong.unless(requires.size() <= LABELS_MAX, "requires", requires.size(), "at most " + LABELS_MAX);
        Wrong.unless(prefers.size() <= LABELS_MAX, "prefers", prefers.size(), "at most " + LABELS_MAX);
    }

    private static <T, K> List<T> once(List<T> rules, Function<T, K> key, String field) {
        var keys = new HashSet<K>();
        for (var each : rules) Wrong.unless(keys.add(key.apply(each)), field, each, "each domain once");
        return List.copyOf(rules);
    }

    public Rules withApart(Apart... rules) {
        return new Rules(List.of(rules), together, spread, requires, prefers, sites, countries, survives, packing);
    }

    public Rules withTogether(Together... rules) {
        return new Rules(apart, List.of(rules), spread, requires, prefers, sites, countries, survives, packing);
    }

    public Rules withSpread(Spread... rules) {
        return new Rules(apart, together, List.of(rules), requires, prefers, sites, countries, survives, packing);
    }

    public Rules requiring(Map<String, String> labels) {
        return new Rules(apart, together, spread, labels, prefers, sites, countries, survives, packing);
    }

    public Rules preferring(Map<String, String> labels) {
        return new Rules(apart, together, spread, requires, labels, sites, countries, survives, packing);
    }

    public Rules atSites(String... names) {
        return new Rules(apart, together, spread, requires, prefers, Set.of(names), countries, survives, packing);
    }

    public Rules inCountries(String... codes) {
        return new Rules(apart, together, spread, requires, prefers, sites, Set.of(codes), survives, packing);
    }

    public Rules surviving(Survives... failures) {
        return new Rules(apart, together, spread, requires, prefers, sites, countries, List.of(failures), packing);
    }

    public Rules packed(Packing how) {
        return new Rules(apart, together, spread, requires, prefers, sites, countries, survives, how);
    }
}
