package regie.packing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A snapshot in the form of ByteDance's data set: clusters with hosts of several NUMA nodes and instances on them. */
final class SnapshotFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    private SnapshotFile(Path file) {
        this.file = file;
    }

    static List<Cluster> read(Path file) throws IOException {
        return new SnapshotFile(file).clusters();
    }

    private List<Cluster> clusters() throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(file.toFile());
        } catch (JacksonException failed) {
            throw new Malformed(file, "as a whole", "JSON: " + failed.getOriginalMessage());
        }
        var clusters = new ArrayList<Cluster>();
        for (var each : list(root, "cluster_list", "the file")) {
            var name = text(each, "cluster_name", "cluster_list");
            var hosts = new ArrayList<Cluster.Machine>();
            for (var host : list(each, "host_info", name)) hosts.add(host(host));
            var instances = new ArrayList<Cluster.Instance>();
            for (var instance : list(each, "vm_instance", name)) instances.add(instance(instance));
            clusters.add(new Cluster(label() + "_" + name, hosts, instances));
        }
        return clusters;
    }

    /** The file's name without what all of them begin and end with. */
    private String label() {
        return String.valueOf(file.getFileName())
                .replaceFirst("^reset_vm_pm_id_", "")
                .replaceFirst("\\.json$", "");
    }

    private Cluster.Machine host(JsonNode host) throws IOException {
        var name = text(host, "node_id", "host_info");
        var nodes = new ArrayList<Cluster.Node>();
        for (var node : list(host, "numa", name)) {
            nodes.add(new Cluster.Node(
                    (int) number(node, "node", name),
                    (int) number(node, "total_cpu", name),
                    (int) number(node, "free_cpu", name),
                    number(node, "memory_huge_free_mb", name)));
        }
        var rack = host.path("rack_id");
        return new Cluster.Machine(name, rack.isMissingNode() ? "" : "rack" + rack.asString(), nodes);
    }

    private Cluster.Instance instance(JsonNode instance) throws IOException {
        var name = text(instance, "instance_id", "vm_instance");
        var parts = new ArrayList<Cluster.Part>();
        for (var part : list(instance, "numa", name)) {
            parts.add(new Cluster.Part(
                    (int) number(part, "node", name), (int) number(part, "cpu", name), number(part, "mem_mb", name)));
        }
        return new Cluster.Instance(
                name,
                text(instance, "host_id", name),
                parts,
                instance.path("allow_migration").asBoolean(false));
    }

    private JsonNode list(JsonNode of, String field, String where) throws IOException {
        var found = of.path(field);
        if (!found.isArray()) throw new Malformed(file, where, "a list " + field);
        return found;
    }

    private String text(JsonNode of, String field, String where) throws IOException {
        var found = of.path(field);
        if (!found.isString()) throw new Malformed(file, where, "a text " + field);
        return found.asString();
    }

    /** A whole number that is not negative. The data set writes some as 12 and some as 12.0. */
    private long number(JsonNode of, String field, String where) throws IOException {
        var found = of.path(field);
        double value = found.isNumber() ? found.asDouble() : -1;
        if (value < 0 || value != Math.rint(value)) throw new Malformed(file, where, "a whole number " + field);
        return (long) value;
    }
}
