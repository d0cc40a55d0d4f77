package regie.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A fresh database on a real PostgreSQL, for a parameter of type {@link TestDatabase} or {@code javax.sql.DataSource}.
 *
 * <p>A parameter of a constructor or of {@code @BeforeAll} gives one database to the whole class, and parameters of its
 * methods then mean the same one. Otherwise each test has its own, shared with its {@code @BeforeEach} and {@code
 * @AfterEach}. It is dropped when its class or test is over.
 *
 * <pre>{@code
 * @Test void keepsWhatItWasTold(@Database(KernelSchema.class) DataSource database) { … }
 * }</pre>
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DatabaseExtension.class)
public @interface Database {
    /** What the database holds at first; needs a constructor without parameters. It is run once per JVM, then cloned. */
    Class<? extends Schema> value() default Schema.Empty.class;
}
