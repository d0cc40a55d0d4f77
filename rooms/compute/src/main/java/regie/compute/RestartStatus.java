package regie.compute;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.About;

/** How far the restart of a fleet has come. */
public record RestartStatus(
        @About("number of the request") int number,
        @About("so many may be down at a time") String share,
        @About("name of a restart over several fleets") Optional<String> run,

        @About("name of the fleet of the same run that comes before")
        Optional<String> after,

        @About("how it stands") State state,
        @About("when the first wave began") Optional<Instant> begun,
        @About("when it ended") Optional<Instant> ended,

        @About("the last member that was told to restart, in the order of uids")
        Optional<UUID> cursor,

        @About("the last member that is to be restarted; younger ones need it not")
        Optional<UUID> last,

        @About("the wave that is under way, from 1") int wave,
        @About("how many waves there are in all") int waves,
        @About("members that are back") int done,
        @About("members that were there when it began") int members) {
    public enum State {
        /** Another fleet of the same run comes first. */
        WAITING,
        RUNNING,
        DONE,
        CANCELLED
    }

    static RestartStatus asked(RestartRequest request) {
        return new RestartStatus(
                request.number(),
                request.wave(),
                request.run(),
                request.after(),
                State.WAITING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                0);
    }

    /** As it was asked for. */
    RestartRequest request() {
        return new RestartRequest(number, share, run, after, false);
    }

    boolean open() {
        return state == State.WAITING || state == State.RUNNING;
    }

    RestartStatus begun(Instant now, Optional<UUID> youngest, int waveCount, int count) {
        return new RestartStatus(
                number,
                share,
                run,
                after,
                State.RUNNING,
                Optional.of(now),
                ended,
                Optional.empty(),
                youngest,
                0,
                waveCount,
                0,
                count);
    }

    RestartStatus at(Optional<UUID> told, int nowWave, int back) {
        return new RestartStatus(
                number, share, run, after, state, begun, ended, told, last, nowWave, waves, back, members);
    }

    RestartStatus ended(State how, Instant now) {
        return new RestartStatus(
                number, share, run, after, how, begun, Optional.of(now), cursor, last, wave, waves, done, members);
    }
}
