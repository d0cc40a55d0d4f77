package regie.placement;

import java.util.Optional;

/**
 * Whether the required rules about groups let a guest into a host. Pure: it sees where others stand only through {@link Scene},
 * so that it can be asked about the inventory as well as about what would be after a loss.
 */
final class RuleCheck {
    private RuleCheck() {}

    /** Where groups stand. Numbers of domains are those of {@link Domains}. */
    interface Scene {
        /** How many of a group there are. */
        int members(String project, String group);

        /** How many of a group stand in a domain. */
        int in(String project, String group, int domain);

        /** How many of those require to be the only one of the group there. */
        int alone(String project, String group, int domain);

        /** How many of the guest's group the emptiest of its domains holds, of those where its other rules let it go. */
        int least(Guest guest, Domain over);
    }

    /** The first rule that {@code guest} on {@code host} would break, in words; the guest itself is not in the scene. */
    static Optional<String> broken(Guest guest, HostState host, Scene scene) {
        var rules = guest.rules();
        if (!guest.group().isEmpty()) {
            for (var kind : Domain.values()) {
                if (notApart(guest, host.domain(kind), kind, scene)) return Optional.of(words(guest, kind));
            }
        }
        for (var each : rules.together()) {
            if (each.required() && notTogether(guest, host.domain(each.over()), each, scene))
                return Optional.of(words(guest, each));
        }
        for (var each : rules.spread()) {
            if (each.required() && skewed(guest, host.domain(each.over()), each, scene))
                return Optional.of(words(guest, each));
        }
        return Optional.empty();
    }

    static String words(Guest guest, Domain over) {
        return "in a %s that already holds one of group %s".formatted(over.word(), name(guest, guest.group()));
    }

    static String words(Guest guest, Together rule) {
        return "in no %s of group %s".formatted(rule.over().word(), name(guest, rule.group()));
    }

    static String words(Guest guest, Spread rule) {
        return "in a %s that already holds %d more of group %s than another"
                .formatted(rule.over().word(), rule.maxSkew(), name(guest, guest.group()));
    }

    private static String name(Guest guest, String group) {
        return guest.project() + "/" + group;
    }

    /** Both ways: somebody is there and the guest wants to be alone, or somebody there wants to. */
    private static boolean notApart(Guest guest, int domain, Domain kind, Scene scene) {
        if (domain == Domains.NONE) return false;
        return scene.alone(guest.project(), guest.group(), domain) > 0
                || (requiresApart(guest.rules(), kind) && scene.in(guest.project(), guest.group(), domain) > 0);
    }

    static boolean requiresApart(Rules rules, Domain kind) {
        var apart = rules.apart();
        for (int at = 0; at < apart.size(); at++) {
            if (apart.get(at).required() && apart.get(at).over() == kind) return true;
        }
        return false;
    }

    private static boolean notTogether(Guest guest, int domain, Together rule, Scene scene) {
        if (rule.group().equals(guest.group()) && scene.members(guest.project(), rule.group()) == 0) return false;
        return domain == Domains.NONE || scene.in(guest.project(), rule.group(), domain) == 0;
    }

    private static boolean skewed(Guest guest, int domain, Spread rule, Scene scene) {
        if (domain == Domains.NONE) return false;
        return scene.in(guest.project(), guest.group(), domain) + 1 - scene.least(guest, rule.over()) > rule.maxSkew();
    }
}
