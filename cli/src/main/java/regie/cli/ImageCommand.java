package regie.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

@Command(
        name = "image",
        header = "Brings images into the room: what instances boot from.",
        synopsisSubcommandLabel = "VERB",
        description = {
            "",
            "  regie image import debian-12.qcow2",
            "  regie image import --name tiny --kernel vmlinuz --initrd initrd --kernel-arguments 'console=ttyS0 quiet'",
            "  regie image build debian-12 --import",
            ""
        })
final class ImageCommand implements Noun {
    private final Supplier<Session> session;

    ImageCommand(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> verbs() {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("import", new ImageImportCommand(session.get()));
        verbs.put("build", new ImageBuildCommand(session.get()));
        return verbs;
    }
}
