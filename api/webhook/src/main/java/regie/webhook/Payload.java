package regie.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import regie.delivery.Parcel;
import regie.kernel.Json;

/** The body of a delivery: the same bytes for the same change, however often it is sent. */
final class Payload {
    private Payload() {}

    static byte[] of(Parcel parcel) {
        var event = Json.MAPPER.createObjectNode();
        event.put("type", parcel.key().kind().toLowerCase(Locale.ROOT) + "." + Json.name(parcel.what()));
        event.put("timestamp", parcel.at().toString());
        event.put("position", parcel.position().toString());
        event.set("data", Json.tree(parcel.resource()));
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
