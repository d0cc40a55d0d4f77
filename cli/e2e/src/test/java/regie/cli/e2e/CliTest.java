package regie.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** Every word against a real room: what it prints, in which format, and how it ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CliTest {
    private static final String FLAVORS = """
            kind: Flavor
            name: %s
            labels: {tier: test}
            spec: {vcpus: 2, memoryMiB: 512}
            """;

    private final LiveRoom room;
    private final Path folder;
    private final Cli cli;

    CliTest(@Database TestDatabase database, @TempDir Path folder) throws IOException {
        this.folder = folder;
        this.room = LiveRoom.start(database, Files.createDirectory(folder.resolve("room")));
        this.cli = Cli.of(room, folder);
    }

    @BeforeAll
    void aRoomWithSomethingInIt() {
        cli.fed(FLAVORS.formatted("small"), "apply", "-f", "-", "--yes").expect(0);
    }

    @AfterAll
    void close() {
        room.close();
    }

    private Path manifest(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void planShowsTheDiffAndApplyTakesItsNumberOrRefuses() throws IOException {
        var file = manifest("plan.yaml", FLAVORS.formatted("planned")).toString();
        var plan = cli.run("plan", "-f", file).expect(0);
        assertThat(plan.out())
                .contains("+ create flavor/planned")
                .contains("+ spec.vcpus             2")
                .contains("1 to create.")
                .doesNotContain("\033");
        cli.run("get", "flavor", "planned").expect(3);
        var number = plan.out()
                .lines()
                .filter(line -> line.startsWith("number: "))
                .findFirst()
                .orElseThrow()
                .substring(8);
        cli.run("apply", "-f", file, "--number", number).expect(0);
        assertThat(cli.run("apply", "-f", file, "--number", number).expect(4).err())
                .contains("plan-stale");
        assertThat(cli.run("plan", "-f", file).expect(0).out()).isEqualTo("1 as declared already.\n");
    }

    @Test
    void aDryRunSaysAndChangesNothing() {
        assertThat(cli.fed(FLAVORS.formatted("dry"), "apply", "-f", "-", "--dry-run")
                        .expect(0)
                        .out())
                .contains("+ create flavor/dry");
        cli.run("get", "flavor", "dry").expect(3);
        cli.fed(FLAVORS.formatted("kept"), "apply", "-f", "-", "--yes").expect(0);
        assertThat(cli.run("delete", "flavor", "kept", "--dry-run").expect(0).out())
                .contains("- delete flavor/kept");
        cli.run("get", "flavor", "kept").expect(0);
    }

    @Test
    void withoutATerminalNothingIsAppliedUnasked() throws IOException {
        var file = manifest("asked.yaml", FLAVORS.formatted("asked")).toString();
        assertThat(cli.run("apply", "-f", file).expect(2).err())
                .contains("--yes")
                .contains("--number ");
        assertThat(cli.run("delete", "flavor", "small").expect(2).err()).contains("--yes");
        cli.run("get", "flavor", "asked").expect(3);
        cli.run("get", "flavor", "small").expect(0);
    }

    @Test
    void aBrokenManifestIsShownWithItsLine() throws IOException {
        manifest("broken.yaml", "kind: Flavor\nname: broken\nspec:\n  vcpus: -2\n  memoryMiB: 512\n");
        var ended = cli.run("apply", "-f", "broken.yaml", "--yes").expect(1);
        assertThat(ended.err())
                .startsWith("broken.yaml:4:")
                .contains("  4 |   vcpus: -2\n")
                .contains("^\n")
                .contains("manifest-malformed");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void listsComeInEveryFormat() {
        assertThat(cli.run("get", "flavors").expect(0).out())
                .matches("(?s)NAME +VCPUS +MEMORY MIB +DISK GIB +CPU +GPUS *\n.*small +2 +512 +0 +shared.*\n.*")
                .doesNotContain("\033");
        assertThat(cli.run("get", "Flavor", "-o", "wide").expect(0).out()).startsWith("NAME");
        assertThat(cli.run("get", "flavors", "-l", "tier=test", "-o", "name")
                        .expect(0)
                        .out())
                .contains("flavor/small\n");
        assertThat(cli.run("get", "flavors", "-l", "tier=other").expect(0))
                .isEqualTo(new Cli.Ended(0, "", "No flavors.\n"));
        assertThat(cli.run("get", "flavor", "small", "-o", "json").expect(0).out())
                .contains("\"kind\" : \"Flavor\"", "\"vcpus\" : 2");
        assertThat(cli.run("get", "flavors", "-o", "json").expect(0).out()).contains("\"items\" : [");
    }

    @Test
    void yamlAppliedAgainChangesNothing() {
        var yaml = cli.run("get", "flavors", "-o", "yaml").expect(0).out();
        assertThat(yaml).contains("name: small");
        var plan = cli.fed(yaml, "plan", "-f", "-").expect(0);
        assertThat(plan.out()).endsWith("as declared already.\n").doesNotContain("to change");
    }

    @Test
    void moreThanAPageIsListedWhole() {
        cli.fed(FLAVORS.formatted("many-[0001-1201]"), "apply", "-f", "-", "--yes")
                .expect(0);
        assertThat(cli.run("get", "flavors", "-o", "name")
                        .expect(0)
                        .out()
                        .lines()
                        .filter(line -> line.contains("many-")))
                .hasSize(1201)
                .doesNotHaveDuplicates();
        var yaml = cli.run("get", "flavors", "-o", "yaml").expect(0).out();
        assertThat(yaml.lines().filter(line -> line.startsWith("name: many-"))).hasSize(1201);
        var deleted = cli.fed(FLAVORS.formatted("many-[0001-1201]"), "delete", "-f", "-", "--yes", "--wait")
                .expect(0);
        assertThat(deleted.out())
                .contains("- delete flavor/many-0001 … many-1201 (1201)")
                .contains("1201 to delete.");
    }

    @Test
    void showAndExplainAreForReading() {
        assertThat(cli.run("show", "flavor", "small").expect(0).out())
                .startsWith("Flavor small\n")
                .contains("  labels      tier=test", "wanted (spec)", "  memoryMiB         512");
        assertThat(cli.run("explain", "flavor", "small").expect(0).out())
                .startsWith("flavor/small\n")
                .contains("Nothing waits.", "Last changes", "created  operator");
        assertThat(cli.run("explain", "fleet.template").expect(0).out())
                .startsWith("fleet.template  object\n")
                .contains("flavor  text  (required)");
        assertThat(cli.run("kinds", "instance").expect(0).out()).contains("reboot");
    }

    @Test
    void whatIsNotThereIsSaidWithAWayOut() {
        assertThat(cli.run("show", "flavor", "nothing").expect(3).err())
                .contains("regie get flavor")
                .contains("not-found");
        assertThat(cli.run("get", "ships").expect(2).err())
                .contains("It knows: ")
                .contains("flavor");
        assertThat(cli.run("explain", "fleet.hue").expect(3).err())
                .contains("There stand: antiAffinity, breaker, burst, count, health");
    }

    @Test
    void actionsEditTheSpecAndWhatIsNeededStays() {
        cli.fed("""
                {kind: Image, name: micro, spec: {boot: kernel}}
                ---
                {kind: Fleet, name: web, spec: {count: 1, template: {flavor: small, image: micro}}}
                """, "apply", "-f", "-", "--yes").expect(0);
        assertThat(cli.run("fleet", "scale", "web", "3").expect(0).out()).isEqualTo("default/fleet/web: scale\n");
        assertThat(cli.run("act", "fleet", "web", "scale", "-i", "count=2")
                        .expect(0)
                        .code())
                .isZero();
        assertThat(cli.run("get", "fleet", "web", "-o", "json").expect(0).out()).contains("\"count\" : 2");
        assertThat(cli.run("act", "fleet", "web", "scale", "-i", "count=9", "--dry-run")
                        .expect(0)
                        .out())
                .contains("\"count\" : 9");
        assertThat(cli.run("get", "fleet", "web", "-o", "json").expect(0).out()).contains("\"count\" : 2");
        assertThat(cli.run("act", "fleet", "web", "scale", "-i", "count=-2")
                        .expect(1)
                        .err())
                .contains("count");
        assertThat(cli.run("delete", "flavor", "small", "--yes").expect(4).err())
                .contains("still-needed");
    }

    @Test
    void editAppliesWhatTheEditorSaved() throws IOException {
        cli.fed(FLAVORS.formatted("edited"), "apply", "-f", "-", "--yes").expect(0);
        var editor = manifest("editor", "#!/usr/bin/env bash\nsed -i 's/vcpus: 2/vcpus: 3/' \"$1\"\n");
        Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
        var environment = new java.util.HashMap<>(cli.environment());
        environment.put("EDITOR", editor.toString());
        var editing = new Cli(folder, environment);
        assertThat(editing.run("edit", "flavor", "edited", "--yes").expect(0).out())
                .contains("~ spec.vcpus  2 → 3");
        assertThat(cli.run("get", "flavor", "edited", "-o", "json").out()).contains("\"vcpus\" : 3");
        assertThat(editing.run("edit", "flavor", "edited", "--yes").expect(0).err())
                .contains("changed nothing");
    }

    @Test
    void watchTellsWhatHappensFromWhereItIsTold() throws Exception {
        var watching = cli.start("watch", "flavors", "--from", "0-0", "-o", "json");
        try (var lines = new BufferedReader(new InputStreamReader(watching.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).contains("\"event\":\"created\"").contains("\"kind\":\"Flavor\"");
        } finally {
            watching.destroy();
            assertThat(watching.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aTokenIsShownOnceAndWorksUntilRevoked() throws IOException {
        var file = folder.resolve("auditor.token");
        var made = cli.run("token", "create", "lea", "--role", "auditor", "--out", file.toString())
                .expect(0);
        assertThat(made.out()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(cli.run("whoami", "--token-file", file.toString()).expect(0).out())
                .contains("auditor");
        cli.run("delete", "flavor", "small", "--yes", "--token-file", file.toString())
                .expect(5);
        assertThat(cli.run("token", "list").expect(0).out()).contains("lea").contains("auditor");
        cli.run("token", "revoke", "lea").expect(0);
        cli.run("whoami", "--token-file", file.toString()).expect(5);
    }

    @Test
    void loginKeepsTheTokenForThatRoomAlone() throws IOException {
        var home = Files.createDirectory(folder.resolve("home"));
        var fresh = new Cli(home, Map.of("HOME", home.toString()));
        assertThat(fresh.fed("wrong-token\n", "login", "--room", room.url())
                        .expect(5)
                        .err())
                .contains("not-signed-in");
        assertThat(fresh.fed(room.token() + "\n", "login", "--room", room.url())
                        .expect(0)
                        .err())
                .contains("operator");
        fresh.run("get", "flavors").expect(0);
        var config = home.resolve(".config/regie/config");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
                .isEqualTo("rw-------");
        assertThat(fresh.run("get", "flavors", "--room", "http://127.0.0.1:9")
                        .expect(5)
                        .err())
                .contains("token-missing");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(fresh.run("get", "flavors").expect(5).err()).contains("chmod 600");
    }

    @Test
    void noTokenStandsAmongTheArgumentsOfAnyProcess() throws IOException {
        var token = room.token();
        var watching = cli.start("watch", "--from", "0-0");
        try (var lines = new BufferedReader(new InputStreamReader(watching.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).as("it has used its token").isNotNull();
            var arguments = Child.argumentsOfAll();
            assertThat(arguments.stream().anyMatch(line -> line.contains("regie.cli.Main watch")))
                    .isTrue();
            assertThat(arguments.stream().anyMatch(line -> line.contains(token)))
                    .isFalse();
        } finally {
            watching.destroy();
        }
    }

    @Test
    void aRoomThatIsGoneEndsWith6() {
        assertThat(cli.run(
                                "get",
                                "flavors",
                                "--room",
                                "http://127.0.0.1:9",
                                "--token-file",
                                room.tokenFile().toString())
                        .expect(6)
                        .err())
                .contains("room-unreachable");
    }

    @Test
    void versionsAreToldOfBothSides() {
        assertThat(cli.run("version").expect(0).out()).matches("client +\\S+\nroom +\\S+ +\\(http.*\\)\n");
    }
}
