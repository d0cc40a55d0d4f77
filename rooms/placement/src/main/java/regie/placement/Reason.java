package regie.placement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Why there is no place for a guest after a failure: what took every host out. Looks at each; for those who ask for words. */
final class Reason {
    private final Proof proof;
    private final WitnessSearch search;

    Reason(Proof proof, WitnessSearch search) {
        this.proof = proof;
        this.search = search;
    }

    /** @param aftermath of {@code failure}, as {@code ward} sees it */
    Why why(Ward ward, Failure failure, Aftermath aftermath) {
        int lost = 0;
        var bars = new TreeMap<Bar, Integer>();
        var lacks = new TreeMap<String, Integer>();
        var rules = new LinkedHashMap<String, Integer>();
        for (var refuge : proof.refuges().all()) {
            var host = refuge.host();
            var bar = Bar.first(ward.guest(), host.host());
            if (failure.hits(host)) {
                lost++;
            } else if (bar.isPresent()) {
                bars.merge(bar.get(), 1, Integer::sum);
            } else if (!search.fits(refuge, List.of(failure), ward.need().shape())) {
                var room = search.room(refuge, List.of(failure));
                lacks.merge(Lack.of(refuge.layout(), room, ward.need().shape()).words(), 1, Integer::sum);
            } else {
                rules.merge(broken(ward, host, aftermath), 1, Integer::sum);
            }
        }
        var counts = new LinkedHashMap<String, Integer>();
        counts.put(lost(ward, failure), lost);
        bars.forEach((bar, count) -> counts.put(bar.words(), count));
        counts.putAll(lacks);
        counts.putAll(rules);
        return why(proof.refuges().count(), counts);
    }

    private static Why why(int hosts, Map<String, Integer> counts) {
        var falls = new ArrayList<Why.Fall>();
        int left = hosts;
        for (var each : counts.entrySet()) {
            left -= each.getValue();
            falls.add(new Why.Fall(each.getKey(), each.getValue(), left));
        }
        return new Why(hosts, falls);
    }

    /** Names the failure and whom it leaves without a place. */
    private String lost(Ward ward, Failure failure) {
        var guest = ward.guest();
        var gap = proof.gap(ward, failure);
        return "lost by %s, after which guest %s%s has no place"
                .formatted(
                        gap, guest.id(), guest.group().isEmpty() ? "" : " of " + guest.project() + "/" + guest.group());
    }

    private static String broken(Ward ward, HostState host, Aftermath aftermath) {
        return RuleCheck.broken(ward.guest(), host, aftermath).orElse("needed for another of its places to return to");
    }
}
