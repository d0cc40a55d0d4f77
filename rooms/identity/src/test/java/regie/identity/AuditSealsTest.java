package regie.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import regie.kernel.Actor;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Key;
import regie.kernel.Loop;
import regie.kernel.Tx;

class AuditSealsTest {
    private static final Caller CALLER =
            new Caller(new UUID(0, 1), "operator", Role.OPERATOR, Optional.empty(), "request-1");

    private Database database;
    private AuditSeals seals;

    @BeforeEach
    void open(@regie.testing.Database(MachineWorld.Tables.class) DataSource source) {
        database = new Database(source, new Hints());
        seals = new AuditSeals(database);
    }

    private static void write(Tx tx, String... names) {
        for (var name : names) {
            var line = new AuditLedger.Line(new Key("Flavor", "", name), new UUID(0, name.hashCode()), 1, 2);
            AuditLedger.write(tx, CALLER, "put", List.of(line));
        }
    }

    private void write(String... names) {
        database.change(Actor.ROOM, tx -> write(tx, names));
    }

    private AuditTrail.Verdict sealed() {
        for (var pass = Loop.Pass.MORE; pass == Loop.Pass.MORE; ) pass = seals.pass();
        return seals.verify();
    }

    /** As somebody would who owns the database. */
    private void tamper(String sql) {
        database.change(Actor.ROOM, tx -> {
            tx.change("alter table identity.audit disable trigger user");
            assertThat(tx.change(sql)).isEqualTo(1);
            tx.change("alter table identity.audit enable trigger user");
        });
    }

    @Test
    void aTrailThatNobodyTouchedHoldsAndSaysWhatIsOpen() {
        write("small", "large");
        assertThat(sealed().broken()).isEmpty();
        write("huge");
        var verdict = sealed();
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.seals()).isEqualTo(2);
        assertThat(verdict.sealed()).isEqualTo(3);
        assertThat(verdict.open()).isZero();
        write("later");
        assertThat(seals.verify().open()).isEqualTo(1);
        var newestFirst = database.read(tx -> AuditLedger.page(tx, all()));
        assertThat(newestFirst).extracting(AuditEntry::sealed).containsExactly(false, true, true, true);
    }

    @Test
    void whoCommitsLateIsSealedLaterAndBreaksNothing() {
        database.change(Actor.ROOM, late -> {
            write(late, "late");
            write("early");
            assertThat(sealed().sealed()).as("the late one may still write").isZero();
            write(late, "later");
        });
        var verdict = sealed();
        assertThat(verdict.sealed()).isEqualTo(3);
        assertThat(verdict.broken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update identity.audit set who = 'nobody' where name = 'large'",
                "update identity.audit set at = at + interval '1 microsecond' where name = 'large'",
                "update identity.audit set number = default where name = 'large'",
                "delete from identity.audit where name = 'large'",
                "insert into identity.audit (who, token, request, verb, kind, project, name, uid, generation, fields, transaction)"
                        + " select who, token, request, verb, kind, project, 'forged', uid, generation, fields, transaction"
                        + " from identity.audit where name = 'large'"
            })
    void whatWasChangedTakenAwayOrAddedIsFound(String forgery) {
        write("small");
        sealed();
        write("large");
        sealed();
        write("huge");
        assertThat(sealed().broken()).isEmpty();
        tamper(forgery);
        var verdict = seals.verify();
        assertThat(verdict.seals()).as("the seals before it hold").isEqualTo(1);
        assertThat(verdict.broken()).hasValueSatisfying(why -> assertThat(why).contains("seal 2"));
    }

    private static AuditSelection all() {
        return new AuditSelection(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 100);
    }
}
