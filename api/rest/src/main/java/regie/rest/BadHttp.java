package regie.rest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the HTTP machinery refuses before a request has a route: as a problem too, and without a word about the machinery. */
final class BadHttp extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        // That a version of HTTP is not spoken here is the caller's to mend, and no failure of ours.
        if (response.getStatus() == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505)
            response.setStatus(HttpStatus.BAD_REQUEST_400);
        answer(request, response, callback, 0);
        return true;
    }

    /** Reads the body to its end first, for the reason that {@link Body#discard} gives, and never waits in a thread for it. */
    private static void answer(Request request, Response response, Callback callback, long discarded) {
        long seen = discarded;
        for (var chunk = request.read(); !isEnd(chunk) && seen < Body.BYTES_MAX; chunk = request.read()) {
            if (chunk == null) {
                long soFar = seen;
                request.demand(() -> answer(request, response, callback, soFar));
                return;
            }
            seen += chunk.remaining();
            chunk.release();
        }
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE); // nobody knows where the next request would begin
        response.getHeaders().put(new HttpField(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE));
        response.write(true, body(response.getStatus()), callback);
    }

    private static boolean isEnd(Content.@org.jspecify.annotations.Nullable Chunk chunk) {
        if (chunk == null || !(chunk.isLast() || Content.Chunk.isFailure(chunk))) return false;
        chunk.release();
        return true;
    }

    private static ByteBuffer body(int status) {
        var problem = Problem.http(status, HttpStatus.getMessage(status));
        return ByteBuffer.wrap(problem.json().getBytes(StandardCharsets.UTF_8));
    }
}
