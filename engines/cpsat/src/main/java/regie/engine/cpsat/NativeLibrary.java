package regie.engine.cpsat;

import com.google.ortools.sat.CpSolver;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Loads OR-Tools' native library, once. Its parts lie in one jar; they are unpacked side by side, where they find each other, and
 * deleted as soon as they are loaded, so that no death leaves them behind.
 */
final class NativeLibrary {
    private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());
    private static final String FOLDER = "ortools-linux-x86-64/";
    private static final String FIRST = "libjniortools.so";

    private boolean tried;
    private Optional<String> missing = Optional.empty();

    /** Why it can't be had on this machine, in words; empty once it is loaded. */
    synchronized Optional<String> missing() {
        if (tried) return missing;
        tried = true;
        try {
            load();
        } catch (IOException | LinkageError failed) {
            var why = "CP-SAT can't be loaded here: " + failed.getMessage();
            LOG.log(System.Logger.Level.WARNING, why);
            missing = Optional.of(why);
        }
        return missing;
    }

    /** Programs are started with leave for native calls; where they are not, the JVM says so itself. */
    @SuppressWarnings("restricted")
    private static void load() throws IOException {
        var found = CpSolver.class.getClassLoader().getResource(FOLDER + FIRST);
        if (found == null) throw new IOException("its jar for linux-x86-64 is not there");
        var folder = Files.createTempDirectory("regie-cpsat");
        try {
            unpack(found, folder);
            System.load(folder.resolve(FIRST).toString());
        } finally {
            delete(folder);
        }
    }

    private static void unpack(URL found, Path folder) throws IOException {
        if (!(found.openConnection() instanceof JarURLConnection connection))
            throw new IOException("it is in no jar: " + found);
        connection.setUseCaches(false);
        try (var jar = connection.getJarFile()) {
            for (var entry : jar.stream().toList()) {
                if (!entry.getName().startsWith(FOLDER) || entry.isDirectory()) continue;
                var part = folder.resolve(entry.getName().substring(FOLDER.length()))
                        .normalize();
                if (!folder.equals(part.getParent())) continue;
                try (var content = jar.getInputStream(entry)) {
                    Files.copy(content, part);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var parts = Files.list(folder)) {
            for (var part : parts.toList()) Files.delete(part);
        }
        Files.delete(folder);
    }
}
