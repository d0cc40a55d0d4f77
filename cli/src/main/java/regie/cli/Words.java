package regie.cli;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The table of all words. Only the one that was said is made, unless help or completion need them all: reading the annotations of every
 * word would be a good part of what a {@code regie get} takes.
 */
final class Words {
    private final Map<String, Supplier<Object>> words = new LinkedHashMap<>();

    Words(Terminal terminal, Map<String, String> environment, InstantSource time) {
        Supplier<Session> session = () -> new Session(terminal, environment, time);
        words.put("apply", () -> new ApplyCommand(session.get()));
        words.put("plan", () -> new PlanCommand(session.get()));
        words.put("get", () -> new GetCommand(session.get()));
        words.put("show", () -> new ShowCommand(session.get()));
        words.put("explain", () -> new ExplainCommand(session.get()));
        words.put("watch", () -> new WatchCommand(session.get()));
        words.put("edit", () -> new EditCommand(session.get()));
        words.put("delete", () -> new DeleteCommand(session.get()));
        words.put("act", () -> new ActCommand(session.get()));
        words.put("whatif", () -> new WhatIfCommand(session));
        words.put("spof", () -> new SpofCommand(session.get()));
        words.put("capacity", () -> new CapacityCommand(session.get()));
        words.put("instance", () -> new InstanceCommand(session));
        words.put("fleet", () -> new FleetCommand(session));
        words.put("restart", () -> new RestartCommand(session.get()));
        words.put("server", () -> new ServerCommand(session));
        words.put("deaths", () -> new DeathsCommand(session.get()));
        words.put("leases", () -> new LeasesCommand(session.get()));
        words.put("storm", () -> new StormCommand(session));
        words.put("maintain", () -> new MaintainCommand(session.get()));
        words.put("maintenance", () -> new MaintenanceCommand(session));
        words.put("rebalance", () -> new RebalanceCommand(session.get()));
        words.put("image", () -> new ImageCommand(session));
        words.put("kinds", () -> new KindsCommand(session.get()));
        words.put("token", () -> new TokenCommand(session));
        words.put("join-token", () -> new JoinTokenCommand(session));
        words.put("webhook", () -> new WebhookCommand(session));
        words.put("agents", () -> new AgentsCommand(session));
        words.put("audit", () -> new AuditCommand(session));
        words.put("login", () -> new LoginCommand(session.get()));
        words.put("whoami", () -> new WhoamiCommand(session.get()));
        words.put("version", () -> new VersionCommand(session.get()));
        words.put("completion", () -> new CompletionCommand(terminal, this::all));
    }

    /** Able to read {@code arguments}; with every word where they don't begin with one. */
    CommandLine commandLine(String... arguments) {
        var said = arguments.length == 0 ? "" : arguments[0];
        if (said.equals(Rehearsal.WORD)) return root(Map.of(said, Rehearsal::new));
        var supplier = words.get(said);
        return supplier == null ? all() : root(Map.of(said, supplier));
    }

    CommandLine all() {
        return root(words);
    }

    private static CommandLine root(Map<String, Supplier<Object>> some) {
        var root = new CommandLine(new RegieCommand());
        some.forEach((word, command) -> root.addSubcommand(word, line(command.get())));
        dress(root);
        return root;
    }

    private static CommandLine line(Object command) {
        var line = new CommandLine(command);
        if (command instanceof Noun noun) noun.verbs().forEach(line::addSubcommand);
        return line;
    }

    private static void dress(CommandLine line) {
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this.")
                        .build());
        var usage = line.getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(ExitCode.MEANINGS);
        usage.optionListHeading("%nOptions:%n");
        usage.commandListHeading("%nWords:%n");
        usage.parameterListHeading("%n");
        line.getSubcommands().values().forEach(Words::dress);
    }

    /** Pairs in the order given. */
    static Map<String, String> inOrder(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        var list = List.of(pairs);
        for (int at = 0; at < list.size(); at += 2) map.put(list.get(at), list.get(at + 1));
        return map;
    }
}
