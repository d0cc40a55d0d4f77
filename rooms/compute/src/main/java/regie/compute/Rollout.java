package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which template members are made from, and how the members that there are come to it: new ones first as far as the cap allows, and
 * an old one goes for each that is healthy. A wave begins when all of the last are healthy.
 */
final class Rollout {
    private final FleetSpec spec;
    private final Members members;
    private final Instant now;

    Rollout(FleetSpec spec, Members members, Instant now) {
        this.spec = spec;
        this.members = members;
        this.now = now;
    }

    /** @param breaker closed anew where a changed template, or the way back, deserves its own tries */
    record Course(RevisionStatus revision, BreakerStatus breaker) {}

    /**
     * @param opened whether the breaker opened just now
     * @param resumed whether an operator wants what was given up to be tried again
     * @param good whether what stands behind the template to go back to is still there
     */
    Course course(
            Optional<RevisionStatus> before, BreakerStatus breaker, boolean opened, boolean resumed, boolean good) {
        if (before.isEmpty()) return new Course(RevisionStatus.first(spec.template()), breaker);
        var was = before.get();
        boolean givenUp = was.givenUp().filter(spec.template()::equals).isPresent();
        boolean tried = givenUp && good && !resumed;
        if (!tried && !spec.template().equals(was.template()))
            return new Course(changed(was), breaker.closed(breaker.resumes()));
        var back = was.rollout().flatMap(RolloutStatus::from);
        if (opened && good && back.isPresent() && spec.rollout().autoRollback())
            return new Course(backTo(back.get(), was), breaker.closed(breaker.resumes()));
        return new Course(was, breaker);
    }

    private RevisionStatus changed(RevisionStatus was) {
        var healthy =
                was.rollout().flatMap(RolloutStatus::from).or(() -> was.proven().map(_ -> was.template()));
        var from = healthy.filter(other -> !other.equals(spec.template()));
        return new RevisionStatus(spec.template(), Optional.empty(), Optional.empty(), begun(from, false));
    }

    private RevisionStatus backTo(InstanceTemplate good, RevisionStatus was) {
        return new RevisionStatus(good, Optional.of(now), Optional.of(was.template()), begun(Optional.empty(), true));
    }

    private Optional<RolloutStatus> begun(Optional<InstanceTemplate> from, boolean back) {
        return Optional.of(new RolloutStatus(from, back, now, 0, 0, 0, 0));
    }

    /**
     * What to do next.
     *
     * @param retired of the old members, the first so many of {@link #oldFirst}
     * @param enlisted new members beyond those that are missing anyway
     */
    record Wave(int retired, int enlisted, RevisionStatus revision) {
        static Wave none(RevisionStatus revision) {
            return new Wave(0, 0, revision);
        }
    }

    /** The old ones in the order in which they go: what does not serve, then the older. */
    List<Machine> oldFirst(RevisionStatus revision) {
        return members.well().stream()
                .filter(member -> isOld(revision, member))
                .sorted(Comparator.comparing(members::serves).thenComparing(Machine::uid))
                .toList();
    }

    /** @param room how many members there may be more */
    Wave wave(RevisionStatus revision, int wanted, int room, boolean goesOn) {
        var settle = Duration.ofSeconds(spec.rollout().settleSeconds());
        var well = members.well();
        var byAge = well.stream().collect(Collectors.partitioningBy(member -> isOld(revision, member)));
        var old = byAge.getOrDefault(true, List.of());
        var made = byAge.getOrDefault(false, List.of());
        int healthy = (int) made.stream()
                .filter(member -> members.settled(member, settle, now))
                .count();
        boolean allHealthy = healthy == made.size();
        if (revision.rollout().isEmpty())
            return Wave.none(
                    wanted > 0
                                    && allHealthy
                                    && made.size() >= wanted
                                    && revision.proven().isEmpty()
                            ? revision.proven(now)
                            : revision);
        if (old.isEmpty() && allHealthy && made.size() >= wanted) return Wave.none(revision.proven(now));
        int size = Share.of(spec.rollout().wave(), Math.max(1, wanted));
        var shown = revision.at(progress(revision.rollout().get(), size, healthy, made.size(), wanted));
        if (!goesOn) return Wave.none(shown);
        int surplus = well.size() - wanted;
        int idle = (int) old.stream().filter(member -> !members.serves(member)).count();
        int spare = old.size() - idle + healthy - wanted;
        int retired = clamp(Math.min(surplus, idle + Math.max(0, spare + crowdedOut(made, healthy))), old.size());
        int left = old.size() - retired;
        if (!allHealthy || surplus < 0 || left == 0) return new Wave(retired, 0, shown);
        int enlisted = clamp(Math.min(size - (surplus - retired), room), left);
        boolean beside = spec.cap() > wanted && spec.stateful().isEmpty();
        if (beside) return new Wave(retired, enlisted, shown);
        // Where there is no room beside them, or the new ones need the names of the old, the old go first.
        return new Wave(Math.min(size, old.size()), 0, shown);
    }

    /** New members for whom there is no room while all others of them are healthy: an old one makes room for each. */
    private static int crowdedOut(List<Machine> made, int healthy) {
        int waiting = (int) made.stream()
                .filter(member -> member.allocation().isEmpty()
                        && !member.status().holds().isEmpty())
                .count();
        return healthy + waiting == made.size() ? waiting : 0;
    }

    private boolean isOld(RevisionStatus revision, Machine member) {
        boolean moves = spec.rollout().automatic()
                || revision.rollout().filter(RolloutStatus::back).isPresent();
        return moves && !revision.template().fits(member.spec());
    }

    private static int clamp(int number, int most) {
        return Math.max(0, Math.min(number, most));
    }

    private static RolloutStatus progress(RolloutStatus was, int size, int healthy, int made, int wanted) {
        int waves = Math.max(1, (wanted + size - 1) / size);
        int wave = Math.clamp((made + size - 1) / size, 1, waves);
        return was.at(wave, waves, Math.min(healthy, wanted), wanted);
    }
}
