package regie.rest;

import java.util.Collection;
import java.util.Map;
import regie.kernel.Refusal;

/** What is wrong with a request before any room sees it. */
public sealed interface RestRefusal extends Refusal {
    /** HTTP has more words for this than the rooms do. */
    int status();

    record NoSuchPath(String path) implements RestRefusal {
        @Override
        public int status() {
            return 404;
        }

        @Override
        public Kind kind() {
            return Kind.NOT_FOUND;
        }

        @Override
        public String code() {
            return "no-such-path";
        }

        @Override
        public String detail() {
            return "There is nothing at %s. GET /v1/openapi.json lists every path, GET /v1/kinds every kind."
                    .formatted(path);
        }
    }

    record MethodNotAllowed(String method, String path, Collection<String> allowed) implements RestRefusal {
        @Override
        public int status() {
            return 405;
        }

        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }

        @Override
        public String code() {
            return "method-not-allowed";
        }

        @Override
        public String detail() {
            return "%s does not take %s; it takes %s.".formatted(path, method, String.join(", ", allowed));
        }
    }

    record BadParameter(String name, String detail) implements RestRefusal {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }

        @Override
        public String code() {
            return "bad-parameter";
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("parameter", name);
        }
    }

    record BodyTooLarge(long bytesMax) implements RestRefusal {
        @Override
        public int status() {
            return 413;
        }

        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }

        @Override
        public String code() {
            return "body-too-large";
        }

        @Override
        public String detail() {
            return "The body is larger than %d MiB. Split it.".formatted(bytesMax >> 20);
        }
    }

    record LengthMissing() implements RestRefusal {
        @Override
        public int status() {
            return 411;
        }

        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }

        @Override
        public String code() {
            return "length-missing";
        }

        @Override
        public String detail() {
            return "The size of the body is not said. Send Content-Length, or X-Regie-Size with a body in chunks.";
        }
    }

    record BodyUnreadable(String why) implements RestRefusal {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }

        @Override
        public String code() {
            return "body-unreadable";
        }

        @Override
        public String detail() {
            return "The body can't be read: %s.".formatted(why);
        }
    }

    record WrongMediaType(String given, Collection<String> taken) implements RestRefusal {
        @Override
        public int status() {
            return 415;
        }

        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }

        @Override
        public String code() {
            return "wrong-media-type";
        }

        @Override
        public String detail() {
            return "This path takes a body of %s, not of %s.".formatted(String.join(" or ", taken), given);
        }
    }

    record WatchTooOld(String position) implements RestRefusal {
        @Override
        public int status() {
            return 410;
        }

        @Override
        public Kind kind() {
            return Kind.GONE;
        }

        @Override
        public String code() {
            return "watch-too-old";
        }

        @Override
        public String detail() {
            return "The log no longer reaches back to %s. List anew, and watch from the position that the list gives."
                    .formatted(position);
        }
    }

    record TooManyWatchers(int most) implements RestRefusal {
        @Override
        public int status() {
            return 429;
        }

        @Override
        public Kind kind() {
            return Kind.TOO_MUCH;
        }

        @Override
        public String code() {
            return "too-many-watchers";
        }

        @Override
        public String detail() {
            return "%d clients are watching, which is the most there may be. Close one, or ask again later."
                    .formatted(most);
        }
    }

    record TooManyRequests(int perSecond, long waitSeconds) implements RestRefusal {
        @Override
        public int status() {
            return 429;
        }

        @Override
        public Kind kind() {
            return Kind.TOO_MUCH;
        }

        @Override
        public String code() {
            return "too-many-requests";
        }

        @Override
        public String detail() {
            return "This token asks more than %d times a second. Ask again in %d s, and less often."
                    .formatted(perSecond, waitSeconds);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("retryAfterSeconds", waitSeconds);
        }
    }

    record TooManyLargeBodies(int most) implements RestRefusal {
        @Override
        public int status() {
            return 429;
        }

        @Override
        public Kind kind() {
            return Kind.TOO_MUCH;
        }

        @Override
        public String code() {
            return "too-many-large-bodies";
        }

        @Override
        public String detail() {
            return "%d bodies of more than %d MiB are being worked on, which is the most there may be. Ask again in a moment."
                    .formatted(most, Body.LARGE >> 20);
        }
    }

    record Stopping() implements RestRefusal {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "stopping";
        }

        @Override
        public String detail() {
            return "The control room is going down; nothing was changed. Ask again in a moment.";
        }
    }
}
