package regie.compute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A cloud in memory that keeps its promises, and breaks when it is told to: before it does what it is asked for, or after. */
final class SimulatedCloud implements Cloud, Cloud.Clouds {
    enum Fault {
        NONE,
        BEFORE,
        AFTER
    }

    final Map<UUID, Machine> machines = new LinkedHashMap<>();
    final List<String> ended = new ArrayList<>();
    Fault fault = Fault.NONE;
    boolean lists = true;
    /** Machines that were ever started: what was paid for. */
    int started;

    private void breakAt(Fault where) throws CloudFault {
        if (fault == where) throw new CloudFault("the line broke");
    }

    @Override
    public Machine start(Request request) throws CloudFault {
        breakAt(Fault.BEFORE);
        var machine = machines.get(request.token());
        if (machine == null) {
            started++;
            machine = new Machine("m-" + started, request.token(), State.PENDING, Optional.empty());
            machines.put(request.token(), machine);
        }
        breakAt(Fault.AFTER);
        return machine;
    }

    @Override
    public List<Machine> list(UUID room) throws CloudFault {
        if (!lists) throw new CloudFault("it answers nonsense");
        return List.copyOf(machines.values());
    }

    @Override
    public void end(String id) {
        ended.add(id);
        machines.replaceAll((_, machine) -> machine.id().equals(id) ? now(machine, State.ENDED) : machine);
    }

    void allRun() {
        machines.replaceAll((_, machine) -> machine.state() == State.PENDING ? now(machine, State.RUNNING) : machine);
    }

    long living() {
        return machines.values().stream().filter(Machine::living).count();
    }

    private static Machine now(Machine machine, State state) {
        return new Machine(machine.id(), machine.token(), state, Optional.of("198.51.100.1"));
    }

    @Override
    public List<String> names() {
        return List.of("paris");
    }

    @Override
    public Cloud open(String name) throws CloudFault {
        if (!name.equals("paris")) throw new CloudFault("it is not set up");
        return this;
    }

    @Override
    public void close() {}
}
