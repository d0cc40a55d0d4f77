package regie.engine.ec2;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import regie.compute.Cloud;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryPolicy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * A cloud that speaks the Query API of EC2. Each request for a machine carries its token as {@code ClientToken}, so that the same request
 * made twice gives one machine, and as a tag, so that the machine is found again.
 */
public final class Ec2Cloud implements Cloud {
    static final String ROOM = "regie-room";
    static final String TOKEN = "regie-token";
    private static final int PAGE = 200;
    private static final int PAGES_MAX = 50;

    private final Ec2Client client;

    public Ec2Cloud(Ec2Settings settings) {
        var http = UrlConnectionHttpClient.builder()
                .connectionTimeout(settings.patience())
                .socketTimeout(settings.patience())
                .build();
        var builder = Ec2Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .httpClient(http)
                // The room asks again by itself, after it has looked at what became of it.
                .overrideConfiguration(
                        each -> each.retryPolicy(RetryPolicy.none()).apiCallTimeout(settings.patience()));
        settings.endpoint().ifPresent(builder::endpointOverride);
        client = builder.build();
    }

    private static AwsCredentialsProvider credentials(Ec2Settings settings) {
        if (settings.keyId().isEmpty()) return EnvironmentVariableCredentialsProvider.create();
        var id = settings.keyId().get();
        var secret = settings.secret().orElse("");
        AwsCredentials own = settings.sessionToken()
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(id, secret, token))
                .orElseGet(() -> AwsBasicCredentials.create(id, secret));
        return StaticCredentialsProvider.create(own);
    }

    @Override
    public Machine start(Request wanted) throws CloudFault {
        var tags = TagSpecification.builder()
                .resourceType(ResourceType.INSTANCE)
                .tags(
                        tag("Name", wanted.name()),
                        tag(ROOM, wanted.room().toString()),
                        tag(TOKEN, wanted.token().toString()))
                .build();
        var request = RunInstancesRequest.builder()
                .clientToken(wanted.token().toString())
                .minCount(1)
                .maxCount(1)
                .instanceType(wanted.flavor())
                .imageId(wanted.image())
                .tagSpecifications(tags);
        wanted.network().ifPresent(request::subnetId);
        wanted.userData()
                .map(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .ifPresent(request::userData);
        var started =
                asked("RunInstances", () -> client.runInstances(request.build()).instances());
        if (started.size() != 1)
            throw new CloudFault(
                    "RunInstances answered with %d machines where one was asked for".formatted(started.size()));
        return machine(started.getFirst(), wanted.token());
    }

    @Override
    public List<Machine> list(UUID room) throws CloudFault {
        var found = new ArrayList<Machine>();
        var seen = new HashSet<String>();
        var next = Optional.<String>empty();
        do {
            var request = DescribeInstancesRequest.builder()
                    .maxResults(PAGE)
                    .filters(Filter.builder()
                            .name("tag:" + ROOM)
                            .values(room.toString())
                            .build());
            next.ifPresent(request::nextToken);
            var page = asked("DescribeInstances", () -> client.describeInstances(request.build()));
            for (var reservation : page.reservations())
                for (var instance : reservation.instances()) found.add(machine(instance, token(instance, room)));
            next = Optional.ofNullable(page.nextToken()).filter(token -> !token.isEmpty());
            if (next.isPresent() && (!seen.add(next.get()) || seen.size() > PAGES_MAX))
                throw new CloudFault("DescribeInstances goes on without an end");
        } while (next.isPresent());
        return found;
    }

    @Override
    public void end(String id) throws CloudFault {
        try {
            client.terminateInstances(request -> request.instanceIds(id));
        } catch (AwsServiceException e) {
            if (!code(e).startsWith("InvalidInstanceID.NotFound")) throw fault("TerminateInstances", e);
        } catch (SdkException e) {
            throw fault("TerminateInstances", e);
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    /** Whatever does not belong to the room is never touched, be the cloud's filter as it may. */
    private static UUID token(Instance instance, UUID room) throws CloudFault {
        try {
            if (room.toString().equals(tag(instance, ROOM))) return UUID.fromString(tag(instance, TOKEN));
        } catch (IllegalArgumentException e) {
            throw new CloudFault("machine %s has no readable tag %s".formatted(instance.instanceId(), TOKEN));
        }
        throw new CloudFault(
                "DescribeInstances answered with %s, which is not this room's".formatted(instance.instanceId()));
    }

    private static String tag(Instance instance, String key) {
        return instance.tags().stream()
                .filter(tag -> key.equals(tag.key()))
                .map(Tag::value)
                .findFirst()
                .orElse("");
    }

    private static Machine machine(Instance instance, UUID token) throws CloudFault {
        var id = Optional.ofNullable(instance.instanceId()).filter(each -> !each.isBlank());
        if (id.isEmpty()) throw new CloudFault("it answered with a machine without an id");
        var name =
                instance.state() == null ? "" : String.valueOf(instance.state().nameAsString());
        var state = switch (name) {
            case "pending" -> State.PENDING;
            case "running" -> State.RUNNING;
            case "shutting-down", "stopping", "stopped" -> State.ENDING;
            case "terminated" -> State.ENDED;
            default -> throw new CloudFault("machine %s is said to be '%s'".formatted(id.get(), name));
        };
        var address = Optional.ofNullable(instance.publicIpAddress())
                .or(() -> Optional.ofNullable(instance.privateIpAddress()));
        return new Machine(id.get(), token, state, address);
    }

    private static <R> R asked(String what, Supplier<R> call) throws CloudFault {
        try {
            return call.get();
        } catch (SdkException e) {
            throw fault(what, e);
        }
    }

    private static String code(AwsServiceException e) {
        return e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
    }

    /** Its own words, as far as they name no secret: it never hears one, for requests are signed. */
    private static CloudFault fault(String what, SdkException e) {
        if (e instanceof AwsServiceException answer
                && !code(answer).isEmpty()
                && !code(answer).equals("null"))
            return new CloudFault("%s was refused: %s, %s"
                    .formatted(what, code(answer), answer.awsErrorDetails().errorMessage()));
        // The JDK's client keeps back what came with a 401, so that EC2's AuthFailure is known by its status alone.
        if (e instanceof AwsServiceException answer && answer.statusCode() == 401)
            return new CloudFault("%s was refused: the cloud does not accept these credentials".formatted(what));
        if (e instanceof AwsServiceException answer)
            return new CloudFault("%s got status %d and nothing that can be read".formatted(what, answer.statusCode()));
        return new CloudFault("%s got no answer that can be used: %s".formatted(what, e.getMessage()));
    }

    @Override
    public void close() {
        client.close();
    }
}
