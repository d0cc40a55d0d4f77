package regie.continuity;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import regie.engine.simulated.SimulatedHypervisor;

/** Controllers of simulated hosts: they cut the power that the hosts run on, or suffer what they are told to. */
class Controllers implements PowerSwitch {
    private final Map<String, SimulatedHypervisor> hosts;
    private final Map<String, String> faults = new ConcurrentHashMap<>();

    /** How often the power of each was cut. */
    final Map<String, Integer> cuts = new ConcurrentHashMap<>();

    Controllers(Map<String, SimulatedHypervisor> hosts) {
        this.hosts = hosts;
    }

    /** From now on the controller of this host is of no help. */
    void fails(String host, String why) {
        faults.put(host, why);
    }

    @Override
    public Power power(Target target) throws PowerFault {
        return host(target).dead() ? Power.OFF : Power.ON;
    }

    @Override
    public void off(Target target) throws PowerFault {
        host(target).crash();
        cuts.merge(target.name(), 1, Integer::sum);
    }

    @Override
    public void on(Target target) throws PowerFault {
        host(target).restart();
    }

    @Override
    public void cycle(Target target) throws PowerFault {
        off(target);
        on(target);
    }

    private SimulatedHypervisor host(Target target) throws PowerFault {
        var fault = Optional.ofNullable(faults.get(target.name()));
        if (fault.isPresent()) throw new PowerFault(fault.get());
        return Optional.ofNullable(hosts.get(target.name())).orElseThrow(() -> new PowerFault("there is nothing"));
    }
}
