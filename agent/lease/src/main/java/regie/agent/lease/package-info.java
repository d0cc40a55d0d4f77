/**
 * The owner's lease of a host: why a machine can be started elsewhere though nobody can reach the host that had it. Everything here
 * decides and nothing acts: no clock, no thread, no disk. Time comes in as nanoseconds since some fixed moment of the machine at hand,
 * never negative and never back, counted on while the machine is suspended (CLOCK_BOOTTIME). No class is safe for use by several
 * threads at once.
 *
 * <p><b>On the host</b>: {@link regie.agent.lease.Lease} numbers the {@link regie.agent.lease.Beat}s to the room and to the host's
 * voters, takes in their {@link regie.agent.lease.Answer}s, and says until when guests may run. Whoever ends the guests (the warden)
 * begins at {@code runUntil} and has the profile's {@code stopNanos} to be done.
 *
 * <p><b>On its voters</b>, the agents of other hosts: {@link regie.agent.lease.Voter} answers beats, and refuses those that the
 * {@link regie.agent.lease.Refusals} name. {@link regie.agent.lease.Ears} tells whom it misses.
 *
 * <p><b>In the room</b>, on each of its servers: {@link regie.agent.lease.RoomVoice} answers beats;
 * {@link regie.agent.lease.Voters} chooses a host's voters; {@link regie.agent.lease.PossibleTerms} keeps which
 * {@link regie.agent.lease.Terms} a host may be counting by; {@link regie.agent.lease.Suspicion} puts two paths together; and
 * {@link regie.agent.lease.RunOut} is the proof.
 *
 * <p>The order in which the room does it: write the condemnation down; hand every agent the new {@code Refusals}; put each
 * {@link regie.agent.lease.Refused} that comes back into {@code RunOut}; once that is proven, start elsewhere. To take a host back:
 * hand it its wish without what was started elsewhere, hear that it has taken it and runs nothing else, then lift the condemnation.
 */
@NullMarked
package regie.agent.lease;

import org.jspecify.annotations.NullMarked;
