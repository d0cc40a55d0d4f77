package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** Two servers on one database. */
class DatabaseHintsTest {
    private static final String TOPIC = "topic";

    private TestDatabase source;
    private DatabaseHints here;
    private DatabaseHints there;

    @BeforeEach
    void open(@regie.testing.Database TestDatabase source) {
        this.source = source;
        here = new DatabaseHints(source.dataSource());
        there = new DatabaseHints(source.dataSource());
        Together.until("both are listening", () -> sessions("listen%") == 2);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private Database database() {
        return new Database(source.dataSource(), new Hints());
    }

    private int sessions(String query) {
        return database()
                .read(tx -> tx.query("""
                        select pid from pg_stat_activity
                         where datname = current_database() and query like :query and pid <> pg_backend_pid()
                        """, row -> row.integer("pid"), "query", query))
                .size();
    }

    private static AtomicInteger heard(Hints hints, String topic) {
        var heard = new AtomicInteger();
        hints.on(topic, heard::incrementAndGet);
        return heard;
    }

    private static void raiseUntilHeard(Hints from, AtomicInteger heard) {
        int before = heard.get();
        Together.until("it is heard on the other side", () -> {
            from.raise(TOPIC);
            return heard.get() > before;
        });
    }

    @Test
    void whatIsRaisedHereIsHeardHereAndThere() {
        var heardHere = heard(here, TOPIC);
        var heardThere = heard(there, TOPIC);
        var heardOther = heard(there, "other");
        here.raise(TOPIC);
        assertThat(heardHere.get()).isEqualTo(1);
        Together.until("it is heard there", () -> heardThere.get() == 1);
        assertThat(heardOther.get()).isZero();
    }

    @Test
    void ownHintsDoNotComeBack() {
        var heardHere = heard(here, TOPIC);
        var heardThere = heard(there, TOPIC);
        for (int at = 1; at <= 5; at++) {
            int times = at;
            here.raise(TOPIC);
            Together.until("it is heard there", () -> heardThere.get() == times);
        }
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos()); // time enough for an echo
        assertThat(heardHere.get()).isEqualTo(5);
    }

    @Test
    void severedConnectionsAreMadeAnew() {
        var heard = heard(there, TOPIC);
        raiseUntilHeard(here, heard);
        for (int round = 0; round < 2; round++) {
            database().read(tx -> tx.query("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                     where datname = current_database() and pid <> pg_backend_pid()
                    """, row -> row.flag("pg_terminate_backend")));
            raiseUntilHeard(here, heard);
            raiseUntilHeard(there, heard(here, TOPIC));
        }
    }

    @Test
    void whoNoLongerWaitsIsLeftAlone() {
        var heard = new AtomicInteger();
        var subscription = here.on(TOPIC, heard::incrementAndGet);
        here.raise(TOPIC);
        subscription.close();
        here.raise(TOPIC);
        assertThat(heard.get()).isEqualTo(1);
    }
}
