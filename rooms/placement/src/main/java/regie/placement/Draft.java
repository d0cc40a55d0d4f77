package regie.placement;

/** A goal at work on a {@link Trial}: how near it is, and a heuristic that brings it nearer by moves. */
interface Draft {
    /** As {@link Moves} says it. */
    double measure();

    /** Makes moves until nothing more helps or none is left. */
    void run();

    static Draft of(Goal goal, Trial trial) {
        return switch (goal) {
            case Goal.MakeRoom room -> new MakeRoom(trial, room);
            case Goal.EmptyHosts _ -> new EmptyHosts(trial);
            case Goal.EvenLoad _ -> new EvenLoad(trial);
            case Goal.Evacuate away -> new Evacuate(trial, away.hosts());
        };
    }
}
