package regie.continuity;

import regie.continuity.PowerSwitch.PowerFault;
import regie.estate.Servers;
import regie.identity.Caller;
import regie.identity.Desk;
import regie.identity.Register;
import regie.kernel.About;
import regie.kernel.Database;
import regie.kernel.Resources;

/** A server's power, by the word of an operator. */
public final class ServerPower {
    private final Database database;
    private final Resources resources;
    private final Register register;
    private final Desk desk;
    private final Switches switches;

    public ServerPower(Database database, Resources resources, Register register, Desk desk, Switches switches) {
        this.database = database;
        this.resources = resources;
        this.register = register;
        this.desk = desk;
        this.switches = switches;
    }

    /** What is to be done. */
    public enum Deed {
        /** At once, whatever runs. */
        OFF,
        ON,
        CYCLE
    }

    public record Wanted(
            @About("off cuts the power at once, whatever runs; on; cycle: off and on again")
            Deed power) {}

    public record Answer(
            @About("name of the server") String server,
            @About("what its controller says now") PowerSwitch.Power power) {}

    /** @throws regie.kernel.Refused with {@link ContinuityRefusal} */
    public Answer show(Caller caller, String server) {
        register.get(caller, Servers.KIND.key("", server));
        return asked(wired(server));
    }

    /**
     * Written down before it is done.
     *
     * @throws regie.kernel.Refused with {@link ContinuityRefusal}
     */
    public Answer change(Caller caller, String server, Wanted wanted) {
        desk.use(caller, Servers.KIND.key("", server), "power-" + regie.kernel.Json.name(wanted.power()));
        var wired = wired(server);
        try {
            switch (wanted.power()) {
                case OFF -> switches.off(wired);
                case ON -> switches.on(wired);
                case CYCLE -> switches.cycle(wired);
            }
        } catch (PowerFault e) {
            throw failed(server, e);
        }
        return asked(wired);
    }

    private Answer asked(Switches.Wired wired) {
        try {
            return new Answer(wired.name(), switches.power(wired));
        } catch (PowerFault e) {
            throw failed(wired.name(), e);
        }
    }

    private static RuntimeException failed(String server, PowerFault fault) {
        return new ContinuityRefusal.ControllerFailed(server, String.valueOf(fault.getMessage())).asException();
    }

    private Switches.Wired wired(String server) {
        var declared = database.read(tx -> resources.get(tx, Servers.KIND, Servers.KIND.key("", server)));
        return Switches.wired(server, declared.spec())
                .orElseThrow(() -> new ContinuityRefusal.NoController(server).asException());
    }
}
