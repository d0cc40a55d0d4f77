package regie.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import regie.kernel.Fault;
import regie.kernel.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A second opinion on a qcow2 image, by QEMU's own tool. That tool was not written for hostile files, so it gets one format and
 * no guessing, little memory, little time, and may write nothing. The header was read before: the image names no other file.
 */
final class QemuImg {
    /** Also of the answer of {@code check} on the largest disk that is taken. */
    private static final long ADDRESS_SPACE_BYTES = 2L << 30;

    private static final int CPU_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LEAKED_CLUSTERS = 3;

    private final List<Path> folders;

    /** @param folders where programs lie */
    QemuImg(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    static QemuImg onPath() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return new QemuImg(Stream.concat(Stream.of(path.split(":", -1)), Stream.of("/usr/bin", "/bin"))
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of)
                .toList());
    }

    /**
     * @param diskBytes as its header says
     * @throws regie.kernel.Refused with {@link StorageRefusal} where the tool is missing, or says no
     * @throws Fault where the tool gives no answer
     */
    void check(Path file, long diskBytes) {
        var info = json(run("info", file), "info");
        if (info.has("backing-filename")) throw new StorageRefusal.BackingFile("").asException();
        if (info.path("encrypted").asBoolean(false)) throw new StorageRefusal.Encrypted().asException();
        var specific = info.path("format-specific").path("data");
        if (specific.has("data-file")) throw new StorageRefusal.ExternalData().asException();
        if (specific.path("corrupt").asBoolean(false)) throw damaged("it is marked as corrupt");
        if (!info.path("format").asString("").equals("qcow2")
                || info.path("virtual-size").asLong(0) != diskBytes) {
            throw damaged("qemu-img reads its header otherwise");
        }
        var check = run("check", file);
        if (check.code() != 0 && check.code() != LEAKED_CLUSTERS)
            throw damaged(check.firstLine("qemu-img check says no"));
    }

    private Program.Outcome run(String word, Path file) {
        var qemuImg = find("qemu-img").orElseThrow(() -> new StorageRefusal.QemuImgMissing().asException());
        var prlimit =
                find("prlimit").orElseThrow(() -> new Fault("this machine lacks prlimit, of the package util-linux"));
        return Program.run(
                List.of(
                        prlimit.toString(),
                        "--as=" + ADDRESS_SPACE_BYTES,
                        "--cpu=" + CPU_SECONDS,
                        "--fsize=0",
                        "--core=0",
                        "--nofile=64",
                        qemuImg.toString(),
                        word,
                        "--output=json",
                        "-f",
                        "qcow2",
                        file.toAbsolutePath().toString()),
                PATIENCE);
    }

    private static JsonNode json(Program.Outcome outcome, String word) {
        if (outcome.code() != 0) throw damaged(outcome.firstLine("qemu-img %s says no".formatted(word)));
        try {
            return Json.MAPPER.readTree(outcome.output());
        } catch (JacksonException e) {
            throw new Fault("qemu-img %s gave no JSON".formatted(word), e);
        }
    }

    private Optional<Path> find(String program) {
        return folders.stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static regie.kernel.Refused damaged(String why) {
        return new StorageRefusal.Damaged(why).asException();
    }
}
