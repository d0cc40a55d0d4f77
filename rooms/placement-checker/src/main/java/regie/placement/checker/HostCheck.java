package regie.placement.checker;

import java.util.ArrayList;
import java.util.List;
import regie.placement.Cpu;
import regie.placement.Guest;
import regie.placement.Host;

/** Whether a guest may be on a host at all, whoever else is there. */
final class HostCheck {
    private HostCheck() {}

    static List<Violation> of(Guest guest, Host host) {
        var violations = new ArrayList<Violation>();
        var rules = guest.rules();
        var at = host.location();
        rules.requires().forEach((label, value) -> {
            if (!value.equals(host.labels().get(label))) {
                violations.add(wrong(guest, host, "which lacks the label " + label + "=" + value));
            }
        });
        if (!rules.sites().isEmpty() && !rules.sites().contains(at.site())) {
            violations.add(wrong(guest, host, "at site " + at.site() + " instead of " + rules.sites()));
        }
        if (!rules.countries().isEmpty() && !rules.countries().contains(at.country())) {
            violations.add(wrong(guest, host, "in country " + at.country() + " instead of " + rules.countries()));
        }
        if (host.project().isPresent() && !host.project().get().equals(guest.project())) {
            violations.add(wrong(
                    guest,
                    host,
                    "which is dedicated to project " + host.project().get()));
        }
        if (host.overcommitted() != (guest.shape().cpu() == Cpu.OVERCOMMITTED)) {
            violations.add(
                    wrong(guest, host, host.overcommitted() ? "which is overcommitted" : "which isn't overcommitted"));
        }
        return violations;
    }

    private static Violation wrong(Guest guest, Host host, String why) {
        return new Violation(
                Violation.Sort.HOST,
                "%s of project %s is on host %s, %s".formatted(Words.name(guest), guest.project(), host.name(), why));
    }
}
