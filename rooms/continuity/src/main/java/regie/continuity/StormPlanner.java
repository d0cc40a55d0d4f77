package regie.continuity;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import regie.compute.Watched;
import regie.continuity.StormSpec.Decision;

/** Tells storms from deaths: when so many are missing at once, it is hardly they who failed. Pure. */
final class StormPlanner {
    private final Look look;
    /** Missed on every path, and not dead. */
    private final Set<UUID> missed = new HashSet<>();

    /** Those of them by whom it is known how many there are, for nothing is done about anybody before. */
    private final Set<UUID> settled = new HashSet<>();

    private final Set<UUID> buried = new HashSet<>();

    StormPlanner(Look look) {
        this.look = look;
        for (var host : look.hosts()) {
            if (!host.dead()
                    && look.suspicion(host.server()).filter(Suspicion::byAll).isPresent()) missed.add(host.server());
        }
        for (var server : missed)
            if (!look.now()
                    .isBefore(look.suspicion(server).orElseThrow().since().plus(VerdictSettings.SETTLE)))
                settled.add(server);
        for (var death : look.deaths()) buried.add(death.server());
    }

    /** The storm that a server of {@code site} is in, where its storm keeps it from being fenced; also one that begins with this plan. */
    Optional<String> holds(String site, List<VerdictStep> steps) {
        for (var storm : look.storms()) {
            if (storm.spec().decision() != Decision.RELEASED && storm.spec().covers(site) && !ends(storm, steps))
                return Optional.of(storm.name());
        }
        return steps.stream()
                .filter(VerdictStep.BeginStorm.class::isInstance)
                .map(VerdictStep.BeginStorm.class::cast)
                .filter(storm -> storm.site().isEmpty() || storm.site().get().equals(site))
                .findFirst()
                .map(_ -> "");
    }

    private static boolean ends(Look.Storm storm, List<VerdictStep> steps) {
        return steps.stream()
                .anyMatch(step ->
                        step instanceof VerdictStep.EndStorm end && end.storm().equals(storm.name()));
    }

    void plan(List<VerdictStep> steps) {
        for (var storm : look.storms())
            if (storm.own() && over(storm)) steps.add(new VerdictStep.EndStorm(storm.name()));
        Predicate<Watched> outside = host ->
                look.storms().stream().noneMatch(storm -> storm.spec().covers(host.site()) && !ends(storm, steps));
        var sites = new TreeSet<String>();
        for (var host : look.hosts()) if (outside.test(host) && counts(host)) sites.add(host.site());
        if (sites.size() > 1 && begins(Optional.empty(), outside, steps)) return;
        for (var site : sites) begins(Optional.of(site), host -> host.site().equals(site) && outside.test(host), steps);
    }

    /** Who is late may only be late: it makes a storm of those that are missed already, and none by itself. */
    private boolean counts(Watched host) {
        return missed.contains(host.server()) || buried.contains(host.server()) || isLate(host);
    }

    /** Not one that has been heard on the other path for a while: it is its line that is gone. */
    private boolean isLate(Watched host) {
        boolean heardElsewhere = look.suspicion(host.server())
                .filter(it -> look.now().isAfter(it.since().plus(VerdictSettings.LATE_MAX)))
                .isPresent();
        return look.late().contains(host.server()) && !host.dead() && !heardElsewhere;
    }

    private boolean begins(Optional<String> site, Predicate<Watched> whose, List<VerdictStep> steps) {
        var those = look.hosts().stream().filter(whose).toList();
        int missing = (int) those.stream().filter(this::counts).count();
        boolean anyOpen = those.stream().anyMatch(host -> settled.contains(host.server()));
        int hosts = hosts(site);
        if (!anyOpen || missing < threshold(hosts)) return false;
        steps.add(new VerdictStep.BeginStorm(site, missing, hosts));
        return true;
    }

    /** Those that might be missing: who died long ago is not. */
    private int hosts(Optional<String> site) {
        return (int) look.hosts().stream()
                .filter(host -> site.isEmpty() || site.get().equals(host.site()))
                .filter(host -> !host.dead() || buried.contains(host.server()))
                .count();
    }

    private int threshold(int hosts) {
        int share = hosts * look.settings().stormPercent() / 100 + 1;
        return Math.max(share, look.settings().stormHosts());
    }

    /** What somebody decided to wait for is over with the last of them; all else once there are half as many as make a storm. */
    private boolean over(Look.Storm storm) {
        long missing = look.hosts().stream()
                .filter(host -> storm.spec().covers(host.site()) && (missed.contains(host.server()) || isLate(host)))
                .count();
        if (storm.spec().decision() != Decision.HELD) return missing == 0;
        return 2 * missing < threshold(hosts(storm.spec().site()));
    }
}
