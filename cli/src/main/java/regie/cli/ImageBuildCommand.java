package regie.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "build",
        header = "Builds an image on this machine, out of the distribution's own packages.",
        description = {
            "",
            "  regie image build debian-12 --import          a Debian 12 with cloud-init; needs root, and minutes",
            "  regie image build micro --import              a kernel and a few programs; answers HTTP after seconds",
            "  regie image build debian-12 --out disk.qcow2",
            "",
            "What was built already is not built again. Prints the folder that holds it; its manifest.json has the checksums.",
            ""
        })
final class ImageBuildCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Parameters(index = "0", paramLabel = "RECIPE", description = "One of the folders of images/: debian-12, micro.")
    private String recipe = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Copies the disk there; for recipes that make one.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--import", description = "Imports it into the room.")
    private boolean imported;

    @Option(names = "--name", paramLabel = "NAME", description = "Of the imported image. Else that of the recipe.")
    private Optional<String> name = Optional.empty();

    ImageBuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var program = program();
        var folder = run(program);
        var manifest = manifest(folder);
        out.ifPresent(place -> copy(folder, manifest, place));
        if (imported) importer(folder, manifest).run();
        else session.terminal().out().println(folder);
        return ExitCode.OK;
    }

    /** The recipes are files of the checkout, which the script {@code ./regie} names. */
    private Path program() {
        var root = Optional.ofNullable(System.getProperty("regie.root"))
                .map(Path::of)
                .orElseThrow(() -> Failure.usage("Images are built by the script of a checkout: ./regie image build"));
        var recipes = recipes(root.resolve("images"));
        if (!recipes.contains(recipe))
            throw Failure.usage("There is no recipe \"%s\"; there is: %s."
                    .formatted(Ink.plain(recipe), String.join(", ", recipes)));
        return root.resolve("images").resolve(recipe).resolve("build");
    }

    private static List<String> recipes(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> Files.isExecutable(each.resolve("build")))
                    .map(each -> each.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Failure.usage("Can't read the recipes in %s: %s".formatted(folder, e));
        }
    }

    /** Its progress goes to our standard error; the last line of its standard output is the folder that holds the image. */
    private Path run(Path program) {
        try {
            var process = new ProcessBuilder(program.toString())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var stop = new Thread(() -> stop(process));
            Runtime.getRuntime().addShutdownHook(stop);
            var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            int code = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(stop);
            if (code != 0 || lines.isEmpty()) throw failed("it ended with code " + code);
            return Path.of(lines.getLast());
        } catch (IOException e) {
            throw failed(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        }
    }

    /** Whoever stops us stops the build; we wait for it to clean up. */
    private static void stop(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JsonNode manifest(Path folder) {
        try {
            return Json.read(Files.readString(folder.resolve("manifest.json")));
        } catch (IOException e) {
            throw failed("it left no manifest.json: " + e);
        }
    }

    private static void copy(Path folder, JsonNode manifest, Path place) {
        if (!manifest.has("disk")) throw Failure.usage("--out is for recipes that make a disk.");
        try {
            Files.copy(folder.resolve("disk.qcow2"), place, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Failure.usage("Can't write %s: %s".formatted(place, e));
        }
    }

    private ImageImport importer(Path folder, JsonNode manifest) {
        var progress = session.progress();
        var called = name.orElse(recipe);
        if (manifest.has("disk")) {
            var disk = checked(ImageFile.of("disk", folder.resolve("disk.qcow2"), progress), manifest);
            return new ImageImport(session, called, "disk", Optional.empty(), List.of(disk));
        }
        var files = Stream.of("kernel", "initrd")
                .map(role -> checked(ImageFile.of(role, folder.resolve(role), progress), manifest))
                .toList();
        return new ImageImport(session, called, "kernel", Optional.of(Json.text(manifest, "kernelArguments")), files);
    }

    private static ImageFile checked(ImageFile file, JsonNode manifest) {
        if (Json.text(manifest.path(file.role()), "sha256").equals(file.sha256())) return file;
        throw failed("%s is not as its manifest.json says; delete the folder, and build again".formatted(file.file()));
    }

    private static Failure failed(String why) {
        return new Failure(ExitCode.FAULT, "image-build-failed", "The image was not built: %s.".formatted(why));
    }
}
