package regie.packing;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A problem by chance, with every kind of constraint, and a feasible assignment to begin with. */
@SuppressWarnings("ArrayRecordComponent") // compared never
record ReassignProblem(String model, int[] start) {
    static ReassignProblem random(long seed, int machines, int processes) {
        var random = new Random(seed);
        while (true) {
            var problem = attempt(random, machines, processes);
            if (new PublishedScore(problem.model())
                    .cost(problem.start(), problem.start())
                    .isPresent()) return problem;
        }
    }

    private static ReassignProblem attempt(Random random, int machines, int processes) {
        int resources = 2 + random.nextInt(2);
        int services = Math.max(1, processes * 2 / 3);
        var text = new StringBuilder(resources + "\n");
        for (int r = 0; r < resources; r++)
            text.append(r % 2).append(' ').append(random.nextInt(20)).append('\n');
        var start =
                IntStream.range(0, processes).map(_ -> random.nextInt(machines)).toArray();
        var need = new int[processes][resources];
        var used = new int[machines][resources];
        for (int p = 0; p < processes; p++) {
            for (int r = 0; r < resources; r++) {
                need[p][r] = random.nextInt(12);
                used[start[p]][r] += need[p][r];
            }
        }
        text.append(machines).append('\n');
        for (int m = 0; m < machines; m++) {
            text.append(random.nextInt(2)).append(' ').append(m % 3 % machines);
            for (int r = 0; r < resources; r++) text.append(' ').append(used[m][r] + random.nextInt(25));
            for (int r = 0; r < resources; r++) text.append(' ').append(random.nextInt(25));
            for (int to = 0; to < machines; to++) text.append(' ').append(to == m ? 0 : random.nextInt(5));
            text.append('\n');
        }
        text.append(services).append('\n');
        for (int s = 0; s < services; s++) {
            boolean depends = s > 0 && random.nextInt(4) == 0;
            text.append(random.nextInt(5) == 0 ? 2 : 1)
                    .append(depends ? " 1 " + random.nextInt(s) : " 0")
                    .append('\n');
        }
        text.append(processes).append('\n');
        for (int p = 0; p < processes; p++) {
            text.append(p < services ? p : random.nextInt(services)).append(' ');
            text.append(IntStream.of(need[p]).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
            text.append(' ').append(random.nextInt(6)).append('\n');
        }
        text.append("1\n0 1 ")
                .append(1 + random.nextInt(3))
                .append('\n')
                .append(random.nextInt(10))
                .append('\n');
        text.append("1 ").append(random.nextInt(20)).append(" 2\n");
        // A spread of two needs two processes; where there is one, nobody could keep it, so the attempt is given up.
        return new ReassignProblem(text.toString(), start);
    }
}
