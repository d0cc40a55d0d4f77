package regie.kernel;

/**
 * Something that can be done to a resource by a word: a pure edit of its spec, so that it is planned, audited and worked on
 * as any other change is.
 *
 * @param name as in a URL and on the command line, such as {@code reboot}
 * @param about one sentence for the API's description and the CLI's help
 * @param input record that the caller fills in, read and checked as a spec is; {@link Nothing} where there is nothing to say
 */
public record Action<S extends Spec, T extends Status, I>(
        Kind<S, T> kind, String name, String about, Class<I> input, Edit<S, T, I> edit) {

    /** Gives the new spec; where the resource can't take it now, throws a refusal. */
    @FunctionalInterface
    public interface Edit<S extends Spec, T extends Status, I> {
        S apply(Declared<S, T> now, I input);
    }

    /** The input of an action that needs none. */
    public record Nothing() {}

    public Action {
        Check.that(name.matches("[a-z][a-z-]+"), "action name " + name);
    }
}
