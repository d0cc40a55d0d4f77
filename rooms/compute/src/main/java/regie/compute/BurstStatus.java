package regie.compute;

import java.util.List;
import java.util.Optional;
import regie.kernel.About;

/** What a fleet has in a public cloud. */
public record BurstStatus(
        @About("machines there, in every state") List<Shown> machines,
        @About("what they cost in an hour, in euros") double eurosPerHour) {
    public record Shown(
            @About("name of the cloud") String cloud,

            @About("the cloud's name for it; absent until it has said one")
            Optional<String> machine,

            @About("wanted, started or ending") BurstState state,
            @About("whether the cloud says that it runs") boolean running,
            @About("where it is reached") Optional<String> address) {}

    public BurstStatus {
        machines = List.copyOf(machines);
    }

    static Optional<BurstStatus> of(List<BurstMachine> away) {
        if (away.isEmpty()) return Optional.empty();
        var shown = away.stream()
                .map(each -> new Shown(each.cloud(), each.machine(), each.state(), each.running(), each.address()))
                .toList();
        return Optional.of(new BurstStatus(
                shown,
                BurstSpec.euros(away.stream().mapToLong(BurstMachine::price).sum())));
    }
}
