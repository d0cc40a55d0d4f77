package regie.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import regie.identity.ProjectSpec;
import regie.identity.Projects;
import regie.identity.Secret;
import regie.identity.Tokens;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Database;
import regie.kernel.Draft;
import regie.kernel.Fault;
import regie.kernel.Resources;

/** What a room needs before anybody can do anything in it: an operator's token, and a project. */
final class FirstStart {
    static final String TOKEN_FILE = "operator.token";
    private static final String DEFAULT_PROJECT = "default";

    private FirstStart() {}

    /** @param anew make a new token even where there is an operator */
    static void run(Path folder, Database database, Resources resources, Tokens tokens, boolean anew) {
        boolean first = tokens.needsOperator();
        if (!first && !anew) return;
        if (first) makeProject(database, resources);
        tokens.makeFirst(secret -> write(folder.resolve(TOKEN_FILE), secret));
    }

    private static void makeProject(Database database, Resources resources) {
        database.change(Actor.ROOM, tx -> {
            var key = Projects.KIND.key("", DEFAULT_PROJECT);
            if (resources.find(tx, Projects.KIND, key).isPresent()) return;
            var spec = new ProjectSpec(
                    Optional.of("Where manifests go that name no project"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            resources.create(
                    tx,
                    Projects.KIND,
                    List.of(new Draft<>(Chance.SECURE.uuid(), key, Optional.empty(), Map.of(), spec)));
        });
    }

    /** Only its owner can read it, from its first byte on; and it is there whole or not at all. */
    private static void write(Path file, Secret secret) {
        try {
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var part = Files.createTempFile(file.getParent(), TOKEN_FILE, ".part", mode);
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap((secret.text() + "\n").getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Fault("can't write the operator's token: " + e, e);
        }
    }
}
