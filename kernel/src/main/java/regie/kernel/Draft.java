package regie.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A resource to be declared. {@code owner} is the resource that makes it and takes it along when it is deleted. */
public record Draft<S extends Spec>(UUID uid, Key key, Optional<UUID> owner, Map<String, String> labels, S spec) {}
