package regie.lab.clients;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** What is done to connections, rather than said on them: floods, bodies without an end, callers who fall asleep. */
final class Attacks {
    private static final int PATIENCE_MILLIS = 100_000;
    private static final int HUGE = 100 << 20;
    private static final int PIECE = 64 << 10;
    private static final int SLEEPERS = 64;
    private static final int SLOW_BYTES = 20;
    private static final int SLOW_MILLIS = 100;

    private final InetSocketAddress room;
    private final String signed;
    private final RandomGenerator chance;
    private final boolean patient;

    Attacks(InetSocketAddress room, String token, long seed, boolean patient) {
        this.room = room;
        this.signed = "Host: room\r\nAuthorization: Bearer %s\r\n".formatted(token);
        this.chance = new SplittableRandom(seed);
        this.patient = patient;
    }

    @FunctionalInterface
    interface Attack {
        /** @return what is wrong with how it was taken */
        Optional<String> run();
    }

    @FunctionalInterface
    private interface Aim {
        void at(Wire wire) throws IOException;
    }

    List<Attack> all() {
        var all = new ArrayList<Attack>();
        for (var head : heads()) all.add(attack("head " + shortened(head), wire -> wire.send(head)));
        all.add(attack("100 MB, announced", wire -> huge(wire, "Content-Length: %d\r\n\r\n".formatted(HUGE), false)));
        all.add(attack("100 MB, in chunks", wire -> huge(wire, "Transfer-Encoding: chunked\r\n\r\n", true)));
        all.add(attack("random bytes", wire -> {
            var bytes = new byte[PIECE];
            chance.nextBytes(bytes);
            wire.send(bytes);
            wire.socket().shutdownOutput();
        }));
        all.add(attack("a body that ends too early", wire -> {
            wire.send("PUT /v1/projects/half HTTP/1.1\r\n" + signed + "Content-Length: 1000\r\n\r\n{\"spec\":");
            wire.socket().shutdownOutput();
        }));
        all.add(attack("chunks that end too early", wire -> {
            wire.send("PUT /v1/projects/half HTTP/1.1\r\n" + signed
                    + "Transfer-Encoding: chunked\r\n\r\n8\r\n{\"spec\":\r\n");
            wire.socket().shutdownOutput();
        }));
        all.add(this::sleepers);
        return all;
    }

    private List<String> heads() {
        var put = "PUT /v1/projects/head HTTP/1.1\r\n" + signed;
        var get = "GET /v1/projects HTTP/1.1\r\n" + signed;
        return List.of(
                get + "X: " + "a".repeat(1 << 20) + "\r\n\r\n",
                get + "X: a\r\n".repeat(100_000) + "\r\n",
                get + "Y: %s\r\n".formatted("b".repeat(7_000)).repeat(200) + "\r\n",
                "GET /v1/" + "a".repeat(1 << 20) + " HTTP/1.1\r\n" + signed + "\r\n",
                "GET /v1/projects?" + "label=a%3Db&".repeat(50_000) + " HTTP/1.1\r\n" + signed + "\r\n",
                "GET /v1/projects HTTP/9.9\r\n" + signed + "\r\n",
                "GET /v1/projects HTTP/2.0\r\n" + signed + "\r\n",
                "GET /v1/projects\r\n\r\n",
                "GET /v1/../../etc/passwd HTTP/1.1\r\n" + signed + "\r\n",
                "GET /v1/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + signed + "\r\n",
                "GET //v1//projects HTTP/1.1\r\n" + signed + "\r\n",
                "GET http://elsewhere.example/v1/nothing HTTP/1.1\r\n" + signed + "\r\n",
                "CONNECT elsewhere.example:443 HTTP/1.1\r\n" + signed + "\r\n",
                "OPTIONS * HTTP/1.1\r\n" + signed + "\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /v1/%zz HTTP/1.1\r\n" + signed + "\r\n",
                "GET /v1/projects/\u0000 HTTP/1.1\r\n" + signed + "\r\n",
                "GET /v1/projects/\u00ff\u00fe HTTP/1.1\r\n" + signed + "\r\n",
                "GET /v1/projects HTTP/1.1\r\n\r\n",
                get + "Host: another\r\n\r\n",
                get + "no colon here\r\n\r\n",
                get + " folded: yes\r\n\r\n",
                get + "X\u0000: a\r\n\r\n",
                get + "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: zz\r\nX: "
                        + "a".repeat(20_000) + "\r\n\r\n",
                put + "Content-Length: -1\r\n\r\n{\"spec\":{}}",
                put + "Content-Length: 99999999999999999999\r\n\r\n{\"spec\":{}}",
                put + "Content-Length: 11\r\nContent-Length: 12\r\n\r\n{\"spec\":{}}",
                put + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                put + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{\"spec\":{}}\r\n0\r\n\r\n",
                put + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{\"spec\":{}}\r\n0\r\n\r\n",
                put + "Transfer-Encoding: chunked\r\n\r\n-1\r\n{\"spec\":{}}\r\n0\r\n\r\n",
                put + "Transfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                put + "Transfer-Encoding: nonsense\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                put + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
                put + "Expect: nonsense\r\nContent-Length: 3\r\n\r\nabc");
    }

    private Attack attack(String name, Aim aim) {
        return () -> {
            try (var wire = new Wire(room, PATIENCE_MILLIS)) {
                try {
                    aim.at(wire);
                } catch (IOException e) {
                    // closed while it was still being sent: whether an answer came before that is seen now
                }
                return judged(name, wire);
            } catch (IOException e) {
                return Optional.of(name + ": the room can't be reached: " + e.getMessage());
            }
        };
    }

    private static Optional<String> judged(String name, Wire wire) {
        try {
            var shot = new Shot(new byte[0], Shot.Expected.REFUSED, false);
            return Judge.of(shot, wire.answer(false)).map(wrong -> name + ": " + wrong);
        } catch (java.net.SocketTimeoutException e) {
            return Optional.of("%s: neither an answer nor an end in %d s".formatted(name, PATIENCE_MILLIS / 1_000));
        } catch (IOException e) {
            return Optional.empty(); // closed
        }
    }

    private void huge(Wire wire, String length, boolean chunked) throws IOException {
        wire.send("PUT /v1/projects/huge HTTP/1.1\r\n" + signed + length);
        var piece = "x".repeat(PIECE).getBytes(StandardCharsets.US_ASCII);
        for (int sent = 0; sent < HUGE; sent += PIECE) {
            if (chunked) wire.send(Integer.toHexString(PIECE) + "\r\n");
            wire.send(piece);
            if (chunked) wire.send("\r\n");
        }
        if (chunked) wire.send("0\r\n\r\n");
    }

    /** Many who send byte by byte, or nothing more at all: whoever is awake is served meanwhile. */
    private Optional<String> sleepers() {
        var sleeping = new ArrayList<Wire>();
        try {
            for (int number = 0; number < SLEEPERS; number++) {
                var wire = new Wire(room, PATIENCE_MILLIS);
                sleeping.add(wire);
                wire.send("PUT /v1/projects/slow-%d HTTP/1.1\r\n%sContent-Length: 1000\r\n".formatted(number, signed));
                if (number % 2 == 0) wire.send("\r\n{\"spec\": ");
            }
            for (int sent = 0; sent < SLOW_BYTES; sent++) {
                for (int number = 0; number < SLEEPERS; number += 2)
                    sleeping.get(number).send(" ");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SLOW_MILLIS));
            }
            try (var awake = new Wire(room, PATIENCE_MILLIS)) {
                awake.send("GET /v1/whoami HTTP/1.1\r\n" + signed + "\r\n");
                if (awake.answer(false).status() != 200) return Optional.of("nobody is served while others sleep");
            }
            return patient ? ended(sleeping) : Optional.empty();
        } catch (IOException e) {
            return Optional.of("sleepers: " + e);
        } finally {
            sleeping.forEach(Attacks::close);
        }
    }

    private static Optional<String> ended(List<Wire> sleeping) {
        for (var wire : sleeping) {
            var wrong = judged("one that fell asleep", wire);
            if (wrong.isPresent()) return wrong;
        }
        return Optional.empty();
    }

    private static void close(Wire wire) {
        try {
            wire.close();
        } catch (IOException e) {
            // it is closed either way
        }
    }

    private static String shortened(String head) {
        var text = head.replaceAll("Authorization: [^\r]*\r\n", "").replaceAll("[\\s\\p{Cntrl}]+", " ");
        return text.length() > 200 ? text.substring(0, 120) + "…" + text.substring(text.length() - 60) : text;
    }
}
