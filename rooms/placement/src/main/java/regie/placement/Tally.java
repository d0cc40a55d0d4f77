package regie.placement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what each host fell to. */
final class Tally {
    private final int hosts;
    private final Map<Bar, Integer> bars = new TreeMap<>();
    private final Map<Lack, Integer> lacks = new TreeMap<>();
    private final Map<String, Integer> rules = new LinkedHashMap<>();

    private Tally(int hosts) {
        this.hosts = hosts;
    }

    /** Of a guest that no host may take. */
    static Why why(Guest guest, Inventory inventory) {
        var tally = new Tally(inventory.states().size());
        var scene = new Now(inventory);
        var fit = new Fit();
        for (var host : inventory.states()) tally.fell(guest, host, scene, fit);
        return tally.why();
    }

    private void fell(Guest guest, HostState host, RuleCheck.Scene scene, Fit fit) {
        var bar = Bar.first(guest, host.host());
        if (bar.isPresent()) {
            bars.merge(bar.get(), 1, Integer::sum);
        } else if (!fit.fits(host.layout(), host.free(), guest.shape())) {
            lacks.merge(Lack.of(host.layout(), host.free(), guest.shape()), 1, Integer::sum);
        } else {
            Optional<String> broken = RuleCheck.broken(guest, host, scene);
            broken.ifPresent(rule -> rules.merge(rule, 1, Integer::sum));
        }
    }

    private Why why() {
        var counts = new LinkedHashMap<String, Integer>();
        bars.forEach((bar, count) -> counts.put(bar.words(), count));
        lacks.forEach((lack, count) -> counts.put(lack.words(), count));
        counts.putAll(rules);
        var falls = new ArrayList<Why.Fall>();
        int left = hosts;
        for (var each : counts.entrySet()) {
            left -= each.getValue();
            falls.add(new Why.Fall(each.getKey(), each.getValue(), left));
        }
        return new Why(hosts, falls);
    }
}
