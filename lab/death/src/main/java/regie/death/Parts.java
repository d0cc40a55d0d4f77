package regie.death;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.agent.lease.Answer;
import regie.agent.lease.Beat;
import regie.agent.lease.Lease;
import regie.agent.lease.PossibleTerms;
import regie.agent.lease.Refusals;
import regie.agent.lease.Refused;
import regie.agent.lease.RunOut;
import regie.agent.lease.Voter;
import regie.continuity.Suspicion;
import regie.continuity.Verdict.Said;
import regie.continuity.VerdictSettings;

/**
 * The seams between the play and what it plays. Each does here what production does; a planted bug replaces one of them, so that
 * production code knows of no bug.
 */
class Parts {
    // The host.

    Lease begun(SimHost host, long incarnation) {
        return Lease.begun(host.name, incarnation, host.disk.terms);
    }

    Lease resumed(SimHost host, long incarnation, Optional<Long> wardenEnd) {
        return Lease.resumed(host.name, incarnation, host.disk.terms, wardenEnd);
    }

    long hostClock(SimHost host, long reads) {
        return reads;
    }

    Beat beat(SimAgent agent, Beat beat) {
        return beat;
    }

    Answer answer(SimAgent agent, Answer answer) {
        return answer;
    }

    void afterAnswer(SimAgent agent, Answer answer) {}

    Optional<Long> runUntil(SimAgent agent, Optional<Long> until) {
        return until;
    }

    boolean mayRun(SimAgent agent, boolean held) {
        return held;
    }

    boolean isNewer(Wish wish, Wish known) {
        return wish.generation() > known.generation();
    }

    boolean wardenWorks(SimHost host) {
        return true;
    }

    boolean wardenHoldsTheGate(SimHost host) {
        return true;
    }

    long strikeAfter(SimHost host, long nanos) {
        return nanos;
    }

    // The voter.

    Voter voterWithoutDisk(String host, long now) {
        return Voter.forgetful(host, now);
    }

    Answer voterAnswers(SimAgent agent, Beat beat, Answer answer) {
        return answer;
    }

    boolean takes(Voter voter, Refusals list) {
        return voter.take(list);
    }

    boolean promisesUnwritten() {
        return false;
    }

    /** What of it goes to the disk. */
    Refusals kept(Refusals list) {
        return list;
    }

    List<Refused> promises(SimAgent agent, List<Refused> promises) {
        return promises;
    }

    // The room.

    Answer roomAnswers(SimServer server, Beat beat, Answer answer) {
        return answer;
    }

    PossibleTerms possible(PossibleTerms possible) {
        return possible;
    }

    Refused promise(Refused promise, long condemnation) {
        return promise;
    }

    boolean proven(RunOut proof, long now) {
        return proof.proven(now);
    }

    Suspicion suspicion(Suspicion seen) {
        return seen;
    }

    // The judge.

    VerdictSettings settings() {
        return VerdictSettings.DEFAULT;
    }

    Set<UUID> late(Set<UUID> late) {
        return late;
    }

    Said says(SimHost.BmcSays says) {
        return switch (says) {
            case ON -> Said.ON;
            case OFF -> Said.OFF;
            case NOTHING -> Said.FAULT;
        };
    }

    /** Whoever is declared dead is refused everything until it has come back clean. */
    boolean condemnsTheDead() {
        return true;
    }

    boolean isClean(HostRow row, boolean clean) {
        return clean;
    }

    boolean counts(Machine member, boolean doubtful) {
        return true;
    }

    boolean tellsAgain() {
        return true;
    }
}
