package regie.cli;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Of a room, such as {@code http://127.0.0.1:7070}; without a slash at its end. */
record Address(String url) {
    static final String OWN_MACHINE = "http://127.0.0.1:7070";

    static Address of(String text) {
        var url = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw wrong(text, "that is no URL");
        }
        boolean plain = "http".equals(uri.getScheme());
        if (!plain && !"https".equals(uri.getScheme())) throw wrong(text, "it has to begin with https:// or http://");
        var host = Optional.ofNullable(uri.getHost()).orElseThrow(() -> wrong(text, "it names no host"));
        if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null)
            throw wrong(text, "only scheme, host, port and path may stand there");
        if (plain && !isLoopback(host))
            throw wrong(text, "http:// would show your token to everybody on the way; use https://");
        return new Address(url);
    }

    URI at(String path) {
        return URI.create(url + path);
    }

    URI webSocket(String path) {
        return URI.create(url.replaceFirst("^http", "ws") + path);
    }

    /** One part of a path or query, with everything that is not plain percent-encoded. */
    static String part(String text) {
        var encoded = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (octet & 0xff);
            boolean plain = (letter >= 'a' && letter <= 'z')
                    || (letter >= 'A' && letter <= 'Z')
                    || (letter >= '0' && letter <= '9')
                    || "-._~".indexOf(letter) >= 0;
            if (plain) encoded.append(letter);
            else encoded.append('%').append(hex(letter >> 4)).append(hex(letter & 15));
        }
        return encoded.toString();
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static Failure wrong(String text, String why) {
        return Failure.usage("\"%s\" is no address of a room: %s.".formatted(Ink.plain(text), why));
    }
}
