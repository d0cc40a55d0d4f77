package regie.server;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line per record, on standard error: time, level, where, what. Libraries speak from warnings upward only. */
final class Logs {
    private static final Logger OURS = Logger.getLogger("regie");

    private Logs() {}

    static void setUp() {
        LogManager.getLogManager().reset();
        var handler = new ConsoleHandler();
        handler.setFormatter(new OneLine());
        handler.setLevel(Level.ALL);
        var root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(Level.WARNING);
        OURS.setLevel(Level.INFO);
    }

    private static final class OneLine extends Formatter {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

        @Override
        public String format(LogRecord entry) {
            var text = new StringBuilder("%s %s %s: %s%n"
                    .formatted(
                            TIME.format(entry.getInstant()),
                            entry.getLevel(),
                            Optional.ofNullable(entry.getLoggerName()).orElse(""),
                            formatMessage(entry)));
            for (var thrown = entry.getThrown(); thrown != null; thrown = thrown.getCause()) {
                text.append("    %s%n".formatted(thrown));
                for (var frame : thrown.getStackTrace()) text.append("        at %s%n".formatted(frame));
            }
            return text.toString();
        }
    }
}
