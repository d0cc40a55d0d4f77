package regie.estate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The power feeds of an estate under numbers, in order of name, and which of them are live. */
final class Feeds {
    final List<String> names;
    final List<String> sites = new ArrayList<>();
    final List<List<Integer>> upstream = new ArrayList<>();
    private final List<List<Integer>> downstream = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    Feeds(Estate estate) {
        names = List.copyOf(estate.feeds().keySet());
        for (var name : names) numbers.put(name, numbers.size());
        for (int at = 0; at < names.size(); at++) downstream.add(new ArrayList<>());
        for (var feed : estate.feeds().values()) {
            var above = feed.upstream().stream()
                    .map(this::number)
                    .filter(at -> at >= 0)
                    .distinct()
                    .toList();
            for (int at : above) downstream.get(at).add(upstream.size());
            upstream.add(above);
            sites.add(feed.site());
        }
    }

    int number(String name) {
        return numbers.getOrDefault(name, -1);
    }

    /**
     * What still carries current: it is not lost, and comes in from outside or has at least one live feed above it. Feeds that draw
     * from each other in a circle alone are dark.
     */
    BitSet live(BitSet lost) {
        var live = new BitSet(names.size());
        var next = new ArrayDeque<Integer>();
        for (int feed = 0; feed < names.size(); feed++) {
            if (!upstream.get(feed).isEmpty() || lost.get(feed)) continue;
            live.set(feed);
            next.add(feed);
        }
        while (!next.isEmpty()) {
            for (int below : downstream.get(next.remove())) {
                if (live.get(below) || lost.get(below)) continue;
                live.set(below);
                next.add(below);
            }
        }
        return live;
    }
}
