package regie.death;

import java.util.List;
import java.util.SplittableRandom;

/** Chance from one seed. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        // Neighbouring seeds begin alike; one step of the generator tells them apart.
        random = new SplittableRandom(new SplittableRandom(seed).nextLong());
    }

    /** From 0 up to, not including, {@code bound}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long least, long most) {
        return least + random.nextLong(most - least + 1);
    }

    boolean percent(double share) {
        return random.nextDouble() * 100 < share;
    }

    double share() {
        return random.nextDouble();
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
