package regie.compute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import regie.agent.contract.Guest;
import regie.agent.contract.Wish;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Json;
import regie.kernel.Loop;

/**
 * Hands each host that attends here its whole wish, as it stands in the ledger, whenever its generation has grown. What is lost on
 * the way is made good when the host attends again: then it is told from the start.
 */
public final class Wishes {
    static final String TOPIC = "wish";
    private static final int HOSTS_MAX = 500;

    private final Database database;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    public Wishes(Database database) {
        this.database = database;
    }

    public Loop start(Hints hints) {
        return Loop.start("wishes", hints, List.of(TOPIC), this::pass);
    }

    private static final class Line {
        private final Consumer<Wish> host;
        private long sent = -1;

        Line(Consumer<Wish> host) {
            this.host = host;
        }

        /** Sends {@code wish} unless a newer one went out. */
        synchronized void send(Wish wish) {
            if (wish.generation() <= sent) return;
            host.accept(wish);
            sent = wish.generation();
        }

        synchronized boolean toldNothing() {
            return sent < 0;
        }

        synchronized boolean behind(long generation) {
            return sent < generation;
        }
    }

    /** From now on {@code host} hears its wishes by {@code line}, beginning with the one that holds now. */
    void attach(String host, Consumer<Wish> line) {
        lines.put(host, new Line(line));
    }

    /** Where another line took the place of {@code line} meanwhile, that one stays. */
    void detach(String host, Consumer<Wish> line) {
        lines.computeIfPresent(host, (_, now) -> now.host.equals(line) ? null : now);
    }

    /** One look, which {@link #start} has again and again. */
    public Loop.Pass pass() {
        // Who attends anew is told, whatever he took before: his disk may be a new one.
        var untold = lines.entrySet().stream()
                .filter(line -> line.getValue().toldNothing())
                .map(Map.Entry::getKey)
                .toList();
        var behind = database.read(tx -> tx.query(
                "select name, generation from compute.host where generation > taken_generation or name = any(:untold)",
                row -> Map.entry(row.text("name"), row.number("generation")),
                "untold",
                untold));
        var names = behind.stream()
                .filter(host -> Optional.ofNullable(lines.get(host.getKey()))
                        .filter(line -> line.behind(host.getValue()))
                        .isPresent())
                .map(Map.Entry::getKey)
                .limit(HOSTS_MAX)
                .toList();
        for (var wish : read(names)) Optional.ofNullable(lines.get(wish.host())).ifPresent(line -> line.send(wish));
        return names.size() == HOSTS_MAX ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    /**
     * Generation and guests come from one statement, so that they fit. Whoever came back from the dead keeps the disks of what it
     * had, and runs none of it until it is in service again: what is proven dead may be started elsewhere at any moment.
     */
    private List<Wish> read(List<String> names) {
        if (names.isEmpty()) return List.of();
        var generations = new HashMap<String, Long>();
        var guests = new HashMap<String, List<Guest>>();
        database.read(tx -> tx.query(
                """
                with these as (select server, name, generation, presence from compute.host where name = any(:names)),
                there as (
                  select server, instance, guest from compute.allocation where leaving_since is null
                  union all
                  select server, instance, guest from compute.migration where leaving_since is null)
                select name, generation, presence = 'DEAD' as dead, instance, guest
                  from these left join there on there.server = these.server
                 order by name, instance
                """,
                row -> {
                    generations.put(row.text("name"), row.number("generation"));
                    var ofHost = guests.computeIfAbsent(row.text("name"), _ -> new ArrayList<>());
                    row.maybeText("guest")
                            .map(guest -> Json.read(guest, Guest.class))
                            .map(guest -> row.flag("dead") ? guest.off() : guest)
                            .ifPresent(ofHost::add);
                    return true;
                },
                "names",
                names));
        return generations.entrySet().stream()
                .map(host -> new Wish(host.getKey(), host.getValue(), guests.getOrDefault(host.getKey(), List.of())))
                .toList();
    }
}
