package regie.agent.lease;

import java.util.List;
import java.util.stream.Stream;

/**
 * By which terms a host may be counting, as far as the room can know: the last that it said were settled, and all that were made since.
 *
 * @param terms oldest first
 */
public record PossibleTerms(List<Terms> terms) {
    /** Before it makes more, the room waits until the host has settled: a host that can't is shown, not given others. */
    public static final int TERMS_MAX = 4;

    public PossibleTerms {
        terms = List.copyOf(terms);
        if (terms.isEmpty() || terms.size() > TERMS_MAX)
            throw new IllegalArgumentException("%d terms, expected 1 to %d".formatted(terms.size(), TERMS_MAX));
        for (int i = 1; i < terms.size(); i++)
            if (terms.get(i).number() <= terms.get(i - 1).number())
                throw new IllegalArgumentException("terms %s are not in order".formatted(terms));
    }

    /** Of a host that has never been handed any. */
    public static PossibleTerms none(String host) {
        return new PossibleTerms(List.of(Terms.none(host)));
    }

    public boolean takesMore() {
        return terms.size() < TERMS_MAX;
    }

    /** Written down before the host is told. */
    public PossibleTerms with(Terms next) {
        return new PossibleTerms(Stream.concat(terms.stream(), Stream.of(next)).toList());
    }

    /** By a beat of the host. What is not among them says nothing: it is older, or the host has lost its disk ({@link #lost}). */
    public PossibleTerms settled(long number) {
        return terms.stream().noneMatch(each -> each.number() == number)
                ? this
                : new PossibleTerms(
                        terms.stream().filter(each -> each.number() >= number).toList());
    }

    /**
     * A host that says it has no terms counts by none, whatever it was handed once: nothing proves that it ran out, until it has settled
     * newer ones. Their numbers go on, for beats of its earlier life may still be on their way.
     */
    public PossibleTerms lost() {
        if (!terms.getFirst().profile().leased()) return this;
        return new PossibleTerms(
                List.of(new Terms(newest().host(), newest().number() + 1, LeaseProfile.NONE, List.of())));
    }

    public Terms newest() {
        return terms.getLast();
    }
}
