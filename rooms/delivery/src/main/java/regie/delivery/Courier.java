package regie.delivery;

/** Who carries a parcel to its receiver. */
@FunctionalInterface
public interface Courier {
    /**
     * Sends {@code parcel} once. The receiver may have got it whatever the outcome says, {@link Outcome.Taken} excepted.
     *
     * @return within a time that the courier states
     */
    Outcome deliver(Parcel parcel);
}
