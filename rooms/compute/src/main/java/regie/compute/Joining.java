package regie.compute;

import java.time.Duration;
import java.util.List;
import regie.agent.contract.JoinToken;
import regie.estate.ServerSpec.Hypervisor;
import regie.estate.Servers;
import regie.identity.Caller;
import regie.identity.JoinTokens;
import regie.kernel.Database;
import regie.kernel.NameRange;
import regie.kernel.Resources;

/** Prepares servers to be run by agents. */
public final class Joining {
    private final Database database;
    private final Resources resources;
    private final JoinTokens tokens;

    public Joining(Database database, Resources resources, JoinTokens tokens) {
        this.database = database;
        this.resources = resources;
        this.tokens = tokens;
    }

    /**
     * A token for the agent of one server, or of a range of simulated ones.
     *
     * @param range such as {@code par1-h01} or {@code par1-h[01-60]}
     * @throws regie.kernel.Refused where a server is not declared, runs no guests, or is a real one in a range
     */
    public JoinToken prepare(Caller caller, String range, Duration life) {
        var names = NameRange.expand(range).stream().map(NameRange.Name::name).toList();
        var keys = names.stream().map(name -> Servers.KIND.key("", name)).toList();
        var declared = database.read(tx ->
                keys.stream().map(key -> resources.get(tx, Servers.KIND, key)).toList());
        for (var server : declared) {
            var hypervisor = server.spec().hypervisor();
            if (hypervisor == Hypervisor.NONE) throw new ComputeRefusal.RunsNoGuests(server.name()).asException();
            if (hypervisor != Hypervisor.SIMULATED && declared.size() > 1) {
                throw new ComputeRefusal.OneAgentEach(server.name()).asException();
            }
        }
        return tokens.make(caller, List.copyOf(names), life);
    }
}
