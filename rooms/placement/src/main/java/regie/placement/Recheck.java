package regie.placement;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import regie.kernel.Check;

/** What has to go because hosts came, went or changed. */
final class Recheck {
    private final Inventory inventory;
    private final Proof proof;
    private final Guarantees guarantees;

    Recheck(Inventory inventory, Proof proof, Guarantees guarantees) {
        this.inventory = inventory;
        this.proof = proof;
        this.guarantees = guarantees;
    }

    /** False where so much has changed that everything has to be proven anew: what fails with what, or whose the hosts are. */
    boolean possible(Set<UUID> hosts) {
        for (var id : hosts) {
            var host = inventory.host(id);
            var refuge = refuge(id);
            if (host.isPresent() && foreign(host.get())) return false;
            if (host.isPresent() != (refuge != null)
                    && !still(
                            host.isPresent()
                                    ? inventory.state(id)
                                    : Check.present(refuge).host())) return false;
            if (refuge == null) continue;
            if (host.isEmpty() && !refuge.wards().isEmpty()) return false;
            if (host.isPresent() && !host.get().location().equals(refuge.seen().location())) return false;
        }
        return true;
    }

    /** Dedicated to a project that had no hosts of its own: its guests' needs have become others. */
    private boolean foreign(Host host) {
        return host.project().isPresent()
                && !proof.needs().dedicated(host.project().get());
    }

    /** After a host has come or gone: whether failures that took the same hosts still do, and those that didn't don't. */
    private boolean still(HostState host) {
        for (int domain : host.domains()) {
            if (domain == Domains.NONE) continue;
            for (var other : proof.refuges().all()) {
                boolean here = inventory.host(other.seen().id()).isPresent();
                if (here
                        && other.host() != host
                        && other.host().domains()[Domains.kind(domain).number()] == domain) {
                    if (!proof.failures().still(other.host())) return false;
                    break;
                }
            }
        }
        return true;
    }

    private @Nullable Refuge refuge(UUID id) {
        for (var refuge : proof.refuges().all()) if (refuge.seen().id().equals(id)) return refuge;
        return null;
    }

    /** Displaces what can't stay; the caller has to settle. */
    void of(Set<UUID> hosts) {
        for (var id : new TreeSet<>(hosts)) { // so that what comes of it doesn't hang on the order of a set
            var refuge = refuge(id);
            if (inventory.host(id).isEmpty()) {
                if (refuge != null) gone(refuge);
            } else if (refuge == null || refuge.host() != inventory.state(id)) {
                if (refuge != null) gone(refuge);
                come(inventory.state(id));
            } else {
                become(refuge);
            }
        }
        proof.freed();
        proof.touched().addAll(proof.delicate());
    }

    private void gone(Refuge refuge) {
        clear(refuge);
        proof.refuges().remove(refuge);
        proof.failures().forget(refuge.host());
        for (var other : proof.refuges().all()) {
            if (fewer(other.host(), refuge.host())) other.wards().forEach(guarantees::look);
        }
        proof.needs().forget(refuge.order());
    }

    /** What both fell with may be so small now that it falls with the loss of a few hosts. */
    private boolean fewer(HostState host, HostState gone) {
        if (inventory.host(host.host().id()).isEmpty()) return false;
        for (var kind : Domain.values()) {
            boolean both = host.domains()[kind.number()] == gone.domains()[kind.number()];
            int size = proof.failures().size(host, kind);
            if (both && size > 0 && size <= Survives.COUNT_MAX) return true;
        }
        return false;
    }

    private void come(HostState host) {
        var refuge = proof.refuges().add(host);
        for (var seat : List.copyOf(host.seats())) guarantees.protect(proof.enter(seat, refuge));
    }

    private void become(Refuge refuge) {
        if (refuge.layout() != refuge.host().layout()) clear(refuge);
        refuge.look();
        proof.needs().forget(refuge.order());
        proof.refuges().roomChanged(refuge);
        for (var load : List.copyOf(refuge.loads())) {
            for (var witness : List.copyOf(load.witnesses())) {
                if (load.witnesses().contains(witness) && !witness.ward().need().mayGo(refuge))
                    guarantees.displace(witness);
            }
        }
        guarantees.squeeze(refuge);
    }

    private void clear(Refuge refuge) {
        while (!refuge.loads().isEmpty()) {
            guarantees.displace(refuge.loads().getLast().witnesses().getLast());
        }
    }
}
