package regie.continuity;

import java.time.Duration;
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
import regie.compute.Watched;
import regie.continuity.Verdict.Said;
import regie.kernel.Check;
import regie.kernel.Hold;

/**
 * Decides what is done about servers that are missed. None is declared dead without proof: its controller says that it is off, or its
 * lease has run out; an operator's word goes by another way. Pure; what is not certain is held, and says why.
 */
public final class VerdictPlanner {
    private final Look look;
    private final List<VerdictStep> steps = new ArrayList<>();
    private final Map<UUID, List<Hold>> holds = new HashMap<>();
    private final StormPlanner storms;
    private final Set<UUID> doubted = new HashSet<>();
    private Optional<Instant> next = Optional.empty();

    private VerdictPlanner(Look look) {
        this.look = look;
        this.storms = new StormPlanner(look);
    }

    public static VerdictPlan plan(Look look) {
        return new VerdictPlanner(look).plan();
    }

    private VerdictPlan plan() {
        storms.plan(steps);
        var hosts = look.hosts().stream().collect(Collectors.toMap(Watched::server, Function.identity()));
        var open = look.verdicts().stream().collect(Collectors.toMap(Verdict::server, Function.identity()));
        for (var host : look.hosts()) {
            if (look.condemned().contains(host.server()) && host.heard() && !host.dead())
                steps.add(new VerdictStep.Lift(host.server()));
            var verdict = Optional.ofNullable(open.get(host.server()));
            var suspicion = look.suspicion(host.server());
            if (verdict.isPresent()) judge(host, verdict.get(), suspicion);
            else if (suspicion.isPresent() && !host.dead()) suspect(host, suspicion.get());
        }
        for (var server : look.condemned())
            if (!hosts.containsKey(server)) steps.add(new VerdictStep.Lift(server)); // it is declared no more
        for (var verdict : look.verdicts())
            if (!hosts.containsKey(verdict.server()))
                steps.add(new VerdictStep.Acquit(verdict)); // it is declared no more
        return new VerdictPlan(steps, holds, doubted, next);
    }

    private void suspect(Watched host, Suspicion suspicion) {
        steps.add(new VerdictStep.Suspect(host, suspicion));
        show(host, suspicion, "proof is looked for");
    }

    private void judge(Watched host, Verdict verdict, Optional<Suspicion> suspicion) {
        if (host.dead()) {
            steps.add(new VerdictStep.Declare(verdict, "an operator declared it dead"));
        } else if (suspicion.isEmpty()) {
            steps.add(new VerdictStep.Acquit(verdict));
        } else {
            show(host, suspicion.get(), waitsFor(host, verdict, suspicion.get()));
        }
    }

    private void show(Watched host, Suspicion suspicion, String what) {
        var by = suspicion.missedBy().stream()
                .map(VerdictPlanner::words)
                .sorted()
                .collect(Collectors.joining(" and "));
        holds.put(
                host.server(),
                List.of(new Hold("suspect", "not heard by %s since %s; %s".formatted(by, suspicion.since(), what))));
    }

    private static String words(Suspicion.Path path) {
        return switch (path) {
            case ROOM -> "the room";
            case MESH -> "its neighbours";
        };
    }

    /** @return in words, what is waited for after this plan */
    private String waitsFor(Watched host, Verdict verdict, Suspicion suspicion) {
        if (!suspicion.byAll()) return "it is heard on the other path, so nothing is done: mend the line";
        var storm = storms.holds(host.site(), steps);
        if (storm.isPresent())
            return "many are missing at once, so nothing is fenced; decide by: regie storm release%s, or keep"
                    .formatted(storm.get().isEmpty() ? "" : " " + storm.get());
        boolean settled = isDue(suspicion.since().plus(VerdictSettings.SETTLE));
        if (settled) doubted.add(host.server());
        var proof = proof(verdict, suspicion);
        if (settled && proof.isPresent()) {
            steps.add(new VerdictStep.Declare(verdict, proof.get()));
            return proof.get();
        }
        var patience = suspicion.byOneAlone() ? look.settings().patience() : suspicion.grace();
        var due = suspicion.since().plus(patience);
        boolean patient = !isDue(due) || !settled;
        boolean leased = look.leased().contains(host.server());
        if (verdict.condemned().isEmpty()
                && !patient
                && (leased || said(verdict, suspicion, Said.ON) || said(verdict, suspicion, Said.OFF))) {
            steps.add(new VerdictStep.Condemn(verdict));
        }
        var byLease = leased ? "its lease runs out" : "";
        if (!look.switches().contains(host.server()))
            return leased
                    ? byLease
                    : "it has no controller and no lease that would prove it dead; if nothing of it runs: regie server declare-dead %s"
                            .formatted(host.name());
        var bySwitch = power(verdict, suspicion, patient ? Optional.of(due) : Optional.empty());
        return leased ? bySwitch + "; " + byLease : bySwitch;
    }

    private boolean isDue(Instant at) {
        if (!look.now().isBefore(at)) return true;
        next = Optional.of(next.filter(at::isAfter).orElse(at));
        return false;
    }

    private Optional<String> proof(Verdict verdict, Suspicion suspicion) {
        if (verdict.condemned().isPresent() && look.ranOut().containsKey(verdict.server()))
            return Optional.of(Check.present(look.ranOut().get(verdict.server())));
        boolean off = said(verdict, suspicion, Said.OFF)
                && verdict.answer()
                        .map(Verdict.Answer::asked)
                        .filter(asked ->
                                asked.plus(VerdictSettings.ANSWER_LASTS).isAfter(look.now())
                                        || verdict.condemned()
                                                .filter(refused -> !asked.isBefore(refused))
                                                .isPresent())
                        .isPresent();
        if (!off) return Optional.empty();
        return Optional.of(
                verdict.toldOff().isPresent()
                        ? "its controller was told to cut its power, and says that it is off"
                        : "its controller says that its power is off");
    }

    /** What was asked before it was missed says nothing: it may have been heard after that. */
    private static boolean said(Verdict verdict, Suspicion suspicion, Said what) {
        return verdict.answer()
                .filter(answer -> answer.said() == what && !answer.asked().isBefore(suspicion.since()))
                .isPresent();
    }

    /** @param due when its power is cut if it is missed as long as that; empty where it may be cut now */
    private String power(Verdict verdict, Suspicion suspicion, Optional<Instant> due) {
        if (verdict.waits(look.now())) return "its controller is asked";
        boolean cut = said(verdict, suspicion, Said.ON)
                && verdict.condemned().isPresent()
                && verdict.answer()
                        .orElseThrow()
                        .asked()
                        .isAfter(verdict.toldOff().orElse(Instant.MIN))
                && !look.now()
                        .isBefore(verdict.toldOff()
                                .map(at -> at.plus(rest(verdict)))
                                .orElse(Instant.MIN));
        if (cut) steps.add(new VerdictStep.CutPower(verdict));
        else if (!look.now()
                .isBefore(verdict.asked().map(at -> at.plus(rest(verdict))).orElse(Instant.MIN)))
            steps.add(new VerdictStep.Ask(verdict));
        if (verdict.answer().isEmpty()) return "its controller is asked";
        var answer = verdict.answer().get();
        if (answer.said() == Said.FAULT) return "its controller is of no help: " + answer.fault();
        if (due.isPresent()) return "its controller says on; its power is cut at %s".formatted(due.get());
        if (verdict.offs() >= VerdictSettings.OFFS)
            return "its controller was told %d times to cut its power and says that it is on".formatted(verdict.offs());
        return "its power is cut";
    }

    private static Duration rest(Verdict verdict) {
        if (verdict.offs() < VerdictSettings.OFFS) return VerdictSettings.AGAIN;
        var rest = VerdictSettings.AGAIN.multipliedBy(1L << Math.min(verdict.offs() - VerdictSettings.OFFS, 5));
        return rest.compareTo(VerdictSettings.AGAIN_MAX) > 0 ? VerdictSettings.AGAIN_MAX : rest;
    }
}
