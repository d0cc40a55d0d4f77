package regie.continuity;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import regie.continuity.PowerSwitch.Power;
import regie.continuity.PowerSwitch.PowerFault;
import regie.continuity.PowerSwitch.Target;
import regie.estate.ServerSpec;
import regie.kernel.Json;

/** Finds for each server the switch that speaks what its controller speaks, and whom to be there. */
public final class Switches {
    private final Map<ServerSpec.Protocol, PowerSwitch> byProtocol;
    private final Path credentials;

    /** @param credentials folder with a file for each name that servers declare */
    public Switches(Map<ServerSpec.Protocol, PowerSwitch> byProtocol, Path credentials) {
        this.byProtocol = Map.copyOf(byProtocol);
        this.credentials = credentials;
    }

    /** A server and its controller. */
    public record Wired(String name, ServerSpec.Bmc bmc) {}

    /** Empty where the server has no controller. */
    public static Optional<Wired> wired(String name, ServerSpec spec) {
        return spec.bmc().map(bmc -> new Wired(name, bmc));
    }

    Power power(Wired server) throws PowerFault {
        return switchOf(server).power(target(server));
    }

    void off(Wired server) throws PowerFault {
        switchOf(server).off(target(server));
    }

    void on(Wired server) throws PowerFault {
        switchOf(server).on(target(server));
    }

    void cycle(Wired server) throws PowerFault {
        switchOf(server).cycle(target(server));
    }

    private PowerSwitch switchOf(Wired server) throws PowerFault {
        var found = Optional.ofNullable(byProtocol.get(server.bmc().protocol()));
        return found.orElseThrow(() -> new PowerFault(
                "there is no switch for %s".formatted(Json.name(server.bmc().protocol()))));
    }

    private Target target(Wired server) throws PowerFault {
        var name = server.bmc().credentials();
        return new Target(
                server.name(),
                server.bmc(),
                name.isPresent() ? Optional.of(Credentials.read(credentials, name.get())) : Optional.empty());
    }
}
