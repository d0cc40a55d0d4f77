package regie.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a room on this machine keeps what its operator may use, if its settings say nothing else. */
final class OwnMachine {
    private OwnMachine() {}

    /** Empty where there is no room here, or its operator is somebody else. */
    static Optional<Path> operatorToken(Map<String, String> environment) {
        var own = Path.of(environment.getOrDefault("HOME", "/root"), ".local/share/regie");
        return Stream.of(own, Path.of("/var/lib/regie"))
                .map(folder -> folder.resolve("operator.token"))
                .filter(Files::isReadable)
                .findFirst();
    }
}
