/**
 * What this machine can do, and what to do about the rest. It only looks: what it tries, it tries in namespaces that vanish.
 * Needs nothing but a JDK, so that it can speak where the build can't.
 */
@NullMarked
package regie.doctor;

import org.jspecify.annotations.NullMarked;
