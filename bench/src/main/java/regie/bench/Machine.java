package regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import regie.lab.Command;

/**
 * Where and when something was measured.
 *
 * @param load average over one minute: how many processes wanted a processor
 * @param commit of the sources, with a mark where they were changed since
 */
record Machine(String date, int cores, long memoryMiB, String kernel, String processor, String load, String commit) {
    private static final Pattern PROCESSOR = Pattern.compile("^model name\\s*: (?<name>.+)$", Pattern.MULTILINE);
    private static final Pattern MEMORY = Pattern.compile("^MemTotal:\\s+(?<kib>\\d+) kB$", Pattern.MULTILINE);

    static Machine look(Path repository) throws IOException {
        var processor = PROCESSOR.matcher(Files.readString(Path.of("/proc/cpuinfo")));
        var memory = MEMORY.matcher(Files.readString(Path.of("/proc/meminfo")));
        return new Machine(
                Command.run(10, List.of("date", "--utc", "+%Y-%m-%d %H:%M UTC")),
                Runtime.getRuntime().availableProcessors(),
                memory.find() ? Long.parseLong(memory.group("kib")) / 1024 : 0,
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
                processor.find() ? processor.group("name").strip() : "unknown",
                Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0],
                commit(repository));
    }

    private static String commit(Path repository) {
        try {
            return Command.run(
                    10, List.of("git", "-C", repository.toString(), "describe", "--always", "--dirty", "--abbrev=12"));
        } catch (IOException noRepository) {
            return "unknown";
        }
    }
}
