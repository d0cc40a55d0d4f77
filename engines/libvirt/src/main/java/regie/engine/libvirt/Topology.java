package regie.engine.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import regie.agent.contract.NumaNode;

/** The NUMA nodes of the machine, as Linux tells them (see "NUMA" in the kernel's sysfs documentation). */
public final class Topology {
    private static final Path NODES = Path.of("/sys/devices/system/node");
    private static final Pattern FOLDER = Pattern.compile("node(\\d+)");
    private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s+(\\d+) kB");

    private Topology() {}

    /** None where the kernel does not tell. */
    public static List<NumaNode> read() throws IOException {
        return Files.isDirectory(NODES) ? read(NODES) : List.of();
    }

    static List<NumaNode> read(Path nodes) throws IOException {
        var found = new ArrayList<NumaNode>();
        try (var folders = Files.list(nodes)) {
            for (var folder : folders.toList()) {
                var name = FOLDER.matcher(folder.getFileName().toString());
                if (!name.matches()) continue;
                var threads =
                        threads(Files.readString(folder.resolve("cpulist")).strip());
                var memory = MEMORY.matcher(Files.readString(folder.resolve("meminfo")));
                if (!memory.find()) throw new IOException(folder + "/meminfo does not say how much memory there is");
                if (!threads.isEmpty())
                    found.add(new NumaNode(
                            Integer.parseInt(name.group(1)), threads, Long.parseLong(memory.group(1)) >> 10));
            }
        }
        return found.stream().sorted(Comparator.comparingInt(NumaNode::node)).toList();
    }

    /** Such as {@code 0-3,8}. */
    static List<Integer> threads(String list) {
        var threads = new ArrayList<Integer>();
        if (list.isEmpty()) return threads;
        for (var part : list.split(",", -1)) {
            int dash = part.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
            IntStream.rangeClosed(first, last).forEach(threads::add);
        }
        return threads;
    }
}
