package regie.compute;

import java.util.List;
import java.util.Optional;
import regie.kernel.About;

/** What each site has, has sold and can still sell. */
public record CapacityAnswer(
        @About("sites with servers for guests, by name") List<Site> sites,

        @About("what is told of products, by flavor; all sites that are asked for taken together")
        List<Product> products) {

    public record Site(
            @About("its name") String site,

            @About("where it stands in its life, such as operational")
            String state,

            @About("servers that run guests") int hosts,

            @About("of these, how many take new guests: schedulable, and heard of")
            int open,

            @About("addresses that its networks can still give")
            int addresses,

            @About(
                    "the flavor that room counts as fragmented for: the one asked for, or the largest that fits an empty host")
            Optional<String> fragmentedFor,

            @About("by what is scarce") List<Room> rooms,
            @About("by flavor") List<Product> products,

            @About("when it runs out, as far as its history tells")
            Forecast forecast) {}

    /** One scarce thing. */
    public record Room(
            @About(
                    "threads, memory, disk, hugepages:2, gpus:A100, functions, bandwidth; with the unit of its kind: memory in MiB,"
                            + " disk in GiB, bandwidth in Mbit/s")
            String what,

            @About("of all servers, less what is held back for them")
            long total,

            @About("taken by machines, also by those that are switched off")
            long claimed,

            @About("kept for machines to come: places of reservations that nobody uses yet")
            long reserved,

            @About("kept for machines that are declared to survive a failure")
            long held,

            @About("left on servers that take new guests") long free,

            @About("of what is free: on servers where not one machine of the flavor fits")
            long fragmented,

            @About("left on servers that take no new guests")
            long closed) {}

    /** One flavor at one site, or at all. */
    public record Product(
            @About("name of the flavor") String flavor,

            @About("how many are offered, by the flavor's own word; sites that are only planned don't count")
            Optional<Integer> offered,

            @About("how many more will be offered, at sites that are only planned")
            int planned,

            @About("machines that have a place") int sold,
            @About("of these, those that run") int used,

            @About("how many more fit now, if nothing else is sold")
            int fits,

            @About("how many more would fit if nothing were held for failover")
            int held,

            @About("how many more would fit if all free room were on one server")
            int fragmented) {}

    /** When the first of a site's resources runs out. */
    public record Forecast(
            @About("days of history that it rests on") int days,

            @About("what runs out first; absent where nothing can be told to")
            Optional<String> what,

            @About("how much more is claimed each day") Optional<Double> perDay,
            @About("the likely day") Optional<String> likely,
            @About("nineteen of twenty times it is later") Optional<String> earliest,

            @About("nineteen of twenty times it is sooner; absent where it may be never")
            Optional<String> latest,

            @About("the same in words, or why nothing is told")
            String words) {}
}
