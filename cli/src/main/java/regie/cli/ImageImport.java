package regie.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Declares an image where it is not there yet, and brings its files in. What is there already is not sent again.
 *
 * @param boot kernel, disk or cdrom
 */
record ImageImport(Session session, String name, String boot, Optional<String> kernelArguments, List<ImageFile> files) {

    /** Prints what came of it. */
    void run() {
        var room = session.room();
        var image = room.find(path()).map(this::checked).orElseGet(() -> room.put(path(), declaration()));
        for (var file : files) {
            if (sha256(image, file).equals(file.sha256())) continue;
            image = session.progress()
                    .during("sending %s of image %s".formatted(file.role(), name), () -> send(room, file));
            if (!sha256(image, file).equals(file.sha256())) {
                throw new Failure(
                        ExitCode.FAULT,
                        "image-checksum-differs",
                        "The room has another sha256 for %s than the file %s.".formatted(file.role(), file.file()));
            }
        }
        print(image);
    }

    private JsonNode send(Room room, ImageFile file) {
        return room.upload(
                path() + "/content/" + file.role(),
                file.file(),
                Map.of("X-Regie-Sha256", file.sha256()),
                sent -> session.progress().detail("%d of %d MiB".formatted(sent >> 20, file.mebibytes())));
    }

    private void print(JsonNode image) {
        var out = session.terminal().out();
        out.println("image/%s: %s".formatted(name, Json.shown(image.at("/status/state"))));
        var columns = new Columns();
        for (var artifact : image.at("/status/artifacts")) {
            columns.row(
                    "  " + Json.text(artifact, "role"),
                    Json.text(artifact, "format"),
                    Json.text(artifact, "bytes"),
                    Json.text(artifact, "sha256"));
        }
        columns.lines().forEach(out::println);
    }

    private JsonNode checked(JsonNode image) {
        var declared = Json.shown(image.at("/spec/boot"));
        if (!declared.equals(boot)) throw other("boot", declared, boot);
        var arguments = Json.shown(image.at("/spec/kernelArguments"));
        if (kernelArguments.isPresent() && !arguments.equals(kernelArguments.get()))
            throw other("kernelArguments", arguments, kernelArguments.get());
        return image;
    }

    private Failure other(String field, String declared, String wanted) {
        return new Failure(
                ExitCode.CONFLICT,
                "image-content-fixed",
                "Image %s is declared with %s \"%s\", not \"%s\". Choose another name: --name NAME; or change it: regie edit image %s"
                        .formatted(name, field, declared, wanted, name));
    }

    private JsonNode declaration() {
        var body = Json.object();
        var spec = body.putObject("spec").put("boot", boot);
        kernelArguments.ifPresent(text -> spec.put("kernelArguments", text));
        return body;
    }

    private static String sha256(JsonNode image, ImageFile file) {
        for (var artifact : image.at("/status/artifacts")) {
            if (Json.text(artifact, "role").equals(file.role())) return Json.text(artifact, "sha256");
        }
        return "";
    }

    private String path() {
        return "/v1/images/" + Address.part(name);
    }
}
