package regie.continuity;

import java.util.List;
import java.util.Optional;
import regie.kernel.About;

/** What would come of a maintenance, as things stand. */
public record MaintenanceForecast(
        @About("which servers, in words") String scope,

        @About("name of the maintenance, where it was begun")
        Optional<String> begun,

        @About("in the order of their turns") List<Server> servers,

        @About("names of servers that hang on the feed too, and stand without it")
        List<String> staying,

        @About("of the servers, those that can't be taken out")
        int refused,

        @About("what else is good to know") List<String> notes) {
    public MaintenanceForecast {
        servers = List.copyOf(servers);
        staying = List.copyOf(staying);
        notes = List.copyOf(notes);
    }

    public record Server(
            @About("its name") String name,

            @About("servers with the same turn are out together; counted from 1; 0 where it can't be taken out")
            int turn,

            @About("machines that would move, in their order")
            List<Going> goes,

            @About("machines that run there and can't be moved")
            List<Staying> stays,

            @About("promises that hold now and would not without it")
            List<String> broken,

            @About("why it is left out; absent where it is not")
            Optional<String> skipped) {}

    public record Going(
            @About("PROJECT/NAME of the instance") String instance,

            @About("name of the server that it would move to")
            String to) {}

    public record Staying(
            @About("PROJECT/NAME of the instance") String instance,
            @About("why it can't be moved") String why) {}

    /** The reasons of those that can't be taken out, each with its server. */
    List<String> reasons(boolean mayStop) {
        return servers.stream()
                .filter(server -> server.turn() == 0 && server.skipped().isEmpty())
                .map(server -> "%s: %s".formatted(server.name(), first(server, mayStop)))
                .toList();
    }

    private static String first(Server server, boolean mayStop) {
        return server.broken().stream()
                .findFirst()
                .or(() -> server.stays().stream()
                        .filter(_ -> !mayStop)
                        .findFirst()
                        .map(machine -> "%s can't be moved: %s".formatted(machine.instance(), machine.why())))
                .orElse("it can't be taken out together with the others");
    }
}
