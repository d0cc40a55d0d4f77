package regie.continuity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import regie.continuity.Degraded.Outcome;
import regie.continuity.DegradedStep.Ails;
import regie.continuity.DegradedStep.CallOff;
import regie.continuity.DegradedStep.Close;
import regie.continuity.DegradedStep.End;
import regie.continuity.DegradedStep.Notice;
import regie.continuity.DegradedStep.Recovers;
import regie.estate.ServerSpec.State;
import regie.kernel.Hold;

/**
 * Decides what becomes of servers that are heard and sick: shown at once, closed and drained when it lasts, opened again when they
 * have been well for a while. None is cut off or taken for dead here. Never are so many closed at once as make a storm, and where so
 * many are sick none is closed any more: then it is hardly they who are. Pure.
 */
final class DegradedPlanner {
    private final DegradedLook look;
    private final Map<UUID, DegradedLook.Host> hosts;
    private final List<DegradedStep> steps = new ArrayList<>();
    private final Map<UUID, Hold> holds = new HashMap<>();
    /** Those that are closed, after the steps so far. */
    private final Set<UUID> closed = new HashSet<>();

    private DegradedPlanner(DegradedLook look) {
        this.look = look;
        this.hosts = look.hosts().stream().collect(Collectors.toMap(DegradedLook.Host::server, Function.identity()));
        for (var degraded : look.open()) if (degraded.closed().isPresent()) closed.add(degraded.server());
    }

    static DegradedPlan plan(DegradedLook look) {
        return new DegradedPlanner(look).plan();
    }

    private DegradedPlan plan() {
        var known = new HashSet<UUID>();
        for (var degraded : look.open()) {
            known.add(degraded.server());
            var host = Optional.ofNullable(hosts.get(degraded.server()));
            if (host.isEmpty()) steps.add(new End(degraded, Outcome.GONE, false));
            else if (!host.get().heard()) waits(degraded);
            else if (host.get().ailment().isPresent())
                sick(host.get(), degraded, host.get().ailment().get());
            else well(host.get(), degraded);
        }
        for (var host : look.hosts())
            if (!known.contains(host.server()) && host.heard())
                host.ailment().ifPresent(ailment -> notice(host, ailment));
        return new DegradedPlan(steps, holds);
    }

    private void notice(DegradedLook.Host host, Ailment ailment) {
        steps.add(new Notice(host, ailment));
        show(host.server(), ailment, due(ailment.since()));
    }

    /** Who is not heard is looked after by others. */
    private void waits(Degraded degraded) {
        show(degraded.server(), degraded.ailment(), "it is not heard now");
    }

    private void sick(DegradedLook.Host host, Degraded degraded, Ailment ailment) {
        boolean changed = !ailment.code().equals(degraded.ailment().code());
        if (changed || degraded.wellSince().isPresent()) steps.add(new Ails(degraded, ailment));
        var shown =
                new Ailment(ailment.code(), ailment.detail(), degraded.ailment().since());
        show(host.server(), shown, what(host, degraded));
    }

    /** @return in words, what is done or waited for after this plan */
    private String what(DegradedLook.Host host, Degraded degraded) {
        if (degraded.closed().isPresent())
            return host.state() == State.SCHEDULABLE
                    ? "somebody gave it machines again, so nothing more is done"
                    : "it is given no machines and drained: regie maintenance show "
                            + degraded.maintenance().orElse("");
        if (host.state() != State.SCHEDULABLE) return "it is closed already";
        var since = degraded.ailment().since();
        if (look.now().isBefore(since.plus(look.settings().patience()))) return due(since);
        var against = against(host);
        if (against.isPresent()) return against.get();
        steps.add(new Close(degraded));
        closed.add(host.server());
        return "it is given no machines any more, and drained";
    }

    private String due(Instant since) {
        return "if that lasts, it is given no machines and drained from %s on"
                .formatted(since.plus(look.settings().patience()));
    }

    /** Why one more can't be closed; empty where it can. */
    private Optional<String> against(DegradedLook.Host host) {
        if (look.storms().contains(host.site()) || look.storms().contains(""))
            return Optional.of("many are missing at once, so it is left as it is");
        var ofSite = look.hosts().stream()
                .filter(other -> other.site().equals(host.site()))
                .toList();
        return against(ofSite, "its site").or(() -> against(look.hosts(), "the estate"));
    }

    private Optional<String> against(List<DegradedLook.Host> some, String where) {
        var sick = some.stream()
                .filter(other -> other.heard() && other.ailment().isPresent())
                .count();
        long out =
                some.stream().filter(other -> closed.contains(other.server())).count();
        int tooMany = look.settings().tooMany(some.size());
        if (some.size() == 1) return Optional.of("there is no other in %s, so it is left as it is".formatted(where));
        if (sick >= tooMany)
            return Optional.of(
                    "%d of %d in %s are degraded at once, so it is left as it is; if it is to be emptied: regie server drain"
                            .formatted(sick, some.size(), where));
        if (out + 1 < tooMany) return Optional.empty();
        return Optional.of("%d of %d in %s are closed already, so it waits".formatted(out, some.size(), where));
    }

    private void well(DegradedLook.Host host, Degraded degraded) {
        if (degraded.closed().isEmpty()) {
            steps.add(new End(degraded, Outcome.WELL, false));
            return;
        }
        if (degraded.wellSince().isEmpty()) {
            steps.add(new Recovers(degraded));
            recovering(degraded, look.now());
            return;
        }
        var since = degraded.wellSince().get();
        if (look.now().isBefore(since.plus(look.settings().wellFor()))) {
            recovering(degraded, since);
            return;
        }
        boolean draining =
                degraded.maintenance().filter(look.draining()::contains).isPresent();
        if (draining) {
            steps.add(new CallOff(degraded));
            recovering(degraded, since);
        } else if (host.state() != State.CORDONED) {
            steps.add(new End(degraded, Outcome.OVERRULED, false));
        } else {
            int before = look.relapses().getOrDefault(host.server(), 0);
            boolean flaps = before + 1 >= DegradedSettings.FLAPPING;
            steps.add(new End(degraded, flaps ? Outcome.FLAPPING : Outcome.WELL, true));
        }
    }

    private void recovering(Degraded degraded, Instant since) {
        show(
                degraded.server(),
                degraded.ailment(),
                "it is well since %s, and given machines again if it stays so until %s"
                        .formatted(since, since.plus(look.settings().wellFor())));
    }

    private void show(UUID server, Ailment ailment, String what) {
        holds.put(server, new Hold("degraded", "%s, since %s; %s".formatted(ailment.detail(), ailment.since(), what)));
    }
}
