package regie.death;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import regie.agent.lease.Answer;
import regie.agent.lease.Beat;
import regie.agent.lease.Lease;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.Refusals;
import regie.agent.lease.Refused;
import regie.agent.lease.RunOut;
import regie.agent.lease.Voter;
import regie.continuity.Suspicion;
import regie.continuity.Verdict.Said;
import regie.continuity.VerdictSettings;

/**
 * Bugs that somebody could have made, each switched on alone: the simulation has to find every one. What is no mistake is left out; a
 * bug that can't be found is a promise that nobody needs.
 */
// Each constant makes new parts for each play, and keeps none.
@SuppressWarnings("ImmutableEnumChecker")
enum Planted {
    LEASE_FROM_THE_ANSWER(
            37, "the lease runs from when an answer came, not from when its beat was sent", () -> new LongerLease() {
                @Override
                Optional<Long> given(SimAgent agent, Answer answer) {
                    return answer.kind() == Answer.Kind.GRANTED
                            ? Optional.of(agent.host().now())
                            : Optional.empty();
                }
            }),
    ONE_VOTER_IS_ENOUGH(37, "one voter carries the lease, whatever a majority is", () -> new LongerLease() {
        @Override
        Optional<Long> given(SimAgent agent, Answer answer) {
            boolean voter = !answer.by().equals(Answer.ROOM) && answer.kind() == Answer.Kind.GRANTED;
            return voter ? Optional.of(agent.sent(answer)) : Optional.empty();
        }
    }),
    REFUSAL_READ_AS_GRANT(8, "an agent takes any answer for a grant", () -> new Parts() {
        @Override
        Answer answer(SimAgent agent, Answer answer) {
            return as(answer, Answer.Kind.GRANTED);
        }
    }),
    LAPSE_NOT_FINAL(15, "voters bring a lapsed lease back", () -> new Parts() {
        @Override
        Lease begun(SimHost host, long incarnation) {
            return Lease.resumed(
                    host.name,
                    incarnation,
                    host.disk.terms,
                    Optional.of(host.now() + LeaseProfile.SAFE.hold().toNanos()));
        }
    }),
    LAPSED_MAY_RUN(
            11, "an agent starts what is wished without looking at its lease, and nothing holds it", () -> new Parts() {
                @Override
                boolean mayRun(SimAgent agent, boolean held) {
                    return true;
                }

                @Override
                boolean wardenHoldsTheGate(SimHost host) {
                    return false;
                }
            }),
    WARDEN_IN_THE_AGENT(60, "the warden is a thread of the agent, and stands still with it", () -> new Parts() {
        @Override
        boolean wardenWorks(SimHost host) {
            return host.agent().filter(SimAgent::goesOn).isPresent();
        }
    }),
    WARDEN_PUT_OFF(57, "the end that the warden is told of moves on while the lease has lapsed", () -> new Parts() {
        @Override
        Optional<Long> runUntil(SimAgent agent, Optional<Long> until) {
            long now = agent.host().now();
            return until.map(
                    end -> end <= now && !agent.host().processes().isEmpty() ? now + 100 * VirtualTime.MILLI : end);
        }
    }),
    WARDEN_TOO_SLOW(17, "the warden asks guests to shut down and waits four seconds for them", () -> new Parts() {
        @Override
        long strikeAfter(SimHost host, long nanos) {
            return nanos + 4 * VirtualTime.SECOND;
        }
    }),
    CLOCK_STANDS_WHEN_FROZEN(
            23, "the host counts by a clock that stands still while the machine does", () -> new Parts() {
                @Override
                long hostClock(SimHost host, long reads) {
                    return reads - host.frozenInAll();
                }
            }),
    HEARS_NOTHING_AND_COUNTS(30, "a host that hears nobody is taken to be well because it is heard", () -> new Parts() {
        @Override
        Beat beat(SimAgent agent, Beat beat) {
            return new Beat(beat.host(), beat.incarnation(), beat.sequence(), beat.settled(), true, beat.held());
        }
    }),
    REFUSAL_FORGOTTEN(53, "a voter keeps its refusals in memory alone", () -> new Parts() {
        @Override
        Refusals kept(Refusals list) {
            return new Refusals(list.number(), Map.of());
        }
    }),
    PROMISED_BEFORE_WRITTEN(53, "a voter promises before its refusal is on the disk", () -> new Parts() {
        @Override
        boolean promisesUnwritten() {
            return true;
        }
    }),
    FORGETFUL_VOTER_GRANTS(157, "a voter that has lost its disk grants at once", () -> new Parts() {
        @Override
        Voter voterWithoutDisk(String host, long now) {
            return Voter.remembering(host, Refusals.NONE, now);
        }
    }),
    REFUSER_GRANTS(37, "a voter promises to refuse and goes on granting", () -> new Parts() {
        @Override
        Answer voterAnswers(SimAgent agent, Beat beat, Answer answer) {
            return as(answer, Answer.Kind.GRANTED);
        }
    }),
    ELAPSED_SINCE_BOOT(13, "a voter that has started anew counts from the boot of its host", () -> new Parts() {
        @Override
        List<Refused> promises(SimAgent agent, List<Refused> promises) {
            return promises.stream()
                    .map(each -> new Refused(
                            each.by(),
                            each.host(),
                            each.condemnation(),
                            agent.host().now()))
                    .toList();
        }
    }),
    STALE_LIST_GRANTS(47, "a server of the room grants by a list of any age", () -> new Parts() {
        @Override
        Answer roomAnswers(SimServer server, Beat beat, Answer answer) {
            return answer.kind() == Answer.Kind.ABSTAINED ? as(answer, Answer.Kind.GRANTED) : answer;
        }
    }),
    CONDEMNED_GRANTED_BY_THE_ROOM(8, "the room goes on granting whom it has condemned", () -> new Parts() {
        @Override
        Answer roomAnswers(SimServer server, Beat beat, Answer answer) {
            return as(answer, Answer.Kind.GRANTED);
        }
    }),
    PROOF_WITHOUT_WAITING(13, "refusals alone are the proof, nobody waits for the lease to run out", () -> new Parts() {
        @Override
        boolean proven(RunOut proof, long now) {
            return proof.provenFrom().isPresent();
        }
    }),
    HOLD_WITHOUT_STOP(33, "the proof leaves no time for the ending of guests", () -> new Parts() {
        @Override
        boolean proven(RunOut proof, long now) {
            return proof.proven(now + 2300 * VirtualTime.MILLI);
        }
    }),
    PROMISE_OF_ANOTHER_CONDEMNATION(37, "a promise to an earlier condemnation counts", () -> new Parts() {
        @Override
        Refused promise(Refused promise, long condemnation) {
            return new Refused(
                    promise.by(), promise.host(), condemnation, promise.elapsedNanos() + 3 * VirtualTime.SECOND);
        }
    }),
    SUSPECTED_IS_DEAD(13, "a host that both paths miss is declared dead at once", () -> new Parts() {
        @Override
        boolean proven(RunOut proof, long now) {
            return true;
        }
    }),
    SILENT_BMC_MEANS_OFF(9, "a BMC that doesn't answer is taken to say off", () -> new Parts() {
        @Override
        Said says(SimHost.BmcSays says) {
            return says == SimHost.BmcSays.ON ? Said.ON : Said.OFF;
        }
    }),
    ONE_PATH_CONDEMNS(2, "a host that the room alone misses is condemned", () -> new Parts() {
        @Override
        Suspicion suspicion(Suspicion seen) {
            return new Suspicion(seen.since(), seen.watchedBy(), seen.watchedBy(), seen.grace());
        }
    }),
    CONDEMNED_AT_ONCE(1, "a suspect is condemned without waiting as long as its lease holds", () -> new Parts() {
        @Override
        Suspicion suspicion(Suspicion seen) {
            return new Suspicion(seen.since(), seen.missedBy(), seen.watchedBy(), Duration.ZERO);
        }
    }),
    NO_STORM_BREAKER(4, "nothing holds when many vanish at once", () -> new Parts() {
        @Override
        VerdictSettings settings() {
            return new VerdictSettings(100, 1_000_000, VerdictSettings.DEFAULT.patience());
        }
    }),
    ACTS_AT_ONCE(
            23,
            "the first that are missed are dealt with before it is known who vanished with them",
            () -> new Parts() {
                @Override
                Suspicion suspicion(Suspicion seen) {
                    return new Suspicion(seen.since().minusSeconds(1), seen.missedBy(), seen.watchedBy(), seen.grace());
                }
            }),
    LATE_IS_WELL(45, "who is late and not yet missed is taken to be well when many vanish", () -> new Parts() {
        @Override
        Set<UUID> late(Set<UUID> late) {
            return Set.of();
        }
    }),
    DEAD_NOT_CONDEMNED(38, "a host that its BMC said was off is granted a lease as it boots", () -> new Parts() {
        @Override
        boolean condemnsTheDead() {
            return false;
        }
    }),
    TAKEN_BACK_UNCLEAN(8, "a dead host is taken back before it has taken its new wish", () -> new Parts() {
        @Override
        boolean isClean(HostRow row, boolean clean) {
            return true;
        }
    }),
    NEVER_TAKEN_BACK(8, "a dead host that tells of guests it never had stays dead", () -> new Parts() {
        @Override
        boolean isClean(HostRow row, boolean clean) {
            return false;
        }
    }),
    DOUBTFUL_NOT_COUNTED(
            18, "members on a host that is missed are not counted into the fleet's cap", () -> new Parts() {
                @Override
                boolean counts(Machine member, boolean doubtful) {
                    return !doubtful;
                }
            }),
    LIST_TOLD_ONCE(8, "a voter that missed a list of refusals is not told again", () -> new Parts() {
        @Override
        boolean tellsAgain() {
            return false;
        }
    });

    /** A host that believes in a lease of its own reckoning, on top of the right one. */
    private abstract static class LongerLease extends Parts {
        private final Map<SimAgent, Long> until = new HashMap<>();

        /** From when on the answer gives a lease, if it does. */
        abstract Optional<Long> given(SimAgent agent, Answer answer);

        @Override
        void afterAnswer(SimAgent agent, Answer answer) {
            if (answer.incarnation() != agent.incarnation()) return;
            given(agent, answer).ifPresent(from -> until.merge(agent, from + agent.hold(), Math::max));
        }

        @Override
        Optional<Long> runUntil(SimAgent agent, Optional<Long> right) {
            return right.map(end -> Math.max(end, until.getOrDefault(agent, end)));
        }

        @Override
        boolean mayRun(SimAgent agent, boolean held) {
            return held || until.getOrDefault(agent, 0L) > agent.host().now();
        }
    }

    final String about;

    /** One that has found it. */
    final long seed;

    private final Supplier<Parts> parts;

    Planted(long seed, String about, Supplier<Parts> parts) {
        this.seed = seed;
        this.about = about;
        this.parts = parts;
    }

    /** New for each play. */
    Parts parts() {
        return parts.get();
    }

    private static Answer as(Answer answer, Answer.Kind kind) {
        return new Answer(answer.by(), answer.host(), answer.incarnation(), answer.sequence(), kind);
    }
}
