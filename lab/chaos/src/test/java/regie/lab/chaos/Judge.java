package regie.lab.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the simulated hosts themselves wrote down: each line is one host and the guests that live on it, and the order of the lines
 * is the order of events over all hosts. Guests outlive their agent, so what a line says holds until the host's next one.
 *
 * @param now host of each living guest, by uid
 * @param twice each moment at which a guest lived on two hosts, or started anew in an epoch that was over
 */
record Judge(Map<String, String> now, List<String> twice, int lines) {

    static Judge read(Path journal) throws IOException {
        var hosts = new TreeMap<String, Set<String>>();
        var epochs = new HashMap<String, Long>();
        var twice = new ArrayList<String>();
        var lines = Files.readAllLines(journal);
        for (int at = 0; at < lines.size(); at++) {
            var words = Arrays.asList(lines.get(at).split(" ", -1));
            var host = words.getFirst();
            var guests = words.subList(1, words.size());
            for (var guest : guests) {
                var uid = guest.substring(0, guest.indexOf('/'));
                var epoch = Long.valueOf(guest.substring(guest.indexOf('/') + 1));
                for (var other : hosts.entrySet()) {
                    if (!other.getKey().equals(host) && other.getValue().contains(uid))
                        twice.add("line %d: %s lives on %s and %s".formatted(at + 1, uid, host, other.getKey()));
                }
                var before = epochs.put(uid, epoch);
                if (before != null && before > epoch)
                    twice.add("line %d: %s is back in epoch %d after %d".formatted(at + 1, uid, epoch, before));
            }
            hosts.put(
                    host,
                    guests.stream()
                            .map(guest -> guest.substring(0, guest.indexOf('/')))
                            .collect(Collectors.toSet()));
        }
        var now = new TreeMap<String, String>();
        hosts.forEach((host, uids) -> uids.forEach(uid -> now.put(uid, host)));
        return new Judge(now, List.copyOf(twice), lines.size());
    }
}
