package regie.compute;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.stream.Stream;
import regie.kernel.About;
import regie.kernel.BadField;

/** How it is found out whether a member that runs serves, too. */
public record HealthSpec(
        @About("it serves where this is answered as expected; instead of tcp or heartbeat") @Valid
        Optional<HttpProbe> http,

        @About("it serves where it takes a connection; instead of http or heartbeat") @Valid
        Optional<TcpProbe> tcp,

        @About("it serves as long as it, or somebody for it, says so; instead of http or tcp") @Valid
        Optional<Heartbeat> heartbeat,

        @About(value = "how often it is asked or looked at, in seconds", otherwise = "10") @Min(1) @Max(3_600)
        int intervalSeconds,

        @About(value = "how long an answer may take, in seconds", otherwise = "2") @Min(1) @Max(60)
        int timeoutSeconds,

        @About(
                value =
                        "so many times in a row without the right answer, and it is replaced; a heartbeat is missed but once",
                otherwise = "3")
        @Min(1)
        @Max(100)
        int failures,

        @About(value = "how long after its start nothing is held against it, in seconds", otherwise = "60")
        @Min(0)
        @Max(3_600)
        int graceSeconds) {
    /** @param path with the query, as it is asked for */
    public record HttpProbe(
            @About(value = "the port", otherwise = "80") @Min(1) @Max(65_535)
            int port,

            @About(value = "what is asked for, such as /health", otherwise = "\"/\"")
            @Pattern(regexp = "/[!-~]*")
            @Size(max = 500)
            String path,

            @About(value = "the status that says that it serves", otherwise = "200") @Min(100) @Max(599)
            int expect) {}

    public record TcpProbe(
            @About("the port") @Min(1) @Max(65_535) int port) {}

    public record Heartbeat(
            @About("so long after its last heartbeat it is replaced, in seconds") @Min(1) @Max(3_600)
            int withinSeconds) {}

    public HealthSpec {
        var given = Stream.of(http.map(_ -> "http"), tcp.map(_ -> "tcp"), heartbeat.map(_ -> "heartbeat"))
                .flatMap(Optional::stream)
                .toList();
        BadField.unless(
                given.size() == 1,
                given.isEmpty() ? "http" : given.getLast(),
                given.isEmpty() ? "missing" : "given beside " + given.getFirst(),
                "one of http, tcp and heartbeat");
    }

    /** How often it may be missed in a row. */
    int missesMost() {
        return heartbeat.isPresent() ? 1 : failures;
    }

    /** How long until its members are looked at again, in seconds: often enough that a heartbeat is not missed for long. */
    int turnSeconds() {
        return heartbeat
                .map(each -> Math.clamp(each.withinSeconds() / 3, 1, intervalSeconds))
                .orElse(intervalSeconds);
    }
}
