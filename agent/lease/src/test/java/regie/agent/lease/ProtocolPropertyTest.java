package regie.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: once the room has its proof, no guest of the host runs, and none will. Method: the protocol's classes, messages that are lost,
 * late, doubled and overtaken, clocks that are a thousandth fast or slow and began at different times, terms that change, agents and
 * voters that start anew, one condemnation. The oracle keeps true time and sees the warden, which knows only the end it was last told.
 */
class ProtocolPropertyTest {
    private static final int SEEDS = 400;
    private static final long MILLI = 1_000_000;
    private static final long END = 40_000 * MILLI;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noGuestRunsOnceThereIsProof(long seed) {
        new Play(seed).run();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void withoutCondemnationAndWithGoodLinesThereIsAlwaysALease(long seed) {
        var play = new Play(seed);
        play.kind();
        play.run();
        assertThat(play.everStopped).isFalse();
    }

    private record Event(long at, long order, Runnable what) {}

    /** A clock of its own: {@code rate} off by at most a thousandth. */
    private record Skewed(double rate, long start) {
        long read(long truth) {
            return start + (long) (truth * rate);
        }
    }

    private static final class Play {
        private final Random dice;
        private final PriorityQueue<Event> queue =
                new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
        private final String[] names = {"b", "c", "d", "e", "f", "g"};
        private final Skewed host;
        private final Skewed room;
        private final Skewed[] clocks = new Skewed[names.length];
        private final Voter[] voters = new Voter[names.length];
        private final Refusals[] disks = new Refusals[names.length];
        private final RoomVoice voice;
        private PossibleTerms possible;
        private Lease lease;
        private List<Terms> hostDisk;
        private Refusals written = Refusals.NONE;
        private List<RunOut> proof = List.of();
        private long now;
        private long order;
        private long incarnation = 1;
        private long warden;
        private boolean wardenArmed;
        private boolean guestsRun = true;
        private boolean everStopped;
        private double loss;
        private int lateMillis;
        private boolean faults = true;

        Play(long seed) {
            dice = new Random(seed);
            host = skewed();
            room = skewed();
            for (int i = 0; i < names.length; i++) {
                clocks[i] = skewed();
                disks[i] = Refusals.NONE;
                voters[i] = Voter.remembering(names[i], Refusals.NONE, clocks[i].read(0));
            }
            voice = new RoomVoice("s1", room.read(0));
            var first = terms(1);
            possible = new PossibleTerms(List.of(first));
            hostDisk = List.of(first);
            warden = host.read(0) + first.profile().holdNanos();
            wardenArmed = true;
            lease = Lease.resumed("a", incarnation, hostDisk, Optional.of(warden));
            loss = dice.nextDouble() * 0.6;
            lateMillis = 1 + dice.nextInt(dice.nextBoolean() ? 50 : 4000);
        }

        void kind() {
            faults = false;
            loss = 0.02;
            lateMillis = 20;
        }

        void run() {
            every(200, this::beats);
            every(100, () -> voice.read(written, room.read(now)));
            every(1, this::warden);
            long condemned = (5000 + dice.nextInt(10_000)) * MILLI;
            for (int i = 0; i < 2; i++) at((1000 + dice.nextInt(20_000)) * MILLI, this::newTerms);
            if (faults) {
                at(condemned, this::condemn);
                for (int i = 0; i < 4; i++) at(dice.nextInt(20_000) * MILLI, this::voterStartsAnew);
                for (int i = 0; i < 2; i++) at(dice.nextInt(20_000) * MILLI, this::agentStartsAnew);
            }
            while (!queue.isEmpty() && queue.peek().at() < END) {
                var event = queue.remove();
                now = event.at();
                event.what().run();
                if (guestsRun && proof.stream().anyMatch(each -> each.proven(room.read(now))))
                    throw new AssertionError("at %d ms there is proof and guests run".formatted(now / MILLI));
            }
        }

        private void beats() {
            if (dice.nextInt(50) == 0 && faults) return;
            lease.round(host.read(now));
            var toRoom = lease.beat(Answer.ROOM, host.read(now));
            send(() -> {
                possible = proof.isEmpty() ? possible.settled(toRoom.settled()) : possible;
                var answer = voice.heard(toRoom, room.read(now));
                send(() -> answered(answer));
            });
            for (var voter : lease.voters()) {
                int i = List.of(names).indexOf(voter.host());
                var beat = lease.beat(voter.host(), host.read(now));
                send(() -> {
                    var answer = voters[i].heard(beat, clocks[i].read(now));
                    send(() -> answered(answer));
                });
            }
            tellWarden();
        }

        private void answered(Answer answer) {
            lease.answered(answer, host.read(now));
            if (!hostDisk.equals(lease.terms())) {
                var terms = lease.terms();
                send(() -> {
                    if (!lease.terms().equals(terms)) return;
                    hostDisk = terms;
                    lease.written(terms, host.read(now));
                });
            }
            tellWarden();
        }

        /** A warden that has struck hears of nothing more; a guest is not started again in this play. */
        private void tellWarden() {
            if (!guestsRun) return;
            var until = lease.runUntil(host.read(now));
            wardenArmed = until.isPresent();
            until.ifPresent(end -> warden = end);
        }

        /** It takes most of the time that the shortest profile gives it to end the guests, by its own timer. */
        private void warden() {
            if (wardenArmed && guestsRun && host.read(now) >= warden + 250 * MILLI) {
                guestsRun = false;
                everStopped = true;
            }
        }

        private void newTerms() {
            if (!proof.isEmpty() || !possible.takesMore()) return;
            var next = terms(possible.newest().number() + 1);
            possible = possible.with(next);
            send(() -> {
                lease.take(next, host.read(now));
                tellWarden();
            });
        }

        private void condemn() {
            written = new Refusals(1, Map.of("a", 1L));
            var judged = new RunOut("a", 1, possible, Set.of("s1"), room.read(now));
            proof = List.of(judged);
            every(150, () -> {
                for (var promise : voice.refused(room.read(now))) judged.heard(promise, room.read(now));
                for (int i = 0; i < names.length; i++) {
                    int voter = i;
                    send(() -> refuse(voter, judged));
                }
            });
        }

        private void refuse(int i, RunOut judged) {
            voters[i].take(written);
            if (dice.nextInt(3) == 0) return;
            disks[i] = written;
            voters[i].written(written.number());
            for (var promise : voters[i].refused(clocks[i].read(now)))
                send(() -> judged.heard(promise, room.read(now)));
        }

        private void voterStartsAnew() {
            int i = dice.nextInt(names.length);
            long start = clocks[i].read(now);
            if (dice.nextInt(4) == 0) {
                disks[i] = Refusals.NONE;
                voters[i] = Voter.forgetful(names[i], start);
            } else {
                voters[i] = Voter.remembering(names[i], disks[i], start);
            }
        }

        private void agentStartsAnew() {
            incarnation++;
            lease = guestsRun
                    ? Lease.resumed("a", incarnation, hostDisk, wardenArmed ? Optional.of(warden) : Optional.empty())
                    : Lease.begun("a", incarnation, hostDisk);
        }

        private Terms terms(long number) {
            var others = new ArrayList<>(List.of(names));
            Collections.shuffle(others, dice);
            int count = List.of(1, 3, 5).get(dice.nextInt(3));
            var profile = faults && dice.nextBoolean() ? LeaseProfile.FAST : LeaseProfile.SAFE;
            return LeaseTest.terms(number, profile, others.subList(0, count).toArray(String[]::new));
        }

        private Skewed skewed() {
            return new Skewed(1 + (dice.nextDouble() * 2 - 1) * 0.001, dice.nextInt(1_000_000) * MILLI);
        }

        private void send(Runnable what) {
            int copies = faults && dice.nextInt(10) == 0 ? 2 : 1;
            for (int i = 0; i < copies; i++)
                if (dice.nextDouble() >= loss) at(now + (1 + dice.nextInt(lateMillis)) * MILLI, what);
        }

        private void every(long millis, Runnable what) {
            at(now + millis * MILLI, () -> {
                what.run();
                every(millis, what);
            });
        }

        private void at(long when, Runnable what) {
            queue.add(new Event(when, order++, what));
        }
    }
}
