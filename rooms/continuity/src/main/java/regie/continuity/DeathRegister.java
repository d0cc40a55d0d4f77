package regie.continuity;

import regie.compute.Deaths;
import regie.identity.Caller;
import regie.identity.Register;

/** Deaths, verdicts and leases, for those who may see the estate. */
public final class DeathRegister {
    public static final int MOST = 1_000;

    private final Register register;

    public DeathRegister(Register register) {
        this.register = register;
    }

    /** @param most of each so many at most */
    public DeathsAnswer list(Caller caller, int most) {
        return register.survey(
                caller,
                tx -> new DeathsAnswer(
                        VerdictLedger.newest(tx, most), Deaths.newest(tx, most), DegradedLedger.newest(tx, most)));
    }

    public LeasesAnswer leases(Caller caller) {
        return register.survey(caller, LeaseSheet::read);
    }
}
