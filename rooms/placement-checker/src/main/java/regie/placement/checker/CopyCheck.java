package regie.placement.checker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.placement.Return;
import regie.placement.Survival;

/** Holds a copy of what is proven against its original: it knows the same, and what is done to it leaves the original as it was. */
final class CopyCheck {
    private CopyCheck() {}

    static List<String> of(Survival survival, Collection<Failure> failures) {
        var wrong = new ArrayList<String>();
        var copy = survival.copy();
        var held = Set.copyOf(survival.held());
        var gaps = Set.copyOf(survival.gaps());
        if (!held.equals(Set.copyOf(copy.held()))) wrong.add("a copy holds " + copy.held() + " instead of " + held);
        if (!gaps.equals(Set.copyOf(copy.gaps()))) wrong.add("a copy has gaps " + copy.gaps() + " instead of " + gaps);
        for (var failure : failures) {
            var returns = foreseen(survival, failure.hosts());
            var copied = foreseen(copy, failure.hosts());
            if (!returns.equals(copied))
                wrong.add("after %s %s return in a copy %s instead of %s"
                        .formatted(failure.domain(), failure.name(), copied, returns));
        }
        for (var guest : copy.inventory().guests()) copy.unseat(guest.id());
        if (!copy.held().isEmpty()) wrong.add("a copy without guests holds " + copy.held());
        if (!held.equals(Set.copyOf(survival.held()))) wrong.add("emptying a copy changed what is held");
        return wrong;
    }

    private static Set<Return> foreseen(Survival survival, Set<UUID> lost) {
        return survival.afterLoss(lost).returns().stream()
                .filter(Return::foreseen)
                .collect(Collectors.toSet());
    }
}
