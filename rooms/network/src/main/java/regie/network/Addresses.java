package regie.network;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.kernel.Declared;
import regie.kernel.Hold;
import regie.kernel.Resources;
import regie.kernel.Status;
import regie.kernel.Tx;

/** Gives addresses of networks to owners, one each, and takes them back. */
public final class Addresses {
    /** Code of the hold for owners that got none: {@code docs/problems/addresses-used-up.md}. */
    public static final String USED_UP = "addresses-used-up";

    /** Of how many addresses for each owner the free ones are looked for first, and how many times more where these are taken. */
    private static final int LOOKED_AT = 8;

    private final Resources resources;

    public Addresses(Resources resources) {
        this.resources = resources;
    }

    /**
     * Gives each of {@code owners} an address of the network, in a few statements however many they are. Who has one keeps it.
     * Addresses are given behind the last one given, so that one that was released is not soon another's; never the gateway. Takers
     * of one network go one by one until their transactions end.
     *
     * @return by owner; where the addresses are used up, without those who got none, the last of {@code owners}. Tell them by
     *     {@link #usedUp}.
     */
    public Map<UUID, Address> take(Tx tx, UUID network, List<UUID> owners) {
        var given = new HashMap<UUID, Address>();
        if (owners.isEmpty()) return given;
        var declared =
                resources.byUid(tx, Networks.KIND, List.of(network)).stream().findFirst();
        if (declared.isEmpty()) return given;
        AddressSql.lock(tx, network);
        given.putAll(AddressSql.of(tx, network, owners));
        var lacking = new LinkedHashSet<>(owners);
        lacking.removeAll(given.keySet());
        if (lacking.isEmpty()) return given;
        var macs = Macs.choose(lacking, candidates -> AddressSql.macsTaken(tx, network, candidates));
        for (long within = LOOKED_AT; !macs.isEmpty(); within *= LOOKED_AT) {
            var some = AddressSql.insert(tx, network, declared.get().spec(), macs, within * owners.size());
            given.putAll(some);
            macs.keySet().removeAll(some.keySet());
            if (within >= NetworkSpec.ADDRESSES_MAX) break;
        }
        return given;
    }

    /** Takes back all that {@code owners} have. Who has nothing is passed over. */
    public void release(Tx tx, Collection<UUID> owners) {
        if (!owners.isEmpty()) AddressSql.delete(tx, owners);
    }

    /** What the keys have is now the values', each its own; who has nothing is passed over. No value may have one of the same network. */
    public void handOver(Tx tx, Map<UUID, UUID> heirs) {
        if (!heirs.isEmpty()) AddressSql.handOver(tx, heirs);
    }

    /** What each of {@code owners} has, in no order; without those who have nothing. */
    public Map<UUID, List<Address>> of(Tx tx, Collection<UUID> owners) {
        return owners.isEmpty() ? Map.of() : AddressSql.of(tx, owners);
    }

    /** How many addresses each of {@code networks} can still give, by uid. */
    public Map<UUID, Integer> free(Tx tx, Collection<Declared<NetworkSpec, Status.None>> networks) {
        return networks.isEmpty() ? Map.of() : AddressSql.free(tx, networks);
    }

    /** What an owner waits for that got no address of {@code network}. */
    public static Hold usedUp(String network) {
        return new Hold(
                USED_UP,
                "All addresses of network %s are taken. Widen its range, or delete what no longer needs one."
                        .formatted(network));
    }
}
