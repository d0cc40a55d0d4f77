package regie.placement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An integer linear program: whole numbers within bounds, sums of them within bounds, and a weighted sum that is to be as large as
 * can be. Variables are numbered from 0 in the order in which they are added.
 */
public final class Program {
    /** From {@code least} to {@code most}; a solver may begin its search at {@code hint}. */
    public record Variable(long least, long most, long hint) {
        public Variable {
            Wrong.unless(least <= most, "most", most, "at least " + least);
        }
    }

    public record Term(int variable, long factor) {}

    /** The sum of the terms, each a variable times its factor, is from {@code least} to {@code most}. */
    public record Constraint(List<Term> terms, long least, long most) {
        public Constraint {
            terms = List.copyOf(terms);
        }
    }

    private final List<Variable> variables = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private final List<Term> objective = new ArrayList<>();

    /** @return its number */
    public int add(long most) {
        variables.add(new Variable(0, most, 0));
        return variables.size() - 1;
    }

    public void hint(int variable, long value) {
        var known = variables.get(variable);
        long within = Math.clamp(value, known.least(), known.most());
        variables.set(variable, new Variable(known.least(), known.most(), within));
    }

    public void require(List<Term> terms, long least, long most) {
        constraints.add(new Constraint(terms, least, most));
    }

    /** Adds to what is to be as large as can be. */
    public void reward(int variable, long weight) {
        objective.add(new Term(variable, weight));
    }

    public List<Variable> variables() {
        return Collections.unmodifiableList(variables);
    }

    public List<Constraint> constraints() {
        return Collections.unmodifiableList(constraints);
    }

    public List<Term> objective() {
        return Collections.unmodifiableList(objective);
    }
}
