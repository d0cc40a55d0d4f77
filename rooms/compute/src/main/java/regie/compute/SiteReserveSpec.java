package regie.compute;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import regie.kernel.About;
import regie.kernel.BadField;
import regie.kernel.Spec;

/** Room for so many machines of a flavor, mostly the largest, that a site keeps free for what is urgent. */
public record SiteReserveSpec(
        @About("name of the site") String site,

        @About("name of the flavor whose machines always find room, such as the largest that is sold")
        String flavor,

        @About("how many of them") @Min(0) @Max(1_000) int count,

        @Size(max = 64)
        @About(
                value = "projects whose machines of this flavor may take the room where they find no other",
                otherwise = "[]")
        List<String> projects)
        implements Spec {

    public SiteReserveSpec {
        projects = List.copyOf(projects);
        BadField.unless(new HashSet<>(projects).size() == projects.size(), "projects", projects, "each project once");
    }

    @Override
    public List<Reference> references() {
        var references = new ArrayList<Reference>();
        references.add(new Reference("site", "Site", site));
        references.add(new Reference("flavor", "Flavor", flavor));
        for (int at = 0; at < projects.size(); at++)
            references.add(new Reference("projects." + at, "Project", projects.get(at)));
        return references;
    }
}
