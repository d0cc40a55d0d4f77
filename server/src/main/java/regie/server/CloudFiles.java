package regie.server;

import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import regie.compute.Cloud;
import regie.compute.Cloud.CloudFault;
import regie.engine.ec2.Ec2Cloud;
import regie.engine.ec2.Ec2Settings;
import regie.kernel.BadField;
import regie.kernel.Documents;
import regie.kernel.Refused;

/** Public clouds as operators set them up: a file for each, read each time and kept nowhere, for it may hold a secret. */
final class CloudFiles implements Cloud.Clouds {
    private static final String ENDING = ".yaml";
    private static final Duration WAIT = Duration.ofSeconds(15);
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path folder;

    CloudFiles(Path folder) {
        this.folder = folder;
    }

    enum Engine {
        EC2
    }

    /** @param accessKeyId without it, it and the secret come from the environment */
    record Content(
            Engine engine,
            @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,62}") String region,
            Optional<@Pattern(regexp = "^https?://[^/ ?#]+/?$") String> endpoint,
            Optional<String> accessKeyId,
            Optional<String> secretAccessKey,
            Optional<String> sessionToken) {
        Content {
            BadField.unless(
                    accessKeyId.isPresent() == secretAccessKey.isPresent(),
                    "secretAccessKey",
                    secretAccessKey.isPresent() ? "given" : "missing",
                    "both accessKeyId and secretAccessKey, or neither for those of the environment");
        }
    }

    @Override
    public List<String> names() {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public Cloud open(String name) throws CloudFault {
        if (!names().contains(name))
            throw new CloudFault(
                    "it is not set up: there is no file %s%s among the clouds of this room".formatted(name, ENDING));
        var content = read(folder.resolve(name + ENDING));
        return switch (content.engine()) {
            case EC2 ->
                new Ec2Cloud(new Ec2Settings(
                        content.region(),
                        content.endpoint().map(URI::create),
                        content.accessKeyId(),
                        content.secretAccessKey(),
                        content.sessionToken(),
                        WAIT));
        };
    }

    private static Content read(Path file) throws CloudFault {
        var name = file.getFileName().toString();
        try {
            var permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            if (permissions.stream().anyMatch(OTHERS::contains))
                throw new CloudFault("its file %s is open to others: chmod 600".formatted(name));
            return Documents.read(Content.class, name, Files.readString(file));
        } catch (Refused e) {
            // What is wrong is said without the line that it is in, which may be the secret's.
            throw new CloudFault(
                    "its file %s has to say engine: ec2, region, and accessKeyId with secretAccessKey or neither"
                            .formatted(name));
        } catch (IOException e) {
            throw new CloudFault(
                    "its file %s can't be read: %s".formatted(name, e.getClass().getSimpleName()));
        }
    }
}
