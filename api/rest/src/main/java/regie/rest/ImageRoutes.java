package regie.rest;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import regie.agent.contract.Artifact.Role;
import regie.compute.Compute;
import regie.compute.ImageFile;
import regie.compute.Images;
import regie.identity.Desk;
import regie.kernel.Json;
import regie.storage.Announced;

/** The bytes of images, which come as they are. */
final class ImageRoutes {
    private final Desk desk;
    private final Images images;

    ImageRoutes(RestRooms rooms) {
        this.desk = rooms.desk();
        this.images = rooms.images();
    }

    List<Route> routes() {
        return List.of(Route.of(
                        "PUT",
                        "/v1/images/{name}/content/{role}",
                        "Gives an image one of its files: kernel, initrd, disk or cdrom, by what it boots from. Needs the size, as"
                                + " Content-Length or X-Regie-Size; X-Regie-Sha256 is compared with what comes."
                                + " An image that is ready takes no other content.",
                        Shape.IMAGE,
                        this::put)
                .taking(Shape.BYTES)
                .noTransaction());
    }

    private void put(Request request) throws IOException {
        var role = role(request);
        var key = Compute.IMAGE.key("", request.path("name"));
        desk.checkWrite(request.caller(), key); // before anything is read
        var announced = new Announced(request.announcedBytes(), request.header("X-Regie-Sha256"));
        try (var file = receive(request, key.name(), role, announced)) {
            var image = desk.record(request.caller(), "import", key, tx -> images.accept(tx, file));
            request.http().header("ETag", "\"" + image.generation() + "\"");
            request.json(200, ResourceView.of(image));
        }
    }

    private ImageFile receive(Request request, String image, Role role, Announced announced) {
        try {
            return images.receive(image, role, request.bytes(), announced);
        } catch (IOException e) {
            throw new RestRefusal.BodyUnreadable("it breaks off before its end").asException();
        }
    }

    private static Role role(Request request) {
        return Arrays.stream(Role.values())
                .filter(role -> Json.name(role).equals(request.path("role")))
                .findFirst()
                .orElseThrow(() ->
                        request.bad("role", "role is %s; expected one of %s".formatted(request.path("role"), names())));
    }

    private static String names() {
        return Arrays.stream(Role.values()).map(Json::name).collect(Collectors.joining(", "));
    }
}
