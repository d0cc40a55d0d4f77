package regie.tidy;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Words that may not stand in some files.
 *
 * @param where the files it holds for
 * @param comments whether it holds for the comments of Java files too
 */
record Forbidden(String name, Predicate<Source> where, boolean comments, Pattern pattern, String reason, String instead)
        implements Rule {

    static Forbidden inCode(String name, Predicate<Source> where, String pattern, String reason, String instead) {
        return new Forbidden(name, where, false, Pattern.compile(pattern), reason, instead);
    }

    static Forbidden anywhere(String name, String pattern, String reason, String instead) {
        return new Forbidden(name, _ -> true, true, Pattern.compile(pattern), reason, instead);
    }

    @Override
    public List<Finding> findings(Source source) {
        if (!where.test(source)) {
            return List.of();
        }
        boolean codeOnly = source.isJava() && !comments;
        return (codeOnly ? source.with(JavaText.withoutComments(source.text())) : source).find(pattern);
    }
}
