import static java.lang.classfile.ClassFile.JAVA_8_VERSION;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Gives classes of a jar that were compiled for a Java older than 6 the stack maps that newer ones have. The JVM's ahead-of-time cache
 * takes no others, nor any class that is made of them; their verification at each start took longer than all the rest.
 */
class NewerClasses {
    private static final int JAVA_6 = 50;

    public static void main(String[] jars) throws IOException {
        for (var jar : jars) renew(Path.of(jar));
    }

    private static void renew(Path jar) throws IOException {
        var work = Files.copy(jar, Path.of(jar + ".part"), StandardCopyOption.REPLACE_EXISTING);
        boolean changed = false;
        try (var files = FileSystems.newFileSystem(work)) {
            var types = ClassHierarchyResolver.ofResourceParsing(type -> stream(files.getPath("/"), type))
                    .orElse(ClassHierarchyResolver.defaultResolver());
            var classFile = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(types));
            try (var all = Files.walk(files.getPath("/"))) {
                for (var each : all.filter(file -> file.toString().endsWith(".class")).toList()) {
                    var model = classFile.parse(Files.readAllBytes(each));
                    if (model.majorVersion() >= JAVA_6) continue;
                    Files.write(each, newer(classFile, model));
                    changed = true;
                }
            }
        }
        if (changed) Files.move(work, jar, StandardCopyOption.REPLACE_EXISTING);
        else Files.delete(work);
    }

    /** Of one of the jar's own types; null where it has none of that name, as the resolver wants it. */
    private static InputStream stream(Path root, ClassDesc type) {
        var text = type.descriptorString();
        var file = root.resolve(text.substring(1, text.length() - 1) + ".class");
        try {
            return Files.exists(file) ? Files.newInputStream(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] newer(ClassFile classFile, ClassModel model) {
        return classFile.transformClass(
                model, ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL).andThen((builder, element) -> {
                    if (element instanceof ClassFileVersion) builder.withVersion(JAVA_8_VERSION, 0);
                    else builder.with(element);
                }));
    }
}
