package regie.lab;

import java.io.Console;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Tells a person what is going on: one line a step, with its seconds, which run on where it is a terminal that shows them. */
final class Progress {
    private static final boolean TERMINAL =
            Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();

    interface Step<T> {
        T run() throws IOException, InterruptedException;
    }

    <T> T during(String what, Step<T> step) throws IOException, InterruptedException {
        var watch = new Stopwatch();
        if (!TERMINAL) {
            var result = step.run();
            print(watch + "  " + what + "\n");
            return result;
        }
        try (var ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory())) {
            var ticking = ticker.scheduleAtFixedRate(
                    () -> print("\r" + watch + "  " + what + " …"), 0, 100, TimeUnit.MILLISECONDS);
            try {
                var result = step.run();
                ticking.cancel(false);
                print("\r" + watch + "  " + what + "  \n");
                return result;
            } finally {
                ticker.shutdownNow();
            }
        }
    }

    void note(String what) {
        print("          " + what + "\n");
    }

    void command(String words) {
        print("        $ ./regie " + words + "\n");
    }

    private static void print(String text) {
        System.out.print(text);
        System.out.flush();
    }
}
