package regie.compute;

import java.util.List;

/**
 * Who may take a reserved place over.
 *
 * @param flavor of the machines that may
 * @param projects whose machines may
 */
record KeptFor(String flavor, List<String> projects) {
    KeptFor {
        projects = List.copyOf(projects);
    }
}
