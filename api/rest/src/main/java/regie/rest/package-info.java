/** REST v1 over HTTP: paths, JSON, YAML, server-sent events and problems (RFC 9457). */
@NullMarked
package regie.rest;

import org.jspecify.annotations.NullMarked;
