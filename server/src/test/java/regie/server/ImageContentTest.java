package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** Images get their bytes over HTTP. */
class ImageContentTest {
    private static final byte[] KERNEL = bytes("\u007fELF and so on");
    private static final byte[] OTHER_KERNEL = bytes("\u007fELF and so forth");
    private static final byte[] INITRD = bytes("070701 and so on");
    private static final String KERNEL_PATH = "/v1/images/micro/content/kernel";
    private static final String INITRD_PATH = "/v1/images/micro/content/initrd";

    private TestRoom room;

    @BeforeEach
    void open(@Database TestDatabase database) throws IOException {
        room = new TestRoom(database);
        room.operator.put("/v1/images/micro", "{\"spec\":{\"boot\":\"kernel\"}}");
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void anImageWithAllItsFilesIsReadyAndTheTrailSaysWhoDidIt() throws Exception {
        var sha256 = HexFormat.of().formatHex(digest(KERNEL));
        var first = put(room.operator, KERNEL_PATH, KERNEL, Map.of("X-Regie-Sha256", sha256));
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().at("/status/state").stringValue()).isEqualTo("empty");
        var second = put(
                room.operator,
                INITRD_PATH,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(INITRD)),
                Map.of("X-Regie-Size", Integer.toString(INITRD.length)));
        assertThat(second.json().at("/status/state").stringValue()).isEqualTo("ready");
        assertThat(room.operator
                        .get("/v1/images/micro")
                        .json()
                        .at("/status/artifacts/0/sha256")
                        .stringValue())
                .isEqualTo(sha256);
        assertThat(Files.size(room.folder().resolve("images/kept").resolve(sha256)))
                .isEqualTo(KERNEL.length);
        var audit = room.operator.get("/v1/audit?kind=Image").json().path("items");
        assertThat(audit.size()).isEqualTo(3);
        assertThat(audit.at("/0/verb").stringValue()).isEqualTo("import");
    }

    @Test
    void readyContentStays() throws Exception {
        put(room.operator, KERNEL_PATH, KERNEL, Map.of());
        put(room.operator, INITRD_PATH, INITRD, Map.of());
        assertRefused(409, "image-content-fixed", put(room.operator, KERNEL_PATH, OTHER_KERNEL, Map.of()));
        assertThat(put(room.operator, KERNEL_PATH, KERNEL, Map.of()).status()).isEqualTo(200);
    }

    @Test
    void onlyOperatorsMay() throws Exception {
        assertRefused(403, "forbidden", put(room.member("shop"), KERNEL_PATH, KERNEL, Map.of()));
        assertRefused(403, "forbidden", put(room.auditor(), KERNEL_PATH, KERNEL, Map.of()));
        assertRefused(401, "not-signed-in", put(room.operator.as("x"), KERNEL_PATH, KERNEL, Map.of()));
        assertThat(room.folder().resolve("images/kept")).isEmptyDirectory();
    }

    @Test
    void refusesInTheWordsOfHttp() throws Exception {
        var operator = room.operator;
        assertRefused(404, "not-found", put(operator, "/v1/images/other/content/kernel", KERNEL, Map.of()));
        assertRefused(400, "bad-parameter", put(operator, "/v1/images/micro/content/floppy", KERNEL, Map.of()));
        assertRefused(422, "image-role-unfit", put(operator, "/v1/images/micro/content/disk", KERNEL, Map.of()));
        assertRefused(422, "image-format-unknown", put(operator, KERNEL_PATH, INITRD, Map.of()));
        assertRefused(
                422,
                "image-checksum-differs",
                put(operator, KERNEL_PATH, KERNEL, Map.of("X-Regie-Sha256", "0".repeat(64))));
        assertRefused(400, "bad-announcement", put(operator, KERNEL_PATH, KERNEL, Map.of("X-Regie-Sha256", "1234")));
        assertRefused(
                415, "wrong-media-type", put(operator, KERNEL_PATH, KERNEL, Map.of("Content-Type", "text/plain")));
        assertRefused(400, "bad-parameter", put(operator, KERNEL_PATH, KERNEL, Map.of("X-Regie-Size", "1")));
        var chunks = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(KERNEL));
        assertRefused(411, "length-missing", put(operator, KERNEL_PATH, chunks, Map.of()));
        assertRefused(
                413, "image-too-large", put(operator, KERNEL_PATH, chunks, Map.of("X-Regie-Size", "99000000000")));
        assertRefused(422, "image-size-differs", put(operator, KERNEL_PATH, chunks, Map.of("X-Regie-Size", "5")));
        assertRefused(422, "image-size-differs", put(operator, KERNEL_PATH, chunks, Map.of("X-Regie-Size", "5000")));
    }

    private static void assertRefused(int status, String code, Asking.Answer answer) {
        assertThat(answer.code()).as(answer.body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    private static Asking.Answer put(Asking asking, String path, byte[] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return put(asking, path, BodyPublishers.ofByteArray(body), headers);
    }

    private static Asking.Answer put(Asking asking, String path, BodyPublisher body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(asking.url() + path))
                .header("Authorization", "Bearer " + asking.token())
                .PUT(body);
        headers.forEach(request::setHeader);
        return new Asking.Answer(asking.http().send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] digest(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
