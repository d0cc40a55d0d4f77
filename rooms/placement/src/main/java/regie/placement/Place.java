package regie.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * What a guest has of one host.
 *
 * @param takes each slot once, in the order of slots
 */
public record Place(UUID host, List<Take> takes) {
    public Place {
        takes = List.copyOf(ordered(takes));
        for (int at = 1; at < takes.size(); at++) {
            var slot = takes.get(at).slot();
            Wrong.unless(!slot.equals(takes.get(at - 1).slot()), "takes", slot, "each slot once");
        }
    }

    private static List<Take> ordered(List<Take> takes) {
        for (int at = 1; at < takes.size(); at++) {
            if (takes.get(at).slot().compareTo(takes.get(at - 1).slot()) < 0) {
                var sorted = new ArrayList<>(takes);
                sorted.sort(Comparator.comparing(Take::slot));
                return sorted;
            }
        }
        return takes;
    }
}
