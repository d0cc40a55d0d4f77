package regie.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "capacity",
        header = "Says what each site has, has sold and can still sell, and when it runs out.",
        description = {
            "",
            "  regie capacity                           all sites",
            "  regie capacity --site par1               one of them",
            "  regie capacity --flavor vps-business     how many more of one product fit now",
            "  regie capacity --by product,site         what is offered, a line for each product",
            "",
            "What the columns mean: docs/concepts/capacity.md",
            ""
        })
final class CapacityCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final Answering answering = new Answering();

    @Option(names = "--site", paramLabel = "SITE", description = "Only this site.")
    private Optional<String> site = Optional.empty();

    @Option(
            names = "--flavor",
            paramLabel = "FLAVOR",
            description = "Only this product; room counts as fragmented where not one of it fits.")
    private Optional<String> flavor = Optional.empty();

    @Option(
            names = "--by",
            paramLabel = "site|product,site",
            description = "site (the default): room and products of each site; product,site: a line for each product.")
    private String by = "site";

    CapacityCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!List.of("site", "product,site").contains(by))
            throw Failure.usage("--by is \"%s\"; expected site or product,site".formatted(Ink.plain(by)));
        var query = new ArrayList<String>();
        site.ifPresent(name -> query.add("site=" + Address.part(name)));
        flavor.ifPresent(name -> query.add("flavor=" + Address.part(name)));
        var path = "/v1/capacity" + (query.isEmpty() ? "" : "?" + String.join("&", query));
        var ink = session.terminal().ink();
        answering.print(
                session,
                path,
                answer -> by.equals("site") ? CapacityPage.bySite(answer, ink) : CapacityPage.byProduct(answer, ink));
        return ExitCode.OK;
    }
}
