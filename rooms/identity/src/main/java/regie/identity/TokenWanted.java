package regie.identity;

import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.BadField;

/** What an operator says of a token to be made. */
public record TokenWanted(
        @About("Whose it is; stands in the log and in the audit trail.")
        @Pattern(regexp = "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?")
        String name,

        @About(
                "operator: everything; auditor: reads everything; member: works in one project; reporter: posts heartbeats"
                        + " and metrics in one project, and reads nothing.")
        Role role,

        @About("The project of a member or a reporter; nobody else has one.")
        Optional<String> project) {

    public TokenWanted {
        BadField.unless(
                project.isPresent() == role.ofProject(),
                "project",
                project.orElse("missing"),
                "a project for a member or a reporter, and none for anybody else");
    }
}
