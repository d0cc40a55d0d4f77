package regie.lab.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The ten users' own arithmetic finds what is wrong, and nothing else. */
class AccountTest {
    private static final Optional<Long> ANY = Optional.empty();
    private final List<String> findings = new ArrayList<>();
    private final Account account = new Account(findings::add);

    private static Optional<Thing> thing(long value, long generation) {
        return Optional.of(new Thing(value, Optional.empty(), generation));
    }

    private static Move.Event event(String what, Optional<Thing> thing) {
        return new Move.Event(what, thing);
    }

    @Test
    void lostWriteIsFound() {
        account.answered("a", new Move.Put(1, ANY), 201, thing(1, 1));
        account.answered("a", new Move.Put(2, ANY), 200, thing(2, 2));
        assertThat(findings).isEmpty();
        account.saw("a", thing(1, 1));
        assertThat(findings).hasSize(1);
    }

    @Test
    void answerThatCanNotBeIsFound() {
        account.answered("a", new Move.Delete(ANY), 204, Optional.empty());
        account.answered("b", new Move.Put(1, ANY), 201, thing(1, 2));
        account.answered("c", new Move.Put(1, Optional.of(3L)), 201, thing(1, 1));
        assertThat(findings).hasSize(3);
    }

    @Test
    void withoutAnAnswerBothMayBe() {
        account.answered("a", new Move.Put(1, ANY), 201, thing(1, 1));
        account.unanswered("a", new Move.Delete(ANY));
        assertThat(account.may("a")).containsExactlyInAnyOrder(thing(1, 1), Optional.empty());
        account.answered("a", new Move.Put(2, ANY), 201, thing(2, 1));
        account.checkLog(
                "a",
                List.of(
                        event("created", thing(1, 1)),
                        event("deleted", Optional.empty()),
                        event("created", thing(2, 1))));
        assertThat(findings).isEmpty();
    }

    @Test
    void logThatLacksRepeatsOrSwapsIsFound() {
        var made = event("created", thing(1, 1));
        var changed = event("changed", thing(2, 2));
        for (var log : List.of(List.of(changed), List.of(made, made, changed), List.of(changed, made), List.of(made))) {
            var one = new Account(findings::add);
            one.answered("a", new Move.Put(1, ANY), 201, thing(1, 1));
            one.answered("a", new Move.Put(2, ANY), 200, thing(2, 2));
            findings.clear();
            one.checkLog("a", log);
            assertThat(findings).as("%s", log).hasSize(1);
        }
    }

    @Test
    void patchOfWhatIsSoAlreadyChangesNothing() {
        account.answered("a", new Move.Put(1, ANY), 201, thing(1, 1));
        account.answered("a", new Move.Patch(Optional.empty(), ANY), 200, thing(1, 1));
        account.checkLog("a", List.of(event("created", thing(1, 1))));
        assertThat(findings).isEmpty();
    }
}
