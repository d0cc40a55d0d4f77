package regie.continuity;

import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Action;
import regie.kernel.Action.Nothing;
import regie.kernel.Declared;

/** What can be done to a maintenance by a word. */
public final class MaintenanceActions {
    /** @param server all that wait for it where left out */
    public record Done(
            @About("name of the server on which the work is done; all that wait for it where left out")
            Optional<String> server) {}

    private static final Action<MaintenanceSpec, MaintenanceStatus, Nothing> PAUSE = new Action<>(
            Maintenances.KIND,
            "pause",
            "Takes out no further server, and begins no work on one that is empty.",
            Nothing.class,
            (now, _) -> open(now).spec().pausing());

    private static final Action<MaintenanceSpec, MaintenanceStatus, Nothing> RESUME = new Action<>(
            Maintenances.KIND,
            "resume",
            "Goes on, and looks again at a server that did not come back.",
            Nothing.class,
            (now, _) -> open(now).spec().goingOn());

    private static final Action<MaintenanceSpec, MaintenanceStatus, Nothing> CANCEL = new Action<>(
            Maintenances.KIND,
            "cancel",
            "Gives back all servers that nobody works on yet, and takes out no other.",
            Nothing.class,
            (now, _) -> open(now).spec().cancelling());

    private static final Action<MaintenanceSpec, MaintenanceStatus, Done> DONE = new Action<>(
            Maintenances.KIND,
            "done",
            "Says that the work on a server is done: it is looked at, and given machines again.",
            Done.class,
            (now, input) -> open(now).spec().finished(waiting(now, input.server())));

    public static final List<Action<?, ?, ?>> ALL = List.of(PAUSE, RESUME, CANCEL, DONE);

    private MaintenanceActions() {}

    private static Declared<MaintenanceSpec, MaintenanceStatus> open(Declared<MaintenanceSpec, MaintenanceStatus> now) {
        if (now.status().phase().ended())
            throw new MaintenanceRefusal.Ended(now.name(), now.status().phase()).asException();
        return now;
    }

    private static List<String> waiting(Declared<MaintenanceSpec, MaintenanceStatus> now, Optional<String> named) {
        var waiting = now.status().hosts().stream()
                .filter(host -> host.stage() == MaintenanceStage.WORKING
                        || (now.spec().work() == MaintenanceSpec.Work.REBOOT && host.stage() == MaintenanceStage.EMPTY))
                .map(MaintenanceStatus.Server::name)
                .filter(name -> named.isEmpty() || named.get().equals(name))
                .toList();
        if (waiting.isEmpty()) throw new MaintenanceRefusal.NothingWaits(now.name(), named).asException();
        return waiting;
    }
}
