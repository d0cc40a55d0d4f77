package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.contract.Artifact;
import regie.agent.contract.Artifact.Format;
import regie.agent.contract.Artifact.Role;
import regie.kernel.Actor;
import regie.kernel.Refused;
import regie.storage.Announced;
import regie.storage.ImageBytes;
import regie.storage.ImageCheck;
import regie.storage.StorageSettings;
import regie.testing.Database;

/** Images get their bytes, once, and instances that waited for them start. */
class ImagesTest {
    private static final String ESTATE = """
            kind: Site
            name: par1
            spec: {country: FR, city: Paris}
            ---
            kind: Server
            name: par1-h01
            spec: {site: par1, hypervisor: simulated, numa: [{threads: 4, memoryMiB: 4096}], disks: [{name: a, sizeGiB: 100}]}
            ---
            kind: Network
            name: par1-guests
            spec: {site: par1, cidr: 10.1.0.0/24, gateway: 10.1.0.1, range: {first: 10.1.0.10, last: 10.1.0.99}}
            ---
            kind: Flavor
            name: small
            spec: {vcpus: 1, memoryMiB: 512, diskGiB: 1}
            ---
            kind: Image
            name: micro
            spec: {boot: kernel, kernelArguments: quiet}
            ---
            kind: Image
            name: spare
            spec: {boot: kernel}
            ---
            kind: Image
            name: debian
            spec: {boot: disk}
            """;

    private static final String INSTANCE = """
            kind: Instance
            name: web
            spec: {flavor: small, image: %s}
            """;

    private static final byte[] KERNEL = file("7f454c46", 4000);
    private static final byte[] OTHER_KERNEL = file("7f454c46", 5000);
    private static final byte[] INITRD = file("28b52ffd", 3000);

    @TempDir
    private Path folder = Path.of("");

    private World world;
    private ImageBytes bytes;
    private Images images;

    @BeforeEach
    void open(@Database(World.Rooms.class) DataSource source) {
        world = new World(source, 1);
        world.apply(ESTATE);
        world.step();
        world.attend("par1-h01");
        bytes = ImageBytes.open(folder.resolve("images"), StorageSettings.DEFAULT);
        images = new Images(world.database, world.resources, bytes, new ImageCheck(StorageSettings.DEFAULT));
    }

    @Test
    void instanceThatWaitedStartsOnceAllIsThere() throws IOException {
        world.apply(INSTANCE.formatted("micro"));
        world.steps(3);
        assertThat(world.instance("web").status().holds().toString()).contains("image-empty");
        assertThat(give("micro", Role.KERNEL, KERNEL).state()).isEqualTo(ImageStatus.State.EMPTY);
        var status = give("micro", Role.INITRD, INITRD);
        assertThat(status.state()).isEqualTo(ImageStatus.State.READY);
        assertThat(status.artifacts()).extracting(Artifact::role).containsExactly(Role.KERNEL, Role.INITRD);
        world.steps(10);
        assertThat(world.instance("web").status().stage()).isEqualTo(InstanceStatus.Stage.RUNNING);
    }

    @Test
    void contentOfAReadyImageNeverChanges() throws IOException {
        give("micro", Role.KERNEL, OTHER_KERNEL);
        give("micro", Role.KERNEL, KERNEL); // nothing can have booted from it yet
        var ready = give("micro", Role.INITRD, INITRD);
        assertRefused("image-content-fixed", () -> give("micro", Role.KERNEL, OTHER_KERNEL));
        assertThat(give("micro", Role.KERNEL, KERNEL)).isEqualTo(ready);
        assertThat(image("micro")).isEqualTo(ready);
    }

    @Test
    void announcedContentIsRefusedBeforeItIsRead() throws IOException {
        give("micro", Role.KERNEL, KERNEL);
        give("micro", Role.INITRD, INITRD);
        var unread = new ByteArrayInputStream(OTHER_KERNEL);
        var announced = new Announced(OTHER_KERNEL.length, Optional.of("0".repeat(64)));
        assertRefused("image-content-fixed", () -> images.receive("micro", Role.KERNEL, unread, announced));
        assertThat(unread.available()).isEqualTo(OTHER_KERNEL.length);
    }

    @Test
    void refusesWhatTheImageHasNoUseForOrIsNotThere() throws IOException {
        assertRefused("image-role-unfit", () -> give("micro", Role.DISK, KERNEL));
        assertRefused("image-role-unfit", () -> give("debian", Role.KERNEL, KERNEL));
        assertRefused("image-format-unknown", () -> give("micro", Role.KERNEL, INITRD));
        assertRefused("not-found", () -> give("other", Role.KERNEL, KERNEL));
        assertThat(image("micro")).isEqualTo(ImageStatus.FRESH);
    }

    @Test
    void refusesAFileForAnImageThatWentMeanwhile() throws IOException {
        var announced = new Announced(KERNEL.length, Optional.empty());
        try (var file = images.receive("spare", Role.KERNEL, new ByteArrayInputStream(KERNEL), announced)) {
            delete("spare");
            assertRefused("not-found", () -> world.database.transact(Actor.ROOM, tx -> images.accept(tx, file)));
        }
    }

    @Test
    void twoImportsAtOnceBothCount() throws Exception {
        for (int round = 0; round < 5; round++) {
            var name = "twin-" + round;
            world.apply("{kind: Image, name: %s, spec: {boot: kernel}}".formatted(name));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<ImageStatus>> both =
                        List.of(() -> give(name, Role.KERNEL, KERNEL), () -> give(name, Role.INITRD, INITRD));
                for (var one : threads.invokeAll(both)) one.get();
            }
            assertThat(image(name).state()).as(name).isEqualTo(ImageStatus.State.READY);
        }
    }

    @Test
    void twoImportsOfDifferentContentAtOnceLeaveOne() throws Exception {
        give("micro", Role.INITRD, INITRD);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> both = List.of(() -> attempt(KERNEL), () -> attempt(OTHER_KERNEL));
            var outcomes = new java.util.ArrayList<String>();
            for (var one : threads.invokeAll(both)) outcomes.add(one.get());
            assertThat(outcomes).containsExactlyInAnyOrder("taken", "image-content-fixed");
        }
    }

    private String attempt(byte[] kernel) throws IOException {
        try {
            give("micro", Role.KERNEL, kernel);
            return "taken";
        } catch (Refused e) {
            return e.refusal().code();
        }
    }

    @Test
    void anotherBootNeedsItsOwnFiles() throws IOException {
        give("micro", Role.KERNEL, KERNEL);
        give("micro", Role.INITRD, INITRD);
        world.apply("{kind: Image, name: micro, spec: {boot: cdrom}}");
        world.apply(INSTANCE.formatted("micro"));
        world.steps(3);
        assertThat(world.instance("web").status().holds().toString()).contains("image-empty");
    }

    @Test
    void sweepsBytesWhenNeitherImageNorInstanceNeedsThem() throws IOException {
        var kernel = give("micro", Role.KERNEL, KERNEL)
                .artifact(Role.KERNEL)
                .orElseThrow()
                .sha256();
        give("micro", Role.INITRD, INITRD);
        var spare = give("spare", Role.KERNEL, OTHER_KERNEL)
                .artifact(Role.KERNEL)
                .orElseThrow()
                .sha256();
        give("spare", Role.INITRD, INITRD);
        world.apply(INSTANCE.formatted("micro"));
        world.steps(10);
        assertThat(images.sweep()).isZero();

        // The guest was made from micro and keeps its files until it is built anew from spare.
        world.apply(INSTANCE.formatted("spare"));
        delete("micro");
        assertThat(images.sweep()).isZero();
        assertThat(bytes.has(kernel)).isTrue();

        world.apply("{kind: Instance, name: web, spec: {flavor: small, image: spare, builds: 1}}");
        world.steps(10);
        assertThat(images.sweep())
                .as("the kernel of micro, but not the initrd, which spare has too")
                .isEqualTo(1);
        assertThat(bytes.has(kernel)).isFalse();
        assertThat(bytes.has(spare)).isTrue();
    }

    @Test
    void theDiskInsideAnImageDecidesWhichFlavorsFit() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/qemu-img")), "no qemu-img (package qemu-utils) on this machine");
        var file = folder.resolve("disk");
        var made = new ProcessBuilder("/usr/bin/qemu-img", "create", "-q", "-f", "qcow2", file.toString(), "1025M")
                .start();
        assertThat(made.waitFor()).isZero();
        var status = give("debian", Role.DISK, Files.readAllBytes(file));
        assertThat(status.diskGiB()).isEqualTo(2);
        assertThat(status.artifact(Role.DISK).orElseThrow().format()).isEqualTo(Format.QCOW2);
        world.apply(INSTANCE.formatted("debian"));
        world.steps(3);
        assertThat(world.instance("web").status().holds().toString()).contains("2 GiB of disk");
    }

    private ImageStatus give(String image, Role role, byte[] content) throws IOException {
        var announced = new Announced(content.length, Optional.empty());
        return images.importFile(Actor.ROOM, image, role, new ByteArrayInputStream(content), announced)
                .status();
    }

    private ImageStatus image(String name) {
        return world.database
                .read(tx -> world.resources.get(tx, Compute.IMAGE, Compute.IMAGE.key("", name)))
                .status();
    }

    private void delete(String image) {
        world.database.change(Actor.ROOM, tx -> {
            var uid = world.resources
                    .get(tx, Compute.IMAGE, Compute.IMAGE.key("", image))
                    .uid();
            world.resources.delete(tx, Compute.IMAGE, List.of(uid));
        });
    }

    private static byte[] file(String mark, int size) {
        var content = new byte[size];
        Arrays.fill(content, (byte) size);
        var head = java.util.HexFormat.of().parseHex(mark);
        System.arraycopy(head, 0, content, 0, head.length);
        return content;
    }

    private static void assertRefused(String code, Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.refusal().code()).isEqualTo(code));
    }
}
