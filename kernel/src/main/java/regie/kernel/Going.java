package regie.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * That a field of a spec or status will go: its schema says {@code deprecated}, and {@code x-sunset} from when on. Only what a release
 * described so may be gone from a later one.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Going {
    /** The day from which it may be gone, such as {@code 2027-11-20}. */
    String sunset();
}
