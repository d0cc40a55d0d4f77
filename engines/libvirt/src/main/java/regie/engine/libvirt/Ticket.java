package regie.engine.libvirt;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the host that awaits a guest tells the one that has it.
 *
 * @param address of its tunnel
 * @param secret by which a caller shows that it was given this ticket; also names the sockets
 * @param sockets folder of the sockets, which has to be the same on both hosts
 * @param tag of the guest there
 * @param place what binds its vCPUs and its memory there, as XML in one line; empty from an agent that does not tell
 * @param files the guest's files there, by what they are
 */
record Ticket(String address, String secret, String sockets, String tag, String place, Map<String, String> files) {
    private static final String PLACE = "place";
    private static final List<String> OTHERS = List.of("address", "secret", "sockets", "tag");

    String text() {
        var lines = new LinkedHashMap<String, String>();
        lines.put("address", address);
        lines.put("secret", secret);
        lines.put("sockets", sockets);
        lines.put("tag", tag);
        if (!place.isEmpty()) lines.put(PLACE, place);
        lines.putAll(files);
        return lines.entrySet().stream()
                .map(line -> line.getKey() + " " + line.getValue())
                .collect(Collectors.joining("\n"));
    }

    static Ticket parse(String text) throws IOException {
        var lines = new LinkedHashMap<String, String>();
        for (var line : text.split("\n", -1)) {
            var parts = line.split(" ", 2);
            if (parts.length == 2) lines.put(parts[0], parts[1]);
        }
        for (var key : OTHERS) if (!lines.containsKey(key)) throw new IOException("the ticket lacks its " + key);
        var files = new LinkedHashMap<>(lines);
        OTHERS.forEach(files::remove);
        files.remove(PLACE);
        return new Ticket(
                one(lines, "address"),
                one(lines, "secret"),
                one(lines, "sockets"),
                one(lines, "tag"),
                one(lines, PLACE),
                Map.copyOf(files));
    }

    private static String one(Map<String, String> lines, String key) {
        return lines.getOrDefault(key, "");
    }

    /** A socket of this move, in {@code folder}. */
    String socket(String folder, Service service) {
        return folder + "/" + secret + "-" + service.letter();
    }

    String purpose(Service service) {
        return service + " " + secret;
    }

    /** What one connection between two hosts is for. */
    enum Service {
        /** libvirt speaks to libvirt. */
        CONTROL,
        /** QEMU speaks to QEMU. */
        MEMORY,
        /** QEMU writes to the disk there. */
        DISK,
        /** No bytes: the guest was let go. */
        GONE,
        /** One byte, once the guest is let go; the connection is there before. Agents of before know of {@link #GONE} alone. */
        SOON;

        char letter() {
            return Character.toLowerCase(name().charAt(0));
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Ticket[%s]".formatted(address);
    }
}
