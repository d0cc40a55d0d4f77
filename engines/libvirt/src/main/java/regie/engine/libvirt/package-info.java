/**
 * The engine for real hosts. libvirt itself keeps what has to survive: a guest is a persistent domain whose UUID is the
 * guest's uid, and whose metadata says what was wished of it. So guests outlive the agent and libvirtd, and a new agent
 * finds them again; domains without that metadata are somebody else's and are never touched.
 */
@NullMarked
package regie.engine.libvirt;

import org.jspecify.annotations.NullMarked;
