package regie.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The words behind {@code regie up}.
 *
 * @param config the settings file
 * @param newOperatorToken make a new first token, for operators who lost theirs
 * @param rehearse start on a folder that is thrown away, answer a few requests, and end: what a start costs, measured or learned
 */
record Arguments(Optional<Path> config, boolean newOperatorToken, boolean rehearse, boolean help) {
    static final String USAGE = """
            Usage: regie up [--config FILE] [--new-operator-token] [--rehearse]

            Starts the control room and keeps it running until SIGTERM or SIGINT.

              --config FILE          settings (YAML); docs/operate/settings.md tells each with its default
              --new-operator-token   writes a new operator's token, and revokes the one that the first start made
              --rehearse             starts in a folder of its own, answers a few requests, and ends

            Exit codes: 0 stopped as asked, 64 wrong usage, 69 something it needs is not there, 70 a mistake of ours,
            78 a setting is wrong.
            """;

    /** Says what is wrong with the words. */
    static final class Wrong extends Exception {
        Wrong(String message) {
            super(message);
        }
    }

    static Arguments parse(List<String> words) throws Wrong {
        Optional<Path> config = Optional.empty();
        boolean newOperatorToken = false;
        boolean rehearse = false;
        boolean help = false;
        for (int at = 0; at < words.size(); at++) {
            switch (words.get(at)) {
                case "--config" -> {
                    at++;
                    if (at == words.size()) throw new Wrong("--config wants a file");
                    config = Optional.of(Path.of(words.get(at)));
                }
                case "--new-operator-token" -> newOperatorToken = true;
                case "--rehearse" -> rehearse = true;
                case "--help", "-h" -> help = true;
                case String word -> throw new Wrong("%s is not known here".formatted(word));
            }
        }
        return new Arguments(config, newOperatorToken, rehearse, help);
    }
}
