package regie.testing;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Resolves parameters annotated with {@link Database}; JUnit closes, and so drops, the databases with their context. */
public final class DatabaseExtension implements ParameterResolver {
    /** For JUnit. */
    public DatabaseExtension() {}

    private static final Namespace NAMESPACE = Namespace.create(DatabaseExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return parameter.isAnnotated(Database.class) && (type == TestDatabase.class || type == DataSource.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var schema = parameter.findAnnotation(Database.class).orElseThrow().value();
        // The store also finds what a context further out holds: so a class's database is its methods' too.
        var database =
                context.getStore(NAMESPACE).computeIfAbsent(schema, DatabaseExtension::create, TestDatabase.class);
        return parameter.getParameter().getType() == TestDatabase.class ? database : database.dataSource();
    }

    private static TestDatabase create(Class<? extends Schema> schema) {
        try {
            if (schema == Schema.Empty.class) return TestDatabases.create();
            var constructor = schema.getDeclaredConstructor();
            constructor.setAccessible(true);
            return TestDatabases.template(schema.getName(), constructor.newInstance())
                    .create();
        } catch (SQLException | ReflectiveOperationException e) {
            throw new ParameterResolutionException("No database with " + schema.getName(), e);
        }
    }
}
