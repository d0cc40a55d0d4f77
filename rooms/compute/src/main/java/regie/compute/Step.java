package regie.compute;

import java.util.UUID;
import regie.agent.contract.Claim;
import regie.kernel.Key;

/** One decision of a plan. It leaves no choice open to the execution. */
sealed interface Step {
    /** The fleet gets a new member. */
    record Enlist(UUID fleet, UUID instance, Key key, InstanceSpec spec) implements Step {}

    /** The fleet gives a member up. */
    record Retire(UUID instance, String why) implements Step {}

    /** A machine gets a place. */
    record Place(UUID instance, UUID server, long epoch, Claim claim) implements Step {}

    /**
     * Its host starts it anew where it is, in another shape or after it failed.
     *
     * @param shape what it is started with
     * @param claim what is taken of the host meanwhile: at least {@code shape}
     * @param builds how often it is built anew by then; behind the wanted number as long as there is nothing to build it from
     */
    record Restart(UUID instance, long epoch, Claim shape, Claim claim, int builds) implements Step {}

    /** Its host is told of another power state, or of one more reboot or rebuild. */
    record Retell(UUID instance, int builds) implements Step {}

    /** Its host has the new shape and no longer the larger of both. */
    record Shrink(UUID instance, Claim claim) implements Step {}

    /** Its host is told to run it no more. */
    record Leave(UUID instance) implements Step {}

    /** Nothing of it is left anywhere: its place is free again and its deletion ends. */
    record Finish(UUID instance) implements Step {}

    /** The last member is gone, and with it the fleet. */
    record Disband(UUID fleet) implements Step {}
}
