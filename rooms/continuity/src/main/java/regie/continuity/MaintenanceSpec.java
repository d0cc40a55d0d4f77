package regie.continuity;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import regie.kernel.About;
import regie.kernel.BadField;
import regie.kernel.Spec;

/** Servers that are to be worked on, few at a time, with nothing that runs on them going down for it. */
public record MaintenanceSpec(
        @About("which servers; one of its fields") @Valid Scope scope,

        @About(
                value = "what is done with a server once it is empty: wait for somebody's word, reboot it, or nothing",
                otherwise = "\"wait\"")
        Work work,

        @About(
                value = "servers that may be out at once, as far as no guarantee breaks; for a feed it is all of them",
                otherwise = "1")
        @Min(1)
        @Max(MaintenanceSpec.AT_ONCE_MAX)
        int atOnce,

        @About(value = "seconds in which a server has to be heard and well again after the work", otherwise = "900")
        @Min(10)
        @Max(86_400)
        int verifySeconds,

        @About(value = "shuts off machines that can't be moved, and switches them on afterwards", otherwise = "false")
        boolean stopWhatCannotMove,

        @About("when servers may be taken out; those that are out by then are brought back whenever that is")
        Optional<Window> window,

        @About(value = "takes out no further server", otherwise = "false")
        boolean paused,

        @About(value = "ends it: servers that nobody works on yet are given back", otherwise = "false")
        boolean cancelled,

        @About(value = "names of servers on which the work is done", otherwise = "[]") @Size(max = 5_000)
        List<String> done,

        @About(
                value = "grows with each word to go on; a server that did not come back is looked at again",
                otherwise = "0")
        @Min(0)
        int retries)
        implements Spec {
    static final int AT_ONCE_MAX = 1_000;

    /** What is done with a server that is empty. */
    public enum Work {
        /** Somebody does it, and says so. */
        WAIT,
        /** It is booted anew: by its controller, or by its agent where it has none. */
        REBOOT,
        /** It is given back at once: shows that it can be emptied. */
        NOTHING
    }

    /** One of its fields. */
    public record Scope(
            @About("one server by its name") Optional<String> server,
            @About("all servers of a rack") Optional<String> rack,

            @About("all servers that would fall with this feed, or be out of reach; all at once")
            Optional<String> feed,

            @About("all servers of a site") Optional<String> site,

            @About("all servers with these labels") Optional<@Size(min = 1, max = 50) Map<String, String>> labels) {
        public Scope {
            long said = Stream.of(server, rack, feed, site, labels)
                    .filter(Optional::isPresent)
                    .count();
            BadField.unless(said == 1, "scope", said + " fields", "one of server, rack, feed, site, labels");
        }

        static Scope ofServer(String name) {
            return new Scope(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        static Scope ofSite(String name) {
            return new Scope(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(name), Optional.empty());
        }

        static Scope ofFeed(String name) {
            return new Scope(Optional.empty(), Optional.empty(), Optional.of(name), Optional.empty(), Optional.empty());
        }

        /** Such as {@code site fra1}. */
        String words() {
            return server.map(name -> "server " + name)
                    .or(() -> rack.map(name -> "rack " + name))
                    .or(() -> feed.map(name -> "feed " + name))
                    .or(() -> site.map(name -> "site " + name))
                    .orElseGet(() -> "servers labelled " + labels.orElse(Map.of()));
        }

        /** For names that are made of it: {@code site-fra1}. */
        String slug() {
            return labels.isPresent() ? "servers" : words().replace(' ', '-');
        }
    }

    /** From when until when. */
    public record Window(
            @About("from then on (RFC 3339)") Instant from,
            @About("until then (RFC 3339)") Instant until) {
        public Window {
            BadField.unless(until.isAfter(from), "until", until, "a time after from, which is " + from);
        }
    }

    public MaintenanceSpec {
        done = List.copyOf(done);
    }

    /** As it is where nothing but the scope is said. */
    static MaintenanceSpec of(Scope scope) {
        return new MaintenanceSpec(scope, Work.WAIT, 1, 900, false, Optional.empty(), false, false, List.of(), 0);
    }

    MaintenanceSpec working(Work other) {
        return new MaintenanceSpec(
                scope, other, atOnce, verifySeconds, stopWhatCannotMove, window, paused, cancelled, done, retries);
    }

    MaintenanceSpec atOnce(int many) {
        return new MaintenanceSpec(
                scope, work, many, verifySeconds, stopWhatCannotMove, window, paused, cancelled, done, retries);
    }

    MaintenanceSpec stopping() {
        return new MaintenanceSpec(scope, work, atOnce, verifySeconds, true, window, paused, cancelled, done, retries);
    }

    MaintenanceSpec pausing() {
        return new MaintenanceSpec(
                scope, work, atOnce, verifySeconds, stopWhatCannotMove, window, true, cancelled, done, retries);
    }

    MaintenanceSpec goingOn() {
        return new MaintenanceSpec(
                scope, work, atOnce, verifySeconds, stopWhatCannotMove, window, false, cancelled, done, retries + 1);
    }

    MaintenanceSpec cancelling() {
        return new MaintenanceSpec(
                scope, work, atOnce, verifySeconds, stopWhatCannotMove, window, false, true, done, retries);
    }

    MaintenanceSpec finished(List<String> servers) {
        var all = new ArrayList<>(done);
        servers.stream().filter(name -> !all.contains(name)).forEach(all::add);
        return new MaintenanceSpec(
                scope, work, atOnce, verifySeconds, stopWhatCannotMove, window, paused, cancelled, all, retries);
    }
}
