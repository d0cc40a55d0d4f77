package regie.server;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import regie.kernel.Clock;
import regie.kernel.Fault;
import regie.kernel.Refused;

/** {@code regie up}. */
public final class Main {
    static final int WRONG_USAGE = 64;
    static final int UNAVAILABLE = 69;
    static final int BROKEN = 70;
    static final int WRONG_SETTING = 78;

    private Main() {}

    /** See {@link Arguments#USAGE}. */
    public static void main(String[] words) {
        Logs.setUp();
        int code = run(List.of(words));
        if (code != 0) System.exit(code);
    }

    private static int run(List<String> words) {
        try {
            var arguments = Arguments.parse(words);
            if (arguments.help()) {
                System.out.print(Arguments.USAGE);
                return 0;
            }
            if (arguments.rehearse()) return Rehearsal.run();
            up(Settings.read(arguments.config()), arguments.newOperatorToken());
            return 0;
        } catch (Arguments.Wrong e) {
            return failed(WRONG_USAGE, e.getMessage() + "\n\n" + Arguments.USAGE);
        } catch (Refused e) {
            return failed(WRONG_SETTING, e.refusal().detail());
        } catch (IOException e) {
            return failed(WRONG_SETTING, "can't read the settings: " + e);
        } catch (Fault e) {
            return failed(UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Main.class).error("this is a mistake of ours", e);
            return failed(BROKEN, "stopped by a mistake of ours; the lines above tell more");
        }
    }

    private static void up(Settings settings, boolean newOperatorToken) {
        var room = new ControlRoom(settings, newOperatorToken);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            room.close();
                            stopped.countDown();
                            Runtime.getRuntime().halt(0); // a signal that was obeyed is no failure
                        },
                        "stop"));
        System.out.printf(Locale.ROOT, "ready %s in %.1f s%n", room.url(), secondsSinceStart());
        awaitForEver(stopped);
    }

    static double secondsSinceStart() {
        return (Clock.SYSTEM.now().toEpochMilli()
                        - ManagementFactory.getRuntimeMXBean().getStartTime())
                / 1000.0;
    }

    private static void awaitForEver(CountDownLatch stopped) {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int failed(int code, String message) {
        System.err.println("regie up: " + message);
        return code;
    }
}
