package regie.engine.cpsat;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import regie.placement.Program;
import regie.placement.Solver.Answer;

/** A program in the words of CP-SAT. */
final class CpModelOf {
    /** What a program of this room may take; the solver gives up beyond it. */
    private static final int MEMORY_MIB_MAX = 1_024;
    /** Sums of whole hosts are weakly bounded without the strongest cuts. */
    private static final int LINEARIZATION = 2;

    private final CpModel model = new CpModel();
    private final IntVar[] variables;

    CpModelOf(Program program) {
        variables = program.variables().stream()
                .map(each -> model.newIntVar(each.least(), each.most(), ""))
                .toArray(IntVar[]::new);
        for (int at = 0; at < variables.length; at++)
            model.addHint(variables[at], program.variables().get(at).hint());
        for (var each : program.constraints()) model.addLinearConstraint(sum(each.terms()), each.least(), each.most());
        model.maximize(sum(program.objective()));
    }

    Answer solve(Duration limit, int workers) {
        var solver = new CpSolver();
        solver.getParameters()
                .setMaxTimeInSeconds(limit.toMillis() / 1e3)
                .setNumWorkers(workers)
                .setLinearizationLevel(LINEARIZATION)
                .setMaxMemoryInMb(MEMORY_MIB_MAX);
        var status = solver.solve(model);
        if (status != CpSolverStatus.OPTIMAL && status != CpSolverStatus.FEASIBLE) return new Answer.Nothing();
        var values = Arrays.stream(variables).map(solver::value).toList();
        return new Answer.Found(
                values, Math.round(solver.objectiveValue()), (long) Math.floor(solver.bestObjectiveBound() + 1e-6));
    }

    private LinearExpr sum(List<Program.Term> terms) {
        var of = new IntVar[terms.size()];
        var factors = new long[terms.size()];
        for (int at = 0; at < of.length; at++) {
            of[at] = variables[terms.get(at).variable()];
            factors[at] = terms.get(at).factor();
        }
        return LinearExpr.weightedSum(of, factors);
    }
}
