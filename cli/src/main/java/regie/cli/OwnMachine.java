package regie.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a room on this machine keeps what its operator may use, if its settings say nothing else. */
final class OwnMachine {
    private OwnMachine() {}

    static Path operatorToken(Map<String, String> environment) {
        return Path.of(Optional.ofNullable(environment.get("REGIE_DATA")).orElse("/var/lib/regie"), "operator.token");
    }
}
