/** The command line: a program of its own that knows the room only through REST v1. */
module regie.cli {
    requires static org.jspecify;
    requires info.picocli;
    requires java.net.http;
    requires jdk.httpserver;
    requires tools.jackson.databind;

    opens regie.cli to
            info.picocli;
}
