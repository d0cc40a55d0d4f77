package regie.compute;

import java.util.List;
import regie.estate.SinglePoint;
import regie.estate.SinglePoint.How;
import regie.kernel.About;

/** The single points of failure of an estate, from the large to the small. */
public record SinglePointsAnswer(
        @About("how many elements were looked at, each lost alone")
        int examined,

        @About("those whose loss alone hits something") List<Point> items) {

    public record Point(
            @About("what must not be lost, such as feed/par1-b")
            String element,

            @About("what its loss hits") List<Hit> hits,

            @About("the smallest changes that remove it, one for each sort of thing that is hit")
            List<String> changes) {
        static Point of(SinglePoint point) {
            var hits = point.hits().stream()
                    .map(hit -> new Hit(hit.kind(), hit.name(), hit.how()))
                    .toList();
            return new Point(point.element().toString(), hits, point.changes());
        }
    }

    public record Hit(
            @About("server, device, fleet, group, service or control room")
            String kind,

            @About("its name, with its project where it has one")
            String name,

            @About("what becomes of it") How how) {}
}
