package regie.kernel;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON schemas (draft 2020-12) out of the records themselves, with their ranges, defaults and {@link About} texts. */
public final class SpecSchema {
    private static final SchemaGenerator GENERATOR = generator();

    private SpecSchema() {}

    /** The schema of a record: closed, every component required but the optional ones and those with a default. */
    public static synchronized ObjectNode of(Type type) {
        return GENERATOR.generateSchema(type);
    }

    /** Puts the defaults of {@code schema} where {@code value} has nothing. */
    static void fill(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object && schema.get("properties") instanceof ObjectNode properties) {
            for (var property : properties.properties()) {
                var name = property.getKey();
                var otherwise = property.getValue().get("default");
                if (!object.has(name) && otherwise != null) object.set(name, otherwise.deepCopy());
                if (object.has(name)) fill(object.get(name), property.getValue());
            }
        }
        if (value.isArray() && schema.has("items")) {
            for (var item : value) fill(item, schema.get("items"));
        }
    }

    private static SchemaGenerator generator() {
        var builder = new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.FLATTENED_OPTIONALS,
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.INLINE_ALL_SCHEMAS,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                .without(Option.SCHEMA_VERSION_INDICATOR)
                .with(new JakartaValidationModule(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS));
        builder.forFields()
                .withRequiredCheck(SpecSchema::required)
                .withInstanceAttributeOverride((schema, field, _) -> {
                    otherwise(field).ifPresent(value -> schema.set("default", value));
                    Optional.ofNullable(field.getAnnotation(Going.class))
                            .ifPresent(going -> schema.put("deprecated", true).put("x-sunset", going.sunset()));
                    if (schema.has("pattern"))
                        schema.put("pattern", anchored(schema.get("pattern").asString()));
                })
                .withDescriptionResolver(field -> about(field).map(About::value).orElse(null));
        builder.forTypesInGeneral().withCustomDefinitionProvider((type, _) -> enumNames(type));
        return new SchemaGenerator(builder.build());
    }

    /** A {@code @Pattern} is of the whole text, a schema's pattern of any part of it. */
    private static String anchored(String pattern) {
        return "^(?:" + pattern + ")$";
    }

    /** As the record has it. */
    static String unanchored(String pattern) {
        return pattern.substring("^(?:".length(), pattern.length() - ")$".length());
    }

    private static boolean required(FieldScope field) {
        return !field.getDeclaredType().isInstanceOf(Optional.class)
                && otherwise(field).isEmpty();
    }

    private static Optional<JsonNode> otherwise(FieldScope field) {
        return about(field)
                .map(About::otherwise)
                .filter(json -> !json.isEmpty())
                .map(Json.MAPPER::readTree);
    }

    private static Optional<About> about(FieldScope field) {
        return Optional.ofNullable(field.getAnnotation(About.class));
    }

    private static @Nullable CustomDefinition enumNames(ResolvedType type) {
        if (!type.getErasedType().isEnum()) return null;
        var definition = Json.MAPPER.createObjectNode().put("type", "string");
        var names = definition.putArray("enum");
        for (var constant : type.getErasedType().getEnumConstants()) names.add(Json.name((Enum<?>) constant));
        return new CustomDefinition(definition, true);
    }
}
