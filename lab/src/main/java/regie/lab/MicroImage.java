package regie.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import regie.agent.contract.Artifact;
import regie.agent.contract.ArtifactSource;

/**
 * The small image that tests and demonstrations boot; see {@code images/micro}.
 *
 * @param folder that holds the files {@code kernel}, {@code initrd} and {@code manifest.json}
 * @param kernelArguments the kernel's command line
 */
public record MicroImage(Path folder, Artifact kernel, Artifact initrd, String kernelArguments)
        implements ArtifactSource {
    private static final long BUILD_SECONDS_MAX = 600;
    private static final Pattern FILE =
            Pattern.compile("\"(kernel|initrd)\": \\{\"sha256\": \"([0-9a-f]{64})\", \"bytes\": (\\d+)}");
    private static final Pattern ARGUMENTS = Pattern.compile("\"kernelArguments\": \"([^\"]*)\"");

    /**
     * Builds the image if it is not there; that takes 10 s and the distribution's package archive.
     *
     * @param root of the repository
     * @throws IOException where it can't be built; the message says why
     */
    public static MicroImage build(Path root) throws IOException {
        var said = Command.run(
                BUILD_SECONDS_MAX, List.of(root.resolve("images/micro/build").toString()));
        return read(Path.of(said.substring(said.lastIndexOf('\n') + 1)));
    }

    /** The repository's root, from any folder inside of it; where programs are told it, from what they are told. */
    public static Path repository() throws IOException {
        var told = System.getProperty("regie.root");
        if (told != null) return Path.of(told);
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("regie"))) return folder;
        }
        throw new IOException("not inside the repository: " + Path.of("").toAbsolutePath());
    }

    static MicroImage read(Path folder) throws IOException {
        var manifest = Files.readString(folder.resolve("manifest.json"));
        var arguments = ARGUMENTS.matcher(manifest);
        var files = FILE.matcher(manifest).results().toList();
        if (files.size() != 2 || !arguments.find()) {
            throw new IOException("%s is not the manifest of a micro image".formatted(folder.resolve("manifest.json")));
        }
        return new MicroImage(
                folder,
                artifact(Artifact.Role.KERNEL, files.getFirst()),
                artifact(Artifact.Role.INITRD, files.getLast()),
                arguments.group(1));
    }

    private static Artifact artifact(Artifact.Role role, MatchResult file) {
        return new Artifact(role, Artifact.Format.RAW, file.group(2), Long.parseLong(file.group(3)));
    }

    public List<Artifact> artifacts() {
        return List.of(kernel, initrd);
    }

    @Override
    public Path fetch(Artifact artifact) throws IOException {
        if (artifact.equals(kernel)) return folder.resolve("kernel");
        if (artifact.equals(initrd)) return folder.resolve("initrd");
        throw new IOException("the micro image has no " + artifact);
    }
}
