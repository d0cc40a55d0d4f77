package regie.engine.libvirt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import regie.agent.contract.EngineFault;
import regie.agent.contract.Guest;
import regie.agent.contract.Guest.Power;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Handover;

/**
 * Brings each guest to where the newest wish wants it, many at a time and each by one thread only. A wish that comes while
 * a guest is being worked on is looked at when that is done, and only the newest one.
 */
final class GuestKeeper implements AutoCloseable {
    private static final int THREADS_MAX = 32;
    private static final long CLOSE_SECONDS_MAX = 5;
    private static final System.Logger LOG = System.getLogger(GuestKeeper.class.getName());

    /** @param number tells this want from an equal one that came later */
    private record Want(Optional<Guest> guest, long number) {}

    private record Failure(Guest guest, String detail) {
        GuestSeen seen() {
            return new GuestSeen(guest.uid(), guest.epoch(), State.FAILED, guest.reboots(), guest.builds(), detail);
        }
    }

    private final GuestDeeds deeds;
    private final MoveDeeds moves;
    private final Runnable changed;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS_MAX,
            THREADS_MAX,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("guest-", 0).factory());

    private final Map<UUID, Want> wants = new HashMap<>();
    private final Set<UUID> busy = new HashSet<>();
    private final Set<UUID> moving = new HashSet<>();
    private final Map<UUID, Long> released = new HashMap<>();
    private final Set<UUID> interrupted = new HashSet<>();
    private final Map<UUID, Failure> failures = new HashMap<>();
    private long numbers;

    /** @param changed is run after each step that was carried out */
    GuestKeeper(GuestDeeds deeds, MoveDeeds moves, Runnable changed) {
        this.deeds = deeds;
        this.moves = moves;
        this.changed = changed;
        threads.allowCoreThreadTimeOut(true);
    }

    /** {@code guest} empty: it is to be removed. */
    synchronized void want(UUID uid, Optional<Guest> guest) {
        wants.put(uid, new Want(guest, ++numbers));
        boolean goes = guest.flatMap(Guest::handover)
                .filter(way -> way.side() == Handover.Side.DEPARTS)
                .isPresent();
        if (moving.contains(uid) && !goes) moves.callOff(uid);
        if (busy.add(uid)) threads.execute(() -> work(uid));
    }

    /** The former host of a guest has let go of it. */
    synchronized void release(UUID uid, long attempt) {
        var want = wants.get(uid);
        if (want == null) return;
        boolean awaited = want.guest()
                .flatMap(Guest::handover)
                .filter(way -> way.side() == Handover.Side.ARRIVES && way.attempt() == attempt)
                .isPresent();
        if (!awaited) return;
        released.put(uid, attempt);
        want(uid, want.guest());
    }

    private synchronized boolean isReleased(UUID uid, Want want) {
        var attempt = want.guest().flatMap(Guest::handover).map(Handover::attempt);
        return attempt.equals(Optional.ofNullable(released.get(uid)));
    }

    /** Takes up again what was interrupted because libvirt went away. */
    synchronized void retry() {
        for (var uid : List.copyOf(interrupted)) {
            interrupted.remove(uid);
            if (busy.add(uid)) threads.execute(() -> work(uid));
        }
    }

    /** What is to be reported of {@code domain}, with what is known here besides. */
    synchronized GuestSeen view(DomainSeen domain) {
        var failure = failures.get(domain.uid());
        if (failure == null) return way(domain.uid()).of(domain.seen(), domain);
        if (!domain.active()) return failure.seen();
        var seen = domain.seen();
        return new GuestSeen(seen.uid(), seen.epoch(), seen.state(), seen.reboots(), seen.builds(), failure.detail());
    }

    /** The wished guests that libvirt does not have (yet). {@code present}: those that it has. */
    synchronized List<GuestSeen> unborn(Set<UUID> present) {
        var unborn = new ArrayList<GuestSeen>();
        wants.forEach((uid, want) -> {
            if (!present.contains(uid) && want.guest().isPresent())
                unborn.add(unborn(want.guest().get()));
        });
        return unborn;
    }

    /** Lets what was begun come to its end, for a while. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) threads.shutdownNow();
        } catch (InterruptedException _) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private GuestSeen unborn(Guest guest) {
        var failure = failures.get(guest.uid());
        if (failure != null) return failure.seen();
        var onItsWay = way(guest.uid()).ofAbsent(guest);
        if (onItsWay.isPresent()) return onItsWay.get();
        var state = guest.power() == Power.OFF ? State.STOPPED : State.STARTING;
        return new GuestSeen(guest.uid(), guest.epoch(), state, guest.reboots(), guest.builds(), "");
    }

    private HandoverView way(UUID uid) {
        var wished = Optional.ofNullable(wants.get(uid)).flatMap(Want::guest);
        long attempt = wished.flatMap(Guest::handover).map(Handover::attempt).orElse(0L);
        return new HandoverView(
                wished, moves.departure(uid), moving.contains(uid), moves.ticket(uid, attempt), moves.arrival(uid));
    }

    /** From here on it may leave, whatever is wished next: it says so until it is known that it did or did not. */
    private synchronized Step next(UUID uid, Want want, Optional<DomainSeen> present) {
        long attempt =
                want.guest().flatMap(Guest::handover).map(Handover::attempt).orElse(0L);
        boolean expected = moves.ticket(uid, attempt).isPresent();
        var step = Step.next(present, want.guest(), moves.departure(uid), expected, isReleased(uid, want));
        if (step instanceof Step.Depart && newest(uid).number() != want.number()) return new Step.Leave();
        if (step instanceof Step.Depart) moving.add(uid);
        return step;
    }

    private synchronized void settled(UUID uid) {
        moving.remove(uid);
    }

    private void work(UUID uid) {
        while (true) {
            var want = newest(uid);
            try {
                if (!isHopeless(uid, want)) deeds.carryOut(uid, next(uid, want, deeds.find(uid)));
            } catch (EngineFault away) {
                LOG.log(System.Logger.Level.DEBUG, "guest {0} has to wait: {1}", uid, away.getMessage());
                note(interrupted, uid);
            } catch (InterruptedException _) {
                return; // closed
            } catch (LibvirtError | IOException failed) {
                LOG.log(System.Logger.Level.WARNING, "guest {0} failed: {1}", uid, failed.getMessage());
                want.guest().ifPresent(guest -> fail(guest, String.valueOf(failed.getMessage())));
            } catch (RuntimeException flaw) {
                LOG.log(System.Logger.Level.ERROR, "a flaw in Regie failed guest " + uid, flaw);
                want.guest().ifPresent(guest -> fail(guest, "a flaw in Regie: " + flaw));
            } finally {
                settled(uid);
            }
            if (isDone(uid, want)) break;
        }
        changed.run();
    }

    private synchronized Want newest(UUID uid) {
        return java.util.Objects.requireNonNull(wants.get(uid), "a guest without a want has no work");
    }

    /** A guest that failed stays so until a newer epoch, or until it is to be off. */
    private synchronized boolean isHopeless(UUID uid, Want want) {
        var failure = failures.get(uid);
        if (failure == null) return false;
        boolean same = want.guest()
                .filter(guest -> guest.power() == Power.ON
                        && guest.epoch() == failure.guest().epoch())
                .isPresent();
        if (!same) failures.remove(uid);
        return same;
    }

    private synchronized void fail(Guest guest, String detail) {
        failures.put(guest.uid(), new Failure(guest, detail));
    }

    private synchronized void note(Set<UUID> set, UUID uid) {
        set.add(uid);
    }

    private synchronized boolean isDone(UUID uid, Want want) {
        if (newest(uid).number() != want.number()) return false;
        busy.remove(uid);
        if (want.guest().isEmpty() && !interrupted.contains(uid)) {
            wants.remove(uid);
            released.remove(uid);
        }
        return true;
    }
}
