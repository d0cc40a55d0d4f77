package regie.compute;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import regie.estate.Element;
import regie.estate.Estate;
import regie.estate.EstateGraph;
import regie.estate.SinglePoints;
import regie.identity.Caller;
import regie.identity.Register;
import regie.kernel.Resources;

/** Answers what the loss of any part of the estate would take along, and which parts must never be lost. Changes nothing. */
public final class WhatIf {
    private final Register register;
    private final Resources resources;
    private final Picture picture;

    public WhatIf(Register register, Resources resources, Picture picture) {
        this.register = register;
        this.resources = resources;
        this.picture = picture;
    }

    /**
     * What becomes of servers, machines, fleets, projects and services where all of {@code lost} is lost at once.
     *
     * @param lost such as {@code feed/par1-b}
     * @throws regie.kernel.Refused with {@link regie.estate.EstateRefusal}, or where the caller may not see the whole estate
     */
    public WhatIfAnswer lose(Caller caller, Collection<String> lost) {
        return register.survey(caller, tx -> {
            var graph = new EstateGraph(Estate.read(tx, resources));
            var loss = graph.lose(graph.named(lost));
            var standing = Standing.read(tx, resources, picture);
            return WhatIfPage.of(graph, loss, standing, Returning.after(loss, standing));
        });
    }

    /** All single points of failure, with what each hits and the smallest changes that remove it. */
    public SinglePointsAnswer singlePoints(Caller caller) {
        return register.survey(caller, tx -> {
            var graph = new EstateGraph(Estate.read(tx, resources));
            var standing = Standing.read(tx, resources, picture);
            var fleets = resources.list(tx, Compute.FLEET, regie.kernel.Selection.ALL);
            var points = SinglePoints.find(graph, StandIns.of(standing, fleets));
            return new SinglePointsAnswer(
                    graph.elements().size(),
                    points.stream().map(SinglePointsAnswer.Point::of).toList());
        });
    }

    /** The elements in words. */
    static List<String> words(Set<Element> elements) {
        return new TreeSet<>(elements).stream().map(Element::toString).toList();
    }
}
