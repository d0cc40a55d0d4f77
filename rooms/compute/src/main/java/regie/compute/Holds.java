package regie.compute;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import regie.estate.Capacity;
import regie.kernel.Hold;
import regie.kernel.Key;
import regie.placement.Gap;
import regie.placement.Shape;
import regie.placement.Why;

/** Every reason for which a machine waits, in words for the operator. */
final class Holds {
    private static final int SHOWN_MAX = 3;

    static final String NO_ROOM = "no-room";

    private Holds() {}

    static Hold imageEmpty(String image) {
        return new Hold(
                "image-empty", "image %s has no content yet; import it with: regie image import".formatted(image));
    }

    static Hold flavorTooSmall(String image, String needs) {
        return new Hold("flavor-too-small", "image %s needs %s; choose a larger flavor".formatted(image, needs));
    }

    static Hold noRoom(Shape wanted, Why why) {
        return new Hold(NO_ROOM, "no place for %s: %s".formatted(wanted, why));
    }

    /** @param held threads that are kept free, over all hosts, for what others survive */
    static Hold noRoom(Shape wanted, Why why, long held) {
        if (held == 0) return noRoom(wanted, why);
        return new Hold(
                NO_ROOM,
                "no place for %s: %s; %d threads in all are held for failures that others survive"
                        .formatted(wanted, why, held));
    }

    static Hold noAddress(Set<String> sites) {
        var where = sites.isEmpty() ? "any site" : String.join(", ", new TreeSet<>(sites));
        return new Hold("no-address", "no address is free at %s; declare a larger Network there".formatted(where));
    }

    static Hold survivalLost(List<Gap> gaps) {
        var failures =
                gaps.stream().map(Gap::toString).sorted().limit(SHOWN_MAX).collect(Collectors.joining(", or "));
        return new Hold(
                "survival-lost",
                "after %s there would be no place for it; make room, or let it survive less".formatted(failures));
    }

    /** @param why there is no other place for them */
    static Hold outOfReach(int places, Collection<String> hosts, Hold why) {
        return new Hold(
                "reserved-out-of-reach",
                "%d of its places %s on %s, which %s no machines now, and can't be elsewhere: %s"
                        .formatted(
                                places,
                                places == 1 ? "is" : "are",
                                hosts.stream().limit(SHOWN_MAX).collect(Collectors.joining(", "))
                                        + (hosts.size() > SHOWN_MAX ? " and others" : ""),
                                hosts.size() == 1 ? "takes" : "take",
                                why.detail()));
    }

    static Hold overQuota(String project, Quota quota, Allowance.Use use, long more) {
        return new Hold(
                "over-quota",
                "project %s has %d of its %d %s, and this takes %d more; delete some, or raise quota.%s of the project"
                        .formatted(project, use.used(), use.quota(), quota.words(), more, quota.field()));
    }

    static Hold noRoomToGrow(Shape wanted) {
        return new Hold(
                NO_ROOM,
                "its host has no room to grow it to %s; make room there, or choose a smaller flavor".formatted(wanted));
    }

    static Hold hostSilent(String host) {
        return new Hold(
                "host-silent",
                "%s does not answer; its guests may run on, so they are started nowhere else".formatted(host));
    }

    static Hold diskLost(String host, Key machine) {
        return new Hold(
                "host-dead",
                "%s is dead, and the machine's disk was there; it waits for that server. Without its data it is made anew elsewhere by: regie instance rebuild %s"
                        .formatted(host, machine.name()));
    }

    static Hold memberLost(String host) {
        return new Hold("host-dead", "%s is dead; its fleet replaces it".formatted(host));
    }

    /** @param declared whether an operator says so, who alone can take it back */
    static Hold dead(String proof, boolean declared, boolean heard) {
        var next = declared
                ? (heard ? "it is heard again; if it is back for good: regie server revive" : "")
                : (heard ? "it is heard again and is cleaned of what was started elsewhere" : "");
        return new Hold("dead", proof + (next.isEmpty() ? "" : "; " + next));
    }

    static Hold stillHeard() {
        return new Hold(
                "still-heard",
                "it is declared dead and answers; nothing of it is started elsewhere before it is silent. Cut its power, or: regie server revive");
    }

    static Hold quarantined(int returns) {
        return new Hold(
                "quarantined",
                "it came back %d times within an hour and is given nothing; look at it, then: regie server cordon, and uncordon"
                        .formatted(returns));
    }

    static Hold wishRefused(String why) {
        return new Hold("wish-refused", "it keeps its guests as they were: " + why);
    }

    static Hold stillRunsGuests(int guests) {
        return new Hold(
                "still-runs-guests", "%d guests still have their place on it; delete or move them".formatted(guests));
    }

    static Hold claimedBeyond(Capacity declared) {
        return new Hold(
                "claimed-beyond",
                "its guests claim more than the %s now declared; free some of it first".formatted(declared));
    }

    static Hold sortInUse() {
        return new Hold(
                "overcommit-in-use",
                "overcommit is declared or withdrawn while guests of the other sort have their place on it; delete or move them first");
    }

    static Hold offersLess(Capacity offered, Capacity total) {
        return new Hold(
                "offers-less",
                "its agent offers %s, less than the %s that is sold of it; declare less, or a larger reserve"
                        .formatted(offered, total));
    }

    /** @param stuck the first of those that can't leave, and why */
    static Hold draining(int guests, Optional<String> stuck) {
        return new Hold(
                "draining",
                "%d of its machines are still here%s"
                        .formatted(
                                guests,
                                stuck.map("; not to be moved now: %s"::formatted)
                                        .orElse("")));
    }

    static Hold notMoved(String host, String why) {
        return new Hold("migration-failed", "it stays on %s: %s".formatted(host, why));
    }

    static Hold moveWaits(String why) {
        return new Hold("migration-waits", why);
    }

    static Hold failed(String detail) {
        return new Hold("failed", detail);
    }

    static Hold resting(String detail, int failures) {
        return new Hold(
                "resting", "failed %d times and waits before the next try; last: %s".formatted(failures, detail));
    }

    static Hold atCap(int cap, int missing, long leaving) {
        return new Hold(
                "at-cap",
                "%d more are wanted, but there may be no more than %d of it in all states, and %d are still leaving; raise surge or maximum, or wait"
                        .formatted(missing, cap, leaving));
    }

    static Hold hooksWait(long members) {
        return new Hold(
                "hooks-wait",
                "%d members wait until somebody completes their hook: regie fleet complete-hook NAME; regie get instances names them"
                        .formatted(members));
    }

    static Hold hookWaits(Key member, HookStatus hook) {
        return new Hold(
                "hook-waits",
                "%s: waiting for hook, until %s at most; complete it with: regie fleet complete-hook %s"
                        .formatted(
                                regie.kernel.Json.name(hook.point()),
                                hook.until().map(String::valueOf).orElse(""),
                                member.name()));
    }

    static Hold burstBudget(int missing, BurstSpec spec) {
        return new Hold(
                "burst-budget",
                "%d members have no room, and more in cloud %s would cost more than %s euros an hour; raise budgetEurosPerHour or make room"
                        .formatted(missing, spec.cloud(), spec.budgetEurosPerHour()));
    }

    static Hold burstAtCap(int missing, int cap) {
        return new Hold(
                "burst-at-cap",
                "%d members have no room, but there may be no more than %d of the fleet in all states, here and in the cloud; raise surge or maximum"
                        .formatted(missing, cap));
    }

    static Hold burstHeld(String cloud, String why) {
        return new Hold("burst-held", "cloud %s: %s".formatted(cloud, why));
    }

    static Hold metricMissing(String metric, int size) {
        return new Hold(
                "metric-missing",
                "its size follows %s, of which nothing was posted yet; it stays at %d members".formatted(metric, size));
    }

    static Hold metricStale(String metric, long seconds, int size) {
        return new Hold(
                "metric-stale",
                "its size follows %s, of which the newest sample is %d s old; it stays at %d members until another is posted"
                        .formatted(metric, seconds, size));
    }

    static Hold breakerOpen(String fleet, String why) {
        return new Hold(
                "breaker-open",
                "it makes no more members: %s; mend the template, or go on with: regie fleet resume %s"
                        .formatted(why, fleet));
    }

    static Hold rolledBack(String fleet) {
        return new Hold(
                "rolled-back",
                "its members are made from the last template that was healthy, for those of the declared one failed; change the template, or try it again with: regie fleet resume %s"
                        .formatted(fleet));
    }

    static Hold paused(String fleet, String what) {
        return new Hold("paused", "its %s stands still; go on with: regie fleet resume %s".formatted(what, fleet));
    }

    static Hold probesDoubted(int ill) {
        return new Hold(
                "probes-doubted",
                "%d members that served give no right answer any more, too many at once to be replaced: look whether the room still reaches their network"
                        .formatted(ill));
    }

    static Hold membersDoubted(int members) {
        return new Hold(
                "members-doubted",
                "%d members are on servers that nobody hears; others were made in their stead as far as the cap allows, and they count until they are proven gone"
                        .formatted(members));
    }

    static Hold restartAfter(String fleet) {
        return new Hold("restart-waits", "its restart begins when that of fleet %s is done".formatted(fleet));
    }

    static Hold restartWaits(int down, int share) {
        return new Hold(
                "restart-waits",
                "%d of its members don't serve, and no more than %d may be down at a time".formatted(down, share));
    }
}
