package regie.engine.libvirt;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites how libvirt describes a running guest into how it is to be on another host. Pure. */
final class DestinationXml {
    private static final Pattern TAG = Pattern.compile("<%s:guest [^>]*/>".formatted(GuestTag.PREFIX));

    private static final Pattern VCPU = Pattern.compile("<vcpu( [^>]*)?>\\d+</vcpu>");
    private static final Pattern BINDINGS = Pattern.compile("<(cputune|numatune)>.*?</\\1>", Pattern.DOTALL);
    private static final Pattern CELL = Pattern.compile("<cell [^>]*>");
    private static final Pattern OF_CELL = Pattern.compile("<memnode [^>]*/>");

    private DestinationXml() {}

    /**
     * All that the guest can see stays as it is; only the files are elsewhere, and the threads and nodes that it is bound to are the
     * other host's.
     *
     * @param live as libvirt has it now
     * @param own the guest's files here, by what they are
     * @param theirs what the host that awaits it has told
     */
    static String write(String live, Map<String, String> own, Ticket theirs) throws LibvirtError {
        return bound(placed(live, own, theirs.files(), theirs.tag()), theirs.place());
    }

    private static String placed(String live, Map<String, String> own, Map<String, String> theirs, String tag)
            throws LibvirtError {
        var xml = TAG.matcher(live).replaceFirst(Matcher.quoteReplacement(tag));
        for (var file : own.entrySet()) {
            var path = theirs.get(file.getKey());
            if (path == null) throw new LibvirtError("the other host has no %s for it".formatted(file.getKey()));
            xml = xml.replace("'%s'".formatted(escaped(file.getValue())), "'%s'".formatted(escaped(path)))
                    .replace(">%s<".formatted(escaped(file.getValue())), ">%s<".formatted(escaped(path)));
        }
        return xml;
    }

    /** How many nodes the guest sees can't change while it runs: where they are others than there, its memory is bound as a whole. */
    private static String bound(String xml, String place) {
        if (place.isEmpty()) return xml;
        boolean cells = CELL.matcher(xml).results().count()
                == OF_CELL.matcher(place).results().count();
        var fitting = cells ? place : OF_CELL.matcher(place).replaceAll("");
        var unbound = BINDINGS.matcher(xml).replaceAll("");
        return VCPU.matcher(unbound).replaceFirst(Matcher.quoteReplacement(fitting));
    }

    private static String escaped(String path) {
        return path.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
    }
}
