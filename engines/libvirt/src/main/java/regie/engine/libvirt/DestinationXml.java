package regie.engine.libvirt;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites how libvirt describes a running guest into how it is to be on another host. Pure. */
final class DestinationXml {
    private static final Pattern TAG = Pattern.compile("<%s:guest [^>]*/>".formatted(GuestTag.PREFIX));

    private DestinationXml() {}

    /**
     * All that the guest can see stays as it is; only the files are elsewhere.
     *
     * @param live as libvirt has it now
     * @param own the guest's files here, by what they are
     * @param theirs the same files there
     */
    static String write(String live, Map<String, String> own, Map<String, String> theirs, String tag)
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

    private static String escaped(String path) {
        return path.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
    }
}
