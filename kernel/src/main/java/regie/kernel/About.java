package regie.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a field of a spec or status means, with its unit: goes into the schema, the API's description and the CLI's help. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface About {
    String value();

    /** What stands there where the manifest leaves it out, as JSON; a field without one is required unless it is optional. */
    String otherwise() default "";
}
