package regie.kernel;

import java.util.LinkedHashMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes resources as manifests: applying one to what it was written from changes nothing. */
public final class ManifestWriter {
    private static final int WIDTH = 120;

    private ManifestWriter() {}

    /** One document, with its opening {@code ---}. */
    public static String write(Declared<?, ?> declared) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kind", declared.key().kind());
        if (!declared.project().isEmpty()) fields.put("project", declared.project());
        fields.put("name", declared.name());
        if (!declared.labels().isEmpty()) fields.put("labels", new java.util.TreeMap<>(declared.labels()));
        fields.put("spec", Json.MAPPER.convertValue(declared.spec(), Object.class));
        return dump(fields);
    }

    /** Any other answer as a document of its own, with the words that JSON has for it. */
    public static String document(Object value) {
        return dump(Json.MAPPER.convertValue(value, Object.class));
    }

    private static String dump(Object value) {
        var settings = DumpSettings.builder()
                .setSchema(new CoreSchema())
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setExplicitStart(true)
                .setWidth(WIDTH)
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(value);
    }
}
