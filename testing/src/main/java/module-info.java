/** What the tests of all modules share: a real PostgreSQL, with a fresh database for who asks. Never part of the product. */
module regie.testing {
    requires static org.jspecify;
    requires regie.engine.postgres;
    requires com.zaxxer.hikari;
    requires transitive java.sql;
    requires transitive org.junit.jupiter.api;

    exports regie.testing;
}
