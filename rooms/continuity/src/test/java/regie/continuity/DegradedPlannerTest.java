package regie.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.compute.Symptoms;
import regie.continuity.Degraded.Outcome;
import regie.estate.ServerSpec.State;

/** What is planned for sick servers, as text; and that whatever happens no plan closes what it must not. */
class DegradedPlannerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void sickServerIsShownAtOnceAndClosedWhenItLasts() {
        assertPlan(
                "+ notice h1\n? h1 its disk hangs, since 2026-01-01T11:59:50Z; if that lasts, it is given no machines and drained from 2026-01-01T12:00:50Z on",
                Map.of(),
                List.of(),
                sick("h1", 10),
                fine("h2"));
        assertPlan(
                "! close h1\n? h1 its disk hangs, since 2026-01-01T11:59:00Z; it is given no machines any more, and drained",
                Map.of(),
                List.of(open("h1", 60)),
                sick("h1", 60),
                fine("h2"));
    }

    @Test
    void serverThatIsClosedAlreadyIsOnlyShown() {
        assertPlan(
                "? h1 its disk hangs, since 2026-01-01T11:58:00Z; it is closed already",
                Map.of(),
                List.of(open("h1", 120)),
                in(State.CORDONED, sick("h1", 120)),
                fine("h2"));
    }

    @Test
    void onlyServerOfItsSiteStaysOpen() {
        assertPlan(
                "? h1 its disk hangs, since 2026-01-01T11:58:00Z; there is no other in its site, so it is left as it is",
                Map.of(),
                List.of(open("h1", 120)),
                sick("h1", 120));
    }

    @Test
    void whereAsManyAreSickAsMakeAStormNoneIsClosed() {
        assertPlan(
                """
                ? h1 its disk hangs, since 2026-01-01T11:58:00Z; 3 of 4 in its site are degraded at once, so it is left as it is; if it is to be emptied: regie server drain
                ? h2 its disk hangs, since 2026-01-01T11:58:00Z; 3 of 4 in its site are degraded at once, so it is left as it is; if it is to be emptied: regie server drain
                ? h3 its disk hangs, since 2026-01-01T11:58:00Z; 3 of 4 in its site are degraded at once, so it is left as it is; if it is to be emptied: regie server drain""",
                Map.of(),
                List.of(open("h1", 120), open("h2", 120), open("h3", 120)),
                sick("h1", 120),
                sick("h2", 120),
                sick("h3", 120),
                fine("h4"));
    }

    @Test
    void serverThatIsWellAgainIsWatchedForAWhileAndOpened() {
        assertPlan("> end h1 WELL", Map.of(), List.of(open("h1", 30)), fine("h1"), fine("h2"));
        assertPlan(
                "> recovers h1\n? h1 its disk hangs, since 2026-01-01T11:50:00Z; it is well since 2026-01-01T12:00:00Z, and given machines again if it stays so until 2026-01-01T12:05:00Z",
                Map.of(),
                List.of(closed("h1", Optional.empty())),
                in(State.CORDONED, fine("h1")),
                fine("h2"));
        var well = closed("h1", Optional.of(NOW.minusSeconds(300)));
        assertPlan("> end h1 WELL, open", Map.of(), List.of(well), in(State.CORDONED, fine("h1")), fine("h2"));
        assertPlan("> end h1 OVERRULED", Map.of(), List.of(well), fine("h1"), fine("h2"));
        assertPlan(
                "> end h1 FLAPPING, open",
                Map.of(uid("h1"), 2),
                List.of(well),
                in(State.CORDONED, fine("h1")),
                fine("h2"));
    }

    @Test
    void drainThatIsNotNeededAnyMoreIsCalledOffBeforeItsServerIsOpened() {
        var look = new DegradedLook(
                NOW,
                List.of(in(State.DRAINING, fine("h1")), fine("h2")),
                List.of(closed("h1", Optional.of(NOW.minusSeconds(300)))),
                Map.of(),
                Set.of("degraded-h1"),
                Set.of(),
                DegradedSettings.DEFAULT);
        assertThat(text(DegradedPlanner.plan(look))).startsWith("> call off h1");
    }

    @Test
    void whatTheRoomSeesCountsOnlyWhenItLastsAndIsOfThatHostAlone() {
        var signs = new DegradedSigns();
        var ill = seen("h1", 3, 2);
        var well = seen("h2", 8, 1);
        assertThat(signs.look(List.of(ill, well), NOW)).isEmpty();
        var later = NOW.plus(DegradedSettings.LASTS);
        assertThat(signs.look(List.of(ill, well), later)).containsOnlyKeys(uid("h1"));
        assertThat(signs.look(List.of(ill, seen("h2", 8, 5)), later))
                .as("a bad image")
                .isEmpty();
        assertThat(signs.look(List.of(ill, well), later)).as("it begins anew").isEmpty();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    /** The oracle counts by itself what is closed, for how long what was sick, and what is to be opened in the end. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverAreTooManyClosedNorTooSoonAndCalmOpensAll(long seed) {
        var world = new World(new SplittableRandom(seed));
        for (int turn = 0; turn < 150; turn++) {
            world.strike();
            world.turn();
        }
        world.calm();
        for (int turn = 0; turn < 60; turn++) world.turn();
        assertThat(world.closedByRoom).isEmpty();
        assertThat(world.open).isEmpty();
    }

    private static final class World {
        private final SplittableRandom dice;
        private final int sites;
        private final int count;
        private final State[] states;
        private final Instant[] sickSince;
        private final boolean[] heard;
        private final Set<Integer> closedByRoom = new HashSet<>();
        private final Map<Integer, Degraded> open = new HashMap<>();
        private final Map<UUID, Integer> relapses = new HashMap<>();
        private final Set<String> storms = new HashSet<>();
        private Instant now = NOW;

        World(SplittableRandom dice) {
            this.dice = dice;
            sites = 1 + dice.nextInt(3);
            count = sites + dice.nextInt(40);
            states = new State[count];
            sickSince = new Instant[count];
            heard = new boolean[count];
            for (int at = 0; at < count; at++) {
                states[at] = State.SCHEDULABLE;
                sickSince[at] = Instant.MAX;
                heard[at] = true;
            }
        }

        void strike() {
            for (int at = 0; at < count; at++) {
                if (dice.nextInt(30) == 0) sickSince[at] = isSick(at) ? Instant.MAX : now;
                if (dice.nextInt(80) == 0) heard[at] = !heard[at];
                if (dice.nextInt(200) == 0) {
                    states[at] = dice.nextBoolean() ? State.SCHEDULABLE : State.DRAINING;
                    closedByRoom.remove(at);
                }
            }
            if (dice.nextInt(20) == 0 && !storms.add("s0")) storms.clear();
        }

        void calm() {
            storms.clear();
            for (int at = 0; at < count; at++) {
                sickSince[at] = Instant.MAX;
                heard[at] = true;
            }
        }

        void turn() {
            now = now.plusSeconds(5 + dice.nextInt(20));
            var hosts = new ArrayList<DegradedLook.Host>();
            for (int at = 0; at < count; at++)
                hosts.add(new DegradedLook.Host(
                        new UUID(1, at),
                        "h" + at,
                        site(at),
                        states[at],
                        heard[at],
                        isSick(at) ? Optional.of(ailment(sickSince[at])) : Optional.empty()));
            var look = new DegradedLook(
                    now, hosts, List.copyOf(open.values()), relapses, Set.of(), storms, DegradedSettings.DEFAULT);
            var plan = DegradedPlanner.plan(look);
            assertThat(DegradedPlanner.plan(look)).isEqualTo(plan);
            plan.steps().forEach(this::carryOut);
            judge();
        }

        private boolean isSick(int at) {
            return !sickSince[at].equals(Instant.MAX);
        }

        private String site(int at) {
            return "s" + at % sites;
        }

        private void carryOut(DegradedStep step) {
            switch (step) {
                case DegradedStep.Notice(var host, var ailment) -> {
                    int at = at(host.server());
                    assertThat(open).doesNotContainKey(at);
                    keep(at, ailment, Optional.empty(), Optional.empty());
                }
                case DegradedStep.Ails(var degraded, var ailment) ->
                    keep(
                            at(degraded.server()),
                            new Ailment(
                                    ailment.code(),
                                    ailment.detail(),
                                    degraded.ailment().since()),
                            degraded.closed(),
                            Optional.empty());
                case DegradedStep.Close(var degraded) -> close(at(degraded.server()), degraded);
                case DegradedStep.Recovers(var degraded) ->
                    keep(at(degraded.server()), degraded.ailment(), degraded.closed(), Optional.of(now));
                case DegradedStep.CallOff _ -> throw new AssertionError("nothing drains here");
                case DegradedStep.End(var degraded, var outcome, var reopen) -> {
                    int at = at(degraded.server());
                    open.remove(at);
                    if (reopen) {
                        assertThat(states[at]).isEqualTo(State.CORDONED);
                        assertThat(isSick(at)).isFalse();
                        states[at] = State.SCHEDULABLE;
                        closedByRoom.remove(at);
                    }
                    assertThat(outcome == Outcome.WELL || outcome == Outcome.FLAPPING || outcome == Outcome.OVERRULED)
                            .isTrue();
                }
            }
        }

        private void close(int at, Degraded degraded) {
            assertThat(heard[at] && isSick(at)).isTrue();
            assertThat(states[at]).isEqualTo(State.SCHEDULABLE);
            assertThat(Duration.between(degraded.ailment().since(), now).toSeconds())
                    .isGreaterThanOrEqualTo(60);
            assertThat(storms).doesNotContain(site(at));
            states[at] = State.CORDONED;
            closedByRoom.add(at);
            keep(at, degraded.ailment(), Optional.of(now), Optional.empty());
        }

        /** Of {@code some} hosts a tenth, or two, and never all. */
        private void judge() {
            for (int site = 0; site < sites; site++) {
                var name = "s" + site;
                long all = (long) count / sites + (site < count % sites ? 1 : 0);
                long out = closedByRoom.stream()
                        .filter(at -> site(at).equals(name))
                        .count();
                assertThat(out).isLessThanOrEqualTo(Math.max(all / 10, 2)).isLessThan(all);
            }
            assertThat((long) closedByRoom.size()).isLessThanOrEqualTo(Math.max(count / 10, 2));
        }

        private void keep(int at, Ailment ailment, Optional<Instant> closed, Optional<Instant> well) {
            open.put(
                    at, new Degraded(at, new UUID(1, at), "h" + at, site(at), ailment, closed, Optional.empty(), well));
        }

        private static int at(UUID server) {
            return (int) server.getLeastSignificantBits();
        }
    }

    private static void assertPlan(
            String expected, Map<UUID, Integer> relapses, List<Degraded> open, DegradedLook.Host... hosts) {
        var look = new DegradedLook(NOW, List.of(hosts), open, relapses, Set.of(), Set.of(), DegradedSettings.DEFAULT);
        assertThat(text(DegradedPlanner.plan(look))).isEqualTo(expected);
    }

    private static String text(DegradedPlan plan) {
        var lines = new ArrayList<String>();
        for (var step : plan.steps())
            lines.add(
                    switch (step) {
                        case DegradedStep.Notice(var host, var _) -> "+ notice " + host.name();
                        case DegradedStep.Ails(var it, var _) -> "+ ails " + it.name();
                        case DegradedStep.Close(var it) -> "! close " + it.name();
                        case DegradedStep.Recovers(var it) -> "> recovers " + it.name();
                        case DegradedStep.CallOff(var it) -> "> call off " + it.name();
                        case DegradedStep.End(var it, var outcome, var reopen) ->
                            "> end %s %s%s".formatted(it.name(), outcome, reopen ? ", open" : "");
                    });
        for (var name : List.of("h1", "h2", "h3", "h4"))
            Optional.ofNullable(plan.holds().get(uid(name)))
                    .ifPresent(hold -> lines.add("? %s %s".formatted(name, hold.detail())));
        return String.join("\n", lines);
    }

    private static Ailment ailment(Instant since) {
        return new Ailment("disk-hangs", "its disk hangs", since);
    }

    private static DegradedLook.Host fine(String name) {
        return new DegradedLook.Host(uid(name), name, "a", State.SCHEDULABLE, true, Optional.empty());
    }

    private static DegradedLook.Host sick(String name, long seconds) {
        return new DegradedLook.Host(
                uid(name), name, "a", State.SCHEDULABLE, true, Optional.of(ailment(NOW.minusSeconds(seconds))));
    }

    private static DegradedLook.Host in(State state, DegradedLook.Host host) {
        return new DegradedLook.Host(host.server(), host.name(), host.site(), state, host.heard(), host.ailment());
    }

    private static Degraded open(String name, long seconds) {
        var ailment = ailment(NOW.minusSeconds(seconds));
        return new Degraded(1, uid(name), name, "a", ailment, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Degraded closed(String name, Optional<Instant> well) {
        return new Degraded(
                1,
                uid(name),
                name,
                "a",
                ailment(NOW.minusSeconds(600)),
                Optional.of(NOW.minusSeconds(540)),
                Optional.of("degraded-" + name),
                well);
    }

    private static Symptoms.Seen seen(String name, int probed, int failing) {
        return new Symptoms.Seen(uid(name), name, "a", true, 1, false, probed, failing);
    }

    private static UUID uid(String name) {
        return new UUID(0, name.hashCode());
    }
}
