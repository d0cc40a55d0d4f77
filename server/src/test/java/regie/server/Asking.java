package regie.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import regie.kernel.Json;
import tools.jackson.databind.JsonNode;

/** Asks a control room over HTTP, with one token. */
record Asking(HttpClient http, String url, String token) {
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            return Json.MAPPER.readTree(response.body());
        }

        /** Of a problem. */
        String code() {
            return json().path("code").asString("");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    static Asking of(String url, String token) {
        return new Asking(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(10))
                        .build(),
                url,
                token);
    }

    Asking as(String otherToken) {
        return new Asking(http, url, otherToken);
    }

    Answer get(String path) {
        return ask("GET", path, "", Map.of());
    }

    Answer get(String path, Map<String, String> headers) {
        return ask("GET", path, "", headers);
    }

    Answer put(String path, String json) {
        return ask("PUT", path, json, Map.of());
    }

    Answer patch(String path, String json) {
        return ask("PATCH", path, json, Map.of());
    }

    Answer post(String path, String json) {
        return ask("POST", path, json, Map.of());
    }

    Answer delete(String path) {
        return ask("DELETE", path, "", Map.of());
    }

    Answer yaml(String path, String yaml) {
        return ask("POST", path, yaml, Map.of("Content-Type", "application/yaml"));
    }

    Answer ask(String method, String path, String body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) request.setHeader("Authorization", "Bearer " + token);
        if (!body.isEmpty()) request.setHeader("Content-Type", "application/json");
        headers.forEach(request::setHeader);
        return new Answer(send(request.build()));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
