/** What every room stands on; it knows no business noun. */
module regie.kernel {
    requires static transitive org.jspecify;
    requires static org.checkerframework.checker.qual;
    requires transitive java.sql;
    requires transitive tools.jackson.databind;
    requires transitive jakarta.validation;
    requires com.fasterxml.classmate;
    requires com.github.victools.jsonschema.generator;
    requires com.github.victools.jsonschema.module.jakarta.validation;
    requires com.networknt.schema;
    requires flyway.core;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires org.snakeyaml.engine;

    exports regie.kernel;
}
