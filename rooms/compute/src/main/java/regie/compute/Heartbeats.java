package regie.compute;

import regie.identity.Caller;
import regie.identity.Desk;
import regie.kernel.Key;

/** Where members of fleets say that they live. */
public final class Heartbeats {
    private final Desk desk;

    public Heartbeats(Desk desk) {
        this.desk = desk;
    }

    /**
     * {@code instance} lives. May come as often as it likes; it is written down once a second at most.
     *
     * @throws regie.kernel.Refused with {@link ComputeRefusal.NoHeartbeat} where nobody waits for it, or as {@link Desk#report} says
     */
    public void heard(Caller caller, Key instance) {
        desk.report(caller, instance, (tx, now) -> {
            tx.mayBeLost(); // the next one says it again
            boolean awaited = now.owner()
                    .filter(fleet -> HeartbeatLedger.heard(tx, fleet, now.uid()))
                    .isPresent();
            if (!awaited) throw new ComputeRefusal.NoHeartbeat(instance).asException();
            return now.uid();
        });
    }
}
