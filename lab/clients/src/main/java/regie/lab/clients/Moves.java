package regie.lab.clients;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a user thinks of doing with a name: on what it believes is there, on what is not, or whatever is there. */
final class Moves {
    private static final long NOBODYS_GENERATION = 1_000_000;

    private final RandomGenerator chance;
    private final Account account;
    private long next = 1;

    Moves(RandomGenerator chance, Account account) {
        this.chance = chance;
        this.account = account;
    }

    Move any(String name) {
        return switch (chance.nextInt(8)) {
            case 0 -> new Move.Put(next++, Optional.of(0L));
            case 1 -> new Move.Put(next++, condition(name));
            case 2 -> new Move.Patch(Optional.of(next++), Optional.empty());
            case 3 -> new Move.Patch(Optional.of(next++), condition(name));
            case 4 -> new Move.Patch(Optional.empty(), Optional.empty());
            case 5 -> new Move.Delete(chance.nextBoolean() ? Optional.empty() : condition(name));
            default -> put();
        };
    }

    Move.Put put() {
        return new Move.Put(next++, Optional.empty());
    }

    /** A generation that it may be at, or one that nothing has. */
    private Optional<Long> condition(String name) {
        var known = account.may(name).stream()
                .flatMap(Optional::stream)
                .map(Thing::generation)
                .findFirst();
        return known.isPresent() && chance.nextInt(3) > 0 ? known : Optional.of(NOBODYS_GENERATION);
    }
}
