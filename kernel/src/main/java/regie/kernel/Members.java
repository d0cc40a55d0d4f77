package regie.kernel;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What this server of the room holds among all of its servers, such as the hosts that attend here: by name, each at one server. Time is
 * the database's, so that servers need not agree on theirs. What a server held that is gone is taken over by whoever looks first.
 */
public final class Members {
    /** Who has not said so for this long does not live. Each says so every second. */
    public static final Duration LIVES = Duration.ofSeconds(3);

    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final UUID self;
    private final String topic;

    /** @param topic tells what is held apart from what others hold, such as {@code host} */
    public Members(UUID self, String topic) {
        this.self = self;
        this.topic = topic;
    }

    /** Says that this server lives. */
    public void beat(Tx tx) {
        tx.change("""
                insert into kernel.member (id, seen) values (:self, clock_timestamp())
                    on conflict (id) do update set seen = excluded.seen
                """, "self", self);
    }

    /** From now on {@code names} are held here, whoever held them. */
    public void hold(Tx tx, Collection<String> names) {
        var own = tx.query(
                "select name from kernel.held where member = :self and topic = :topic",
                row -> row.text("name"),
                "self",
                self,
                "topic",
                topic);
        var missing = new HashSet<>(names);
        own.forEach(missing::remove);
        if (missing.isEmpty()) return;
        tx.change("""
                insert into kernel.held (topic, name, member) select :topic, name, :self from unnest(:names) as name order by name
                    on conflict (topic, name) do update set member = excluded.member
                """, "topic", topic, "self", self, "names", missing);
    }

    /** Those of {@code names} that another server holds which lives. */
    public Set<String> elsewhere(Tx tx, Collection<String> names) {
        return new HashSet<>(tx.query(
                """
                select h.name from kernel.held h join kernel.member m on m.id = h.member
                 where h.topic = :topic and h.name = any(:names) and h.member <> :self
                   and m.seen > clock_timestamp() - make_interval(secs => :lives)
                """,
                row -> row.text("name"),
                "topic",
                topic,
                "names",
                names,
                "self",
                self,
                "lives",
                LIVES.toSeconds()));
    }

    /** Takes over what servers hold that live no more. @return the names, each of them once, whoever looks at the same time */
    public List<String> takeOver(Tx tx) {
        tx.change(
                "delete from kernel.member where seen < clock_timestamp() - make_interval(secs => :forgotten)",
                "forgotten",
                FORGOTTEN.toSeconds());
        return tx.query("""
                update kernel.held h set member = :self
                 where h.topic = :topic and h.member <> :self
                   and not exists (select from kernel.member m
                                    where m.id = h.member and m.seen > clock_timestamp() - make_interval(secs => :lives))
                returning h.name
                """, row -> row.text("name"), "self", self, "topic", topic, "lives", LIVES.toSeconds());
    }
}
