package regie.rest;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * A request has the method that it begins with. Javalin would take another from a header, and whoever judges requests by their
 * first line on the way here, such as a proxy that lets only GET through, would judge wrongly.
 */
final class OneMethod implements HttpConfiguration.Customizer {
    private static final String OTHER = "X-HTTP-Method-Override";

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        if (!request.getHeaders().contains(OTHER)) return request;
        var headers = HttpFields.build(request.getHeaders()).remove(OTHER).asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }
}
