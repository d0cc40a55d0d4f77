package regie.engine.libvirt;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.agent.contract.Artifact;
import regie.agent.contract.Artifact.Role;
import regie.agent.contract.ArtifactSource;
import regie.agent.contract.Guest;
import regie.agent.contract.Layout;
import regie.agent.contract.NumaNode;

/** The files of a host's guests: a folder for each, named after its uid. */
final class GuestStore {
    /** What the kernel allows for the path of a socket. */
    private static final int SOCKET_PATH_BYTES_MAX = 107;

    private static final String DEPARTURE = "departure";

    private final Path guests;
    private final ArtifactSource artifacts;
    private final List<NumaNode> nodes;
    private final Pins pins;

    /** @throws IOException where the folder can't be made, or its path is too long for a console's socket */
    GuestStore(Path host, ArtifactSource artifacts) throws IOException {
        this(host, artifacts, List.of());
    }

    /** @param nodes of the host, for guests that are bound to theirs */
    GuestStore(Path host, ArtifactSource artifacts, List<NumaNode> nodes) throws IOException {
        this.nodes = List.copyOf(nodes);
        this.guests = host.resolve("guests");
        this.artifacts = artifacts;
        var longest = consoleSocket(new UUID(0, 0)).toString();
        if (longest.length() > SOCKET_PATH_BYTES_MAX) {
            throw new IOException("the folder's path is too long: %s has %d characters and a socket may have %d"
                    .formatted(longest, longest.length(), SOCKET_PATH_BYTES_MAX));
        }
        Files.createDirectories(guests);
        this.pins = new Pins(host, this.nodes);
        // QEMU, which is another user, passes through to files that it is given one by one.
        Files.setPosixFilePermissions(guests, PosixFilePermissions.fromString("rwx--x--x"));
    }

    Path consoleSocket(UUID uid) {
        return folder(uid).resolve("tty");
    }

    Path consoleLog(UUID uid) {
        return folder(uid).resolve("console.log");
    }

    /** The uids of all guests that have files here. */
    Set<UUID> all() throws IOException {
        try (var folders = Files.list(guests)) {
            return folders.map(folder -> UUID.fromString(folder.getFileName().toString()))
                    .collect(Collectors.toSet());
        }
    }

    boolean has(UUID uid) {
        return Files.isDirectory(folder(uid));
    }

    /** Gets what the guest boots from, which may take long, and says where its files are to be. */
    GuestFiles fetch(Guest guest) throws IOException {
        var flaw = GuestFiles.flaw(guest.machine().artifacts());
        if (flaw.isPresent()) throw new IOException(flaw.get());
        var fetched = new EnumMap<Role, Path>(Role.class);
        for (var artifact : guest.machine().artifacts()) fetched.put(artifact.role(), artifacts.fetch(artifact));
        return files(guest, fetched);
    }

    /** Where its files are, fetched or not: enough to define a guest that is off. */
    GuestFiles files(Guest guest) {
        return files(guest, Map.of());
    }

    /** Makes the guest's own files. {@code build}: its disk anew, even if it has one. */
    void prepare(Guest guest, GuestFiles files, boolean build) throws IOException {
        var folder = folder(guest.uid());
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Seed.write(files.seed(), guest.machine().cloudInit());
        if (files.disk().isEmpty()) return;
        var disk = files.disk().get();
        if (build) Files.deleteIfExists(disk);
        if (Files.exists(disk)) {
            DiskImage.grow(disk, guest.claim().diskGiB());
        } else if (files.base().isPresent()) {
            DiskImage.overlay(
                    disk, files.base().get(), baseFormat(guest), guest.claim().diskGiB());
        } else {
            DiskImage.blank(disk, guest.claim().diskGiB());
        }
    }

    /** The note of the guest's last departure, if there was one. */
    Optional<Departure> departure(UUID uid) throws IOException {
        var file = folder(uid).resolve(DEPARTURE);
        return Files.exists(file) ? Optional.of(Departure.parse(Files.readString(file))) : Optional.empty();
    }

    /** Returns once the disk has it. */
    void note(UUID uid, Departure departure) throws IOException {
        DurableFile.write(folder(uid).resolve(DEPARTURE), departure.text());
    }

    /**
     * What binds the guest to its place; it keeps its own threads and devices until {@link #remove}.
     *
     * @throws LibvirtError where the host has too few of them left
     */
    Tuning tuning(Guest guest) throws LibvirtError, IOException {
        var layout = guest.machine().layout().orElse(Layout.onOneNode(guest.claim()));
        var pin = pins.pin(guest);
        var own = layout.cells().stream().map(Layout.Cell::node).toList();
        var floating = pin.threads().isEmpty() ? pins.shared(own) : List.<Integer>of();
        boolean any = floating.size()
                == nodes.stream().mapToInt(node -> node.threads().size()).sum();
        return new Tuning(layout, pin, any ? List.of() : floating, nodes.size() > 1);
    }

    void remove(UUID uid) throws IOException {
        pins.release(uid);
        if (!has(uid)) return;
        Files.walkFileTree(folder(uid), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path folder, @org.jspecify.annotations.Nullable IOException trouble) throws IOException {
                if (trouble != null) throw trouble;
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private GuestFiles files(Guest guest, Map<Role, Path> fetched) {
        var folder = folder(guest.uid());
        return new GuestFiles(
                Optional.ofNullable(fetched.get(Role.KERNEL)),
                Optional.ofNullable(fetched.get(Role.INITRD)),
                Optional.ofNullable(fetched.get(Role.DISK)),
                guest.claim().diskGiB() > 0 || fetched.containsKey(Role.DISK)
                        ? Optional.of(folder.resolve("disk.qcow2"))
                        : Optional.empty(),
                Optional.ofNullable(fetched.get(Role.CDROM)),
                folder.resolve("seed.iso"),
                consoleSocket(guest.uid()),
                consoleLog(guest.uid()));
    }

    private static Artifact.Format baseFormat(Guest guest) {
        List<Artifact> artifacts = guest.machine().artifacts();
        return artifacts.stream()
                .filter(artifact -> artifact.role() == Role.DISK)
                .findFirst()
                .orElseThrow()
                .format();
    }

    private Path folder(UUID uid) {
        return guests.resolve(uid.toString());
    }
}
