package regie.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "edit",
        header = "Opens the manifest of a resource in your editor, and applies what you saved.",
        description = {
            "",
            "The editor is VISUAL, else EDITOR, else vi. It shows what would change and asks, unless --yes. Where somebody else",
            "changed the resource meanwhile nothing is applied, and your text is kept in a file.",
            "",
            "  regie edit fleet web",
            ""
        })
final class EditCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final Consent consent = new Consent();

    @Parameters(index = "0", paramLabel = "KIND", description = "Such as fleet.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Of the resource.")
    private String name = "";

    EditCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var room = session.room();
        var path = session.kinds(room).named(kind).path(session.project(), name);
        var generation = Json.text(room.get(path), "generation");
        var before = room.yaml(path);
        var file = Files.createTempFile(
                "regie-" + name.replaceAll("[^a-z0-9.-]", "-") + "-",
                ".yaml",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, before);
        open(file);
        var after = Files.readString(file);
        if (after.equals(before)) {
            Files.delete(file);
            session.terminal().err().println("You changed nothing.");
            return ExitCode.OK;
        }
        try {
            apply(room, new ManifestSet(Map.of(file.toString(), after)), generation);
        } catch (Failure failure) {
            session.terminal().err().println("Your text is kept in %s".formatted(file));
            throw failure;
        }
        Files.delete(file);
        return ExitCode.OK;
    }

    private void open(Path file) throws IOException, InterruptedException {
        var editor =
                session.variable("VISUAL").or(() -> session.variable("EDITOR")).orElse("vi");
        var command = new ArrayList<>(List.of(editor.strip().split("\\s+")));
        command.add(file.toString());
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0)
            throw new Failure(
                    ExitCode.DECLINED,
                    "declined",
                    "The editor %s ended with %d; nothing was changed.".formatted(command.getFirst(), code));
    }

    /** The plan's number covers what happens from here on; its generations what happened while the editor was open. */
    private void apply(Room room, ManifestSet manifest, String generation) {
        var plan = manifest.plan(room, session.project());
        var stale = Json.items(plan.path("changes")).stream()
                .filter(change -> ResourceKey.of(change.path("key")).name().equals(name))
                .filter(change -> !Json.text(change, "generation").equals(generation))
                .findFirst();
        stale.ifPresent(change -> refuse(change, generation));
        ChangesOutput.TEXT.print(plan, session.terminal());
        if (ChangesPage.changing(plan).isEmpty()) return;
        consent.ask(session.terminal(), "Apply this?", "--yes");
        manifest.apply(room, session.project(), Optional.of(PlanCommand.number(plan)));
        session.terminal().err().println("Applied.");
    }

    private static void refuse(JsonNode change, String generation) {
        throw new Failure(
                ExitCode.CONFLICT,
                "stale",
                "You changed generation %s of %s; it is now %s. Edit it again."
                        .formatted(generation, ResourceKey.of(change.path("key")), Json.text(change, "generation")));
    }
}
