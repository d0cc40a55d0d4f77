package regie.compute;

import java.util.List;
import java.util.Optional;
import regie.estate.Loss;
import regie.kernel.About;
import regie.kernel.Key;

/** What a loss takes along. */
public record WhatIfAnswer(
        @About("what is lost, such as feed/par1-b") List<String> lost,
        @About("how many servers and machines come to what") Totals totals,

        @About("all that falls, from the large to the small, each with what brings it down")
        List<Fallen> fallen,

        @About("machines that are hit, in order of project and name")
        List<Machine> machines,

        @About("fleets that are hit") List<Fleet> fleets,
        @About("projects that are hit") List<Project> projects,

        @About("services of servers without guests, by their label, that are hit")
        List<Service> services,

        @About("parts of the control room itself that are hit; where none of its servers is left, it is gone")
        List<Service> controlRoom) {

    public record Totals(
            @About("all that are declared") int servers,

            @About("that have no power, or stand in what is lost")
            int serversDark,

            @About("that lack a disk") int serversDiskless,
            @About("that run on out of reach") int serversCutOff,
            @About("all that have a place") int machines,
            @About("that come back elsewhere") int returning,
            @About("that find no place") int lost,
            @About("that run on out of reach") int cutOff) {}

    public record Fallen(
            @About("such as server/par1-h01") String element,
            @About("what becomes of it") Loss.Fate fate,

            @About("elements that bring it down by themselves; empty for what is named as lost")
            List<String> because) {}

    public enum Fate {
        RETURNS,
        LOST,
        CUT_OFF
    }

    public record Machine(
            @About("the instance") Key key,
            @About("the fleet it is a member of") Optional<String> fleet,
            @About("the server it is on") String server,
            @About("what becomes of it") Fate fate,
            @About("the server it returns to") Optional<String> to,
            @About("the site of that server") Optional<String> site,
            @About("whether its room there was held for it") boolean foreseen,
            @About("why it finds no place") Optional<String> why) {}

    public record Fleet(
            String project,
            String name,
            @About("that have a place") int members,
            @About("that are not hit") int staying,
            int returning,
            int lost,
            int cutOff) {}

    public record Project(
            String name,
            @About("that have a place") int machines,
            @About("that are not hit") int staying,
            int returning,
            int lost,
            int cutOff) {}

    public record Service(
            String name,
            @About("all that carry the label") int servers,
            @About("that are dark, diskless or cut off") int out) {}
}
