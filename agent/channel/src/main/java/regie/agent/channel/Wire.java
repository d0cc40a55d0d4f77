package regie.agent.channel;

import static io.grpc.Status.INVALID_ARGUMENT;

import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON, one message each. Fields a reader does not know are passed over, so that either end may be the newer one. */
final class Wire {
    /** A host with a thousand guests reports about 200 KiB. */
    static final int TO_ROOM_BYTES_MAX = 1 << 20;

    /** A wish carries the cloud-init files of every guest, 64 KiB at most for each. */
    static final int TO_HOST_BYTES_MAX = 16 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Wire() {}

    static <M> Marshaller<M> json(Class<M> type) {
        return new Marshaller<>() {
            @Override
            public InputStream stream(M message) {
                return new ByteArrayInputStream(JSON.writerFor(type).writeValueAsBytes(message));
            }

            @Override
            public M parse(InputStream stream) {
                try {
                    return JSON.readValue(stream, type);
                } catch (JacksonException malformed) {
                    throw INVALID_ARGUMENT
                            .withDescription("not a " + type.getSimpleName())
                            .withCause(malformed)
                            .asRuntimeException();
                }
            }
        };
    }

    static final Marshaller<byte[]> BYTES = new Marshaller<>() {
        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    };
}
