package regie.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        header = "Deletes resources: all of them, or none.",
        description = {
            "",
            "On a terminal it asks first; elsewhere it needs --yes. What something else still needs is not deleted. Some kinds",
            "take their time to go, and until then need others: with --wait one kind is deleted after the other, who needs",
            "before what is needed, and all or none holds for each kind.",
            "",
            "  regie delete instance web-1 web-2",
            "  regie delete -f estate.yaml --yes --wait   all that a manifest declares",
            "  regie delete site par1 --dry-run           only says what would go, or why it can't",
            ""
        })
final class DeleteCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final Consent consent = new Consent();

    @Mixin
    private final Patience patience = new Patience();

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "Such as instance.")
    private Optional<String> kind = Optional.empty();

    @Parameters(index = "1..*", paramLabel = "NAME", description = "Of the resources.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "All that this manifest, folder or - (standard input) declares.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--dry-run", description = "Says what would go, and deletes nothing.")
    private boolean dryRun;

    DeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (files.isEmpty() == kind.isEmpty() || (kind.isPresent() && names.isEmpty()))
            throw Failure.usage("Say what to delete: regie delete KIND NAME…, or regie delete -f FILE");
        var room = session.room();
        var keys = files.isEmpty() ? named(room) : declared(room);
        var terminal = session.terminal();
        if (keys.isEmpty()) {
            terminal.err().println("Nothing of that is there.");
            return ExitCode.OK;
        }
        var deletion = new Deletion(session, room, patience);
        if (dryRun) deletion.shown(keys);
        else if (consent.given()) deletion.unasked(keys);
        else deletion.asked(consent, keys);
        return ExitCode.OK;
    }

    private List<ResourceKey> named(Room room) {
        var entry = session.kinds(room).named(kind.orElseThrow());
        return names.stream().map(name -> entry.key(session.project(), name)).toList();
    }

    /** The room reads the manifests: what it would create is not there to delete. */
    private List<ResourceKey> declared(Room room) {
        var plan = ManifestSet.read(files).plan(room, session.project());
        return Json.items(plan.path("changes")).stream()
                .filter(change -> !Json.text(change, "action").equals("create"))
                .map(change -> ResourceKey.of(change.path("key")))
                .toList();
    }
}
