package regie.kernel;

/** Carries a {@link Refusal} up to the door. It changes nothing on its way: the transaction it leaves is rolled back. */
public final class Refused extends RuntimeException {
    private final transient Refusal refusal;

    Refused(Refusal refusal) {
        super(refusal.code() + ": " + refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
