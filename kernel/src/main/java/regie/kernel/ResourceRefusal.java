package regie.kernel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why the kernel says no to a declared resource, whatever its kind. */
public sealed interface ResourceRefusal extends Refusal {

    record NotFound(Key key) implements ResourceRefusal {
        @Override
        public Kind kind() {
            return Kind.NOT_FOUND;
        }

        @Override
        public String code() {
            return "not-found";
        }

        @Override
        public String detail() {
            return "There is no %s. List what there is with: regie get %s"
                    .formatted(key, key.kind().toLowerCase(java.util.Locale.ROOT));
        }
    }

    record AlreadyThere(Key key) implements ResourceRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "already-there";
        }

        @Override
        public String detail() {
            return "%s is there already. Change it instead, or choose another name.".formatted(key);
        }
    }

    record Stale(Key key, long read, long current) implements ResourceRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "stale";
        }

        @Override
        public String detail() {
            return "You changed generation %d of %s; it is now %d. Read it again.".formatted(read, key, current);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("read", read, "current", current);
        }
    }

    record Deleting(Key key) implements ResourceRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "deleting";
        }

        @Override
        public String detail() {
            return "%s is being deleted and can't be changed. Wait until it is gone.".formatted(key);
        }
    }

    /**
     * @param place where a manifest names it, if one does
     * @param field in the spec of {@code from}
     * @param hint what was probably meant, such as {@code "; did you mean par1?"}; or empty
     */
    record Missing(Optional<Place> place, Key from, String field, Key to, String hint) {
        private String sentence() {
            var where = place.map(at -> at + ": ").orElse("");
            return "%s%s: %s names %s, which does not exist%s".formatted(where, from, field, to, hint);
        }
    }

    record MissingReference(List<Missing> missing) implements ResourceRefusal {
        static final int SHOWN_MAX = 100;

        public MissingReference {
            missing = missing.stream().limit(SHOWN_MAX).toList();
        }

        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "missing-reference";
        }

        @Override
        public String detail() {
            return missing.stream().map(Missing::sentence).collect(Collectors.joining("\n"));
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("missing", missing);
        }
    }

    record StillNeeded(Key key, List<Key> by) implements ResourceRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "still-needed";
        }

        @Override
        public String detail() {
            return "%s is needed by %s. Delete or change those first.".formatted(key, by);
        }
    }

    /** @param hint what was probably meant, such as {@code "; did you mean stage?"} */
    record NoSuchField(String resourceKind, String field, String hint) implements ResourceRefusal {
        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }

        @Override
        public String code() {
            return "no-such-field";
        }

        @Override
        public String detail() {
            return "%s has no field %s that could be asked for%s".formatted(resourceKind, field, hint);
        }
    }

    record BadValue(String field, String value, String expected) implements ResourceRefusal {
        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }

        @Override
        public String code() {
            return "bad-value";
        }

        @Override
        public String detail() {
            return "%s is %s; expected %s".formatted(field, value, expected);
        }
    }

    /** @param held what others hold and want otherwise */
    record FieldConflict(Key key, List<ManagedFields.Held> held) implements ResourceRefusal {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String code() {
            return "field-conflict";
        }

        @Override
        public String detail() {
            return ("%s: %s; nothing was changed. Leave out what is theirs, apply the value that they want, or take it"
                            + " with force=true.")
                    .formatted(
                            key,
                            held.stream()
                                    .map(each -> "%s belongs to %s".formatted(each.field(), each.manager()))
                                    .collect(Collectors.joining(", ")));
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("held", held);
        }
    }
}
