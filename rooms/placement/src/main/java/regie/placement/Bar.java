package regie.placement;

import java.util.Map;
import java.util.Optional;

/** What bars a guest from a host whatever stands there: the rules that only the host's own nature decides, in this order. */
enum Bar {
    SITE("at another site") {
        @Override
        boolean against(Guest guest, Host host) {
            var sites = guest.rules().sites();
            return !sites.isEmpty() && !sites.contains(host.location().site());
        }
    },
    COUNTRY("in another country") {
        @Override
        boolean against(Guest guest, Host host) {
            var countries = guest.rules().countries();
            return !countries.isEmpty() && !countries.contains(host.location().country());
        }
    },
    PROJECT("dedicated to another project") {
        @Override
        boolean against(Guest guest, Host host) {
            return host.project()
                    .filter(project -> !project.equals(guest.project()))
                    .isPresent();
        }
    },
    OVERCOMMITTED("overcommitted") {
        @Override
        boolean against(Guest guest, Host host) {
            return host.overcommitted() && guest.shape().cpu() != Cpu.OVERCOMMITTED;
        }
    },
    GUARANTEED("not overcommitted") {
        @Override
        boolean against(Guest guest, Host host) {
            return !host.overcommitted() && guest.shape().cpu() == Cpu.OVERCOMMITTED;
        }
    },
    LABELS("without a required label") {
        @Override
        boolean against(Guest guest, Host host) {
            return !all(guest.rules().requires(), host);
        }
    },
    CLOSED("closed to new guests") {
        @Override
        boolean against(Guest guest, Host host) {
            return !host.open();
        }
    };

    private final String words;

    Bar(String words) {
        this.words = words;
    }

    abstract boolean against(Guest guest, Host host);

    String words() {
        return words;
    }

    /** The first that bars it; empty where the host may take the guest, if there is room and its group lets it. */
    static Optional<Bar> first(Guest guest, Host host) {
        for (var bar : values()) if (bar.against(guest, host)) return Optional.of(bar);
        return Optional.empty();
    }

    private static boolean all(Map<String, String> labels, Host host) {
        for (var label : labels.entrySet()) {
            if (!label.getValue().equals(host.labels().get(label.getKey()))) return false;
        }
        return true;
    }
}
