package regie.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        header =
                "Sends the files of an image to the room, which looks inside them; declares the image where it is not there.",
        description = {
            "",
            "A disk (qcow2 or raw), a medium (ISO 9660), or a kernel with its initial RAM disk.",
            "What is in the room already is not sent again, so a repeated import is quick.",
            ""
        })
final class ImageImportCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "Disk or medium.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Of the image. Else the file's name without its ending.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--boot",
            paramLabel = "kernel|disk|cdrom",
            description = "How it boots. Else by what is given: --kernel, or what the file looks like.")
    private Optional<String> boot = Optional.empty();

    @Option(names = "--kernel", paramLabel = "FILE", description = "Linux kernel; needs --initrd.")
    private Optional<Path> kernel = Optional.empty();

    @Option(names = "--initrd", paramLabel = "FILE", description = "Initial RAM disk; needs --kernel.")
    private Optional<Path> initrd = Optional.empty();

    @Option(names = "--kernel-arguments", paramLabel = "TEXT", description = "Command line of the kernel.")
    private Optional<String> kernelArguments = Optional.empty();

    @Option(
            names = "--sha256",
            paramLabel = "HEX",
            description = "What FILE has to have, as its maker says; nothing is sent where it differs.")
    private Optional<String> sha256 = Optional.empty();

    ImageImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        checkUsage();
        new ImageImport(session, name.orElseGet(this::nameOfFile), kind(), kernelArguments, files()).run();
        return ExitCode.OK;
    }

    private void checkUsage() {
        boolean direct = kernel.isPresent() || initrd.isPresent();
        if (direct == file.isPresent()) throw Failure.usage("Name either a FILE, or both --kernel and --initrd.");
        if (kernel.isPresent() != initrd.isPresent()) throw Failure.usage("--kernel and --initrd go together.");
        if (direct && name.isEmpty()) throw Failure.usage("Give the image a name: --name NAME");
        if (direct && sha256.isPresent()) throw Failure.usage("--sha256 is for a FILE.");
        if (!direct && kernelArguments.isPresent()) throw Failure.usage("--kernel-arguments goes with --kernel.");
        var fitting = direct ? List.of("kernel") : List.of("disk", "cdrom");
        boot.filter(said -> !fitting.contains(said)).ifPresent(said -> {
            throw Failure.usage("--boot is %s; with what is given it can be %s."
                    .formatted(Ink.plain(said), String.join(" or ", fitting)));
        });
    }

    private String kind() {
        if (kernel.isPresent()) return "kernel";
        return boot.orElseGet(() -> ImageFile.isMedium(file.orElseThrow()) ? "cdrom" : "disk");
    }

    private List<ImageFile> files() {
        var progress = session.progress();
        if (kernel.isPresent()) {
            return List.of(
                    ImageFile.of("kernel", kernel.get(), progress),
                    ImageFile.of("initrd", initrd.orElseThrow(), progress));
        }
        var read = ImageFile.of(kind(), file.orElseThrow(), progress);
        sha256.map(text -> text.toLowerCase(Locale.ROOT))
                .filter(wanted -> !wanted.equals(read.sha256()))
                .ifPresent(wanted -> {
                    throw new Failure(
                            ExitCode.REFUSED,
                            "image-checksum-differs",
                            "%s has sha256 %s, not %s. Fetch it again from where it came from; nothing was sent."
                                    .formatted(read.file(), read.sha256(), Ink.plain(wanted)));
                });
        return List.of(read);
    }

    /** {@code Debian_12.qcow2} becomes {@code debian-12}. */
    private String nameOfFile() {
        var plain =
                file.orElseThrow().toAbsolutePath().normalize().getFileName().toString();
        return plain.replaceFirst("(?<=.)\\.[A-Za-z0-9]+$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }
}
