package regie.bench;

import java.io.IOException;

/** One thing that is measured, again and again. */
interface Benchmark {
    /** How it is called on the command line, and in {@code bench/results}. */
    String name();

    /** What is measured, from which moment to which, in a sentence. */
    String about();

    /** How often it is measured where nobody says otherwise. */
    int rounds();

    /** Whether it plays published data, from a folder that has to be named. */
    default boolean playsData() {
        return false;
    }

    /** @throws IOException where something could not be started, or did not come to its end in time */
    Result measure(Bench bench, int rounds) throws IOException, InterruptedException;
}
