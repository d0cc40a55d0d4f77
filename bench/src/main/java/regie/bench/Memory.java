package regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import regie.lab.Command;

/**
 * Memory of processes as the kernel counts it.
 *
 * @param rssMiB resident; pages that several processes share are counted in each
 * @param pssMiB proportional: a shared page is divided among those who share it
 */
record Memory(double rssMiB, double pssMiB) {
    private static final long COLLECT_SECONDS_MAX = 60;
    private static final double KIB_PER_MIB = 1024;
    private static final Pattern RSS = Pattern.compile("^Rss:\\s+(\\d+) kB$", Pattern.MULTILINE);
    private static final Pattern PSS = Pattern.compile("^Pss:\\s+(\\d+) kB$", Pattern.MULTILINE);

    /** Of {@code process} alone. */
    static Memory of(ProcessHandle process) throws IOException {
        var text = Files.readString(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"));
        return new Memory(mebibytes(text, RSS), mebibytes(text, PSS));
    }

    /** RSS in MiB of a JVM, after it was told to collect all garbage and to give back what it needs no more. */
    static double withoutGarbage(ProcessHandle jvm) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Command.run(COLLECT_SECONDS_MAX, List.of(jcmd, Long.toString(jvm.pid()), "GC.run"));
        return of(jvm).rssMiB();
    }

    /** Of {@code process} and all that it started. */
    static Memory ofTree(ProcessHandle process) throws IOException {
        double rss = 0;
        double pss = 0;
        for (var each : tree(process)) {
            var memory = of(each);
            rss += memory.rssMiB;
            pss += memory.pssMiB;
        }
        return new Memory(rss, pss);
    }

    static List<ProcessHandle> tree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    private static double mebibytes(String text, Pattern line) {
        var found = line.matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) / KIB_PER_MIB : 0;
    }
}
