package regie.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TetherTest {
    /** What a JVM leaves behind that dies between starting a program and the program's asking for the signal. */
    @Test
    void aProgramWhoseParentIsNoLongerThisJvmDoesNotStart() throws Exception {
        var tethered = Tether.builder(ServiceUser.forThisJvm(), "/bin/echo", List.of("started"), Path.of("/"));
        assertThat(Run.toEnd(tethered, 10, TimeUnit.SECONDS)).isEqualTo(new Run(0, "started"));

        var byAnotherParent = Stream.concat(
                        Stream.of("/bin/sh", "-c", "\"$@\"; echo \"status $?\"", "sh"), tethered.command().stream())
                .toList();
        assertThat(Run.toEnd(new ProcessBuilder(byAnotherParent), 10, TimeUnit.SECONDS))
                .isEqualTo(new Run(0, "status 1"));
    }
}
