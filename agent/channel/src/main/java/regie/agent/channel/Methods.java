package regie.agent.channel;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;

/** The methods of the channel, by hand: there is no code generator and no schema but the records. */
final class Methods {
    /** Grows when an end must know what the other can do; unknown fields and messages need no growth. From 2 on an agent knows of leases. */
    static final int PROTOCOL = 2;

    static final String SERVICE = "regie.Agent";

    /** The only method open to a caller without a certificate. */
    static final MethodDescriptor<JoinRequest, Issued> JOIN =
            method("Join", MethodType.UNARY, Wire.json(JoinRequest.class), Wire.json(Issued.class));

    static final MethodDescriptor<RenewRequest, Issued> RENEW =
            method("Renew", MethodType.UNARY, Wire.json(RenewRequest.class), Wire.json(Issued.class));

    /** One call for each host, for as long as the agent lives. */
    static final MethodDescriptor<FromHost, FromRoom> ATTEND =
            method("Attend", MethodType.BIDI_STREAMING, Wire.json(FromHost.class), Wire.json(FromRoom.class));

    static final MethodDescriptor<FetchRequest, byte[]> FETCH =
            method("Fetch", MethodType.SERVER_STREAMING, Wire.json(FetchRequest.class), Wire.BYTES);

    /** The first message of the host is the session's id, in ASCII; all else is the console's bytes. */
    static final MethodDescriptor<byte[], byte[]> CONSOLE =
            method("Console", MethodType.BIDI_STREAMING, Wire.BYTES, Wire.BYTES);

    private Methods() {}

    record RenewRequest(String requestPem) {}

    /** @param offset where to begin, in bytes: what came before is there already */
    record FetchRequest(String sha256, long offset) {}

    private static <Q, A> MethodDescriptor<Q, A> method(
            String name, MethodType type, Marshaller<Q> request, Marshaller<A> response) {
        return MethodDescriptor.newBuilder(request, response)
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .build();
    }
}
