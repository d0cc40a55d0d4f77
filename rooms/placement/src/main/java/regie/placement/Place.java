package regie.placement;

import java.util.List;
import java.util.UUID;

/**
 * What a guest has of one host.
 *
 * @param takes each slot once, in the order of slots
 */
public record Place(UUID host, List<Take> takes) {
    public Place {
        takes = takes.stream()
                .sorted((one, other) -> one.slot().compareTo(other.slot()))
                .toList();
        for (int at = 1; at < takes.size(); at++) {
            var slot = takes.get(at).slot();
            Wrong.unless(!slot.equals(takes.get(at - 1).slot()), "takes", slot, "each slot once");
        }
    }
}
