package regie.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "whatif",
        header = "Says what would come of a loss. Changes nothing.",
        synopsisSubcommandLabel = "VERB",
        description = {"", "  regie whatif lose feed/par1-b", "  regie whatif lose site/par1 carrier/Cogent", ""})
final class WhatIfCommand implements Noun {
    private final Supplier<Session> session;

    WhatIfCommand(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> verbs() {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("lose", new Lose(session.get()));
        return verbs;
    }

    @Command(
            name = "lose",
            header =
                    "What a loss takes along: servers, machines, fleets, projects; who comes back where, and why others don't.",
            description = {
                "",
                "  regie whatif lose feed/par1-b                 one power feed",
                "  regie whatif lose rack/r1 device/par1-edge2   several things at once",
                "  regie whatif lose room/par1/cage-2            a room, as racks name it, with its site",
                "  regie whatif lose carrier/Cogent              all links of a carrier",
                "  regie whatif lose server/par1-h01 --all       with every machine, however many",
                "",
                "Kinds: site, room, rack, feed, carrier, device, link, server. What counts as lost:",
                "docs/concepts/estate-graph.md",
                ""
            })
    static final class Lose implements Callable<Integer> {
        @Mixin
        private final Session session;

        @Mixin
        private final Answering answering = new Answering();

        @Parameters(
                index = "0..*",
                arity = "1..*",
                paramLabel = "KIND/NAME",
                description = "What is lost, all at once; such as feed/par1-b.")
        private List<String> lost = new ArrayList<>();

        @Option(names = "--all", description = "Shows every machine that is hit, not only the first 40 of each fate.")
        private boolean all;

        Lose(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            var query = lost.stream().map(word -> "lose=" + Address.part(word)).collect(Collectors.joining("&"));
            var ink = session.terminal().ink();
            answering.print(session, "/v1/whatif?" + query, answer -> WhatIfPage.render(answer, all, ink));
            return ExitCode.OK;
        }
    }
}
