package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.compute.InstanceStatus.Stage;
import regie.kernel.ChangeLog;
import regie.testing.Database;

/** What is promised about failures: refused where it can't be kept, kept as others come and go, and never lost in silence. */
class SurvivalLifeTest {
    private static final List<String> HOSTS = List.of("par1-h01", "par1-h02", "fra1-h01");
    /** Three hosts of four threads each: eight machines of one thread are as many as the loss of any host leaves room for. */
    private static final int PROTECTED_MAX = 8;

    private World world;

    @BeforeEach
    void open(@Database(World.Rooms.class) DataSource source) {
        world = new World(source, 1);
        world.apply(LifeTest.ESTATE);
        world.step();
        HOSTS.forEach(world::attend);
        world.imageIsReady("micro");
    }

    private void fleet(int count, String placement) {
        world.apply("""
                kind: Fleet
                name: web
                spec: {count: %d, template: {flavor: small, image: micro}, placement: %s}
                """.formatted(count, placement));
    }

    private void cordon(String state) {
        world.apply("""
                kind: Server
                name: par1-h01
                spec:
                  site: par1
                  hypervisor: simulated
                  state: %s
                  numa: [{threads: 4, memoryMiB: 4096}]
                  disks: [{name: a, sizeGiB: 100}]
                """.formatted(state));
    }

    private long running() {
        return world.instances().stream()
                .filter(each -> each.status().stage() == Stage.RUNNING)
                .count();
    }

    private List<String> holds(String code) {
        return world.instances().stream()
                .flatMap(each -> each.status().holds().stream())
                .filter(hold -> hold.code().equals(code))
                .map(regie.kernel.Hold::detail)
                .toList();
    }

    @Test
    void noMoreArePlacedThanSurvive() {
        fleet(12, "{survives: [host]}");
        world.steps(8);
        assertThat(running()).isEqualTo(PROTECTED_MAX);
        assertThat(holds("no-room"))
                .hasSize(12 - PROTECTED_MAX)
                .allMatch(why -> why.contains("4 threads in all are held for failures"));
    }

    @Test
    void othersDoNotTakeTheRoomThatIsHeld() {
        fleet(PROTECTED_MAX, "{survives: [host]}");
        world.steps(6);
        world.apply("kind: Instance\nname: other\nspec: {flavor: small, image: micro}\n");
        world.steps(6);
        assertThat(world.instance("other").status().stage()).isEqualTo(Stage.PENDING);
    }

    @Test
    void promiseThatIsLostIsShownAndGoesWhenItIsKeptAgain() {
        fleet(PROTECTED_MAX, "{survives: [host]}");
        world.steps(6);
        assertThat(holds("survival-lost")).isEmpty();
        cordon("cordoned");
        world.steps(6);
        assertThat(holds("survival-lost")).isNotEmpty().allMatch(why -> why.contains("losing host"));
        assertThat(running()).as("nothing is taken down for it").isEqualTo(PROTECTED_MAX);
        cordon("schedulable");
        world.steps(10);
        assertThat(holds("survival-lost")).isEmpty();
    }

    private void instances(String placement) {
        world.apply("kind: Instance\nname: i-[01-12]\nspec: {flavor: small, image: micro%s}\n".formatted(placement));
        world.steps(10);
    }

    private void project(String placement) {
        world.apply("kind: Project\nname: default\nspec: {%s}\n".formatted(placement));
    }

    @Test
    void ruleThatIsEditedIsProvenAnew() {
        instances("");
        assertThat(running()).isEqualTo(12);
        instances(", placement: {survives: [host]}");
        assertThat(holds("survival-lost")).hasSize(12);
        assertThat(running()).as("nothing is taken down for it").isEqualTo(12);
        instances("");
        assertThat(holds("survival-lost")).isEmpty();
    }

    @Test
    void promiseOfTheProjectIsProvenForAllInItWhenItIsEdited() {
        project("");
        instances("");
        project("placement: {survives: [host]}");
        world.steps(6);
        assertThat(holds("survival-lost")).hasSize(12);
        project("");
        world.steps(6);
        assertThat(holds("survival-lost")).isEmpty();
    }

    @Test
    void promiseOfTheProjectIsKeptForFleetsToo() {
        project("placement: {survives: [host]}");
        fleet(12, "{}");
        world.steps(8);
        assertThat(running()).isEqualTo(PROTECTED_MAX);
    }

    @Test
    void hostsThatAreGoneAreMissed() {
        fleet(PROTECTED_MAX, "{survives: [host]}");
        world.steps(6);
        world.breakLine("par1-h01");
        world.steps(70); // until it counts as silent
        assertThat(holds("survival-lost")).isNotEmpty();
        world.attend("par1-h01");
        world.steps(10);
        assertThat(holds("survival-lost")).isEmpty();
    }

    @Test
    void serversMovedIntoOneRackFallTogether() {
        world.apply("kind: Rack\nname: r[1-3]\nspec: {site: par1, units: 42}\n");
        racks("r1", "r2");
        world.steps(2);
        world.apply("""
                kind: Instance
                name: i-[1-4]
                spec: {flavor: small, image: micro, site: par1, placement: {survives: [rack]}}
                """);
        world.steps(6);
        assertThat(running()).isEqualTo(4);
        assertThat(holds("survival-lost")).isEmpty();
        racks("r1", "r1");
        world.steps(6);
        assertThat(holds("survival-lost")).isNotEmpty().allMatch(why -> why.contains("losing rack r1"));
        racks("r1", "r2");
        world.steps(6);
        assertThat(holds("survival-lost")).isEmpty();
    }

    private void racks(String one, String other) {
        var name = 1;
        for (var rack : List.of(one, other)) world.apply("""
                    kind: Server
                    name: par1-h0%d
                    spec:
                      site: par1
                      rack: %s
                      hypervisor: simulated
                      numa: [{threads: 4, memoryMiB: 8192}]
                      disks: [{name: a, sizeGiB: 100}]
                    """.formatted(name++, rack));
    }

    @Test
    void losingAPromiseIsAnEventOfTheLog() {
        fleet(PROTECTED_MAX, "{survives: [host]}");
        world.steps(6);
        var before = world.database.read(ChangeLog::end);
        cordon("cordoned");
        world.steps(6);
        var told = world.database.read(tx -> ChangeLog.read(tx, before, 1_000)).stream()
                .filter(change ->
                        change.what().equals("reported") && change.body().contains("survival-lost"))
                .map(change -> change.key().kind())
                .toList();
        assertThat(told).isNotEmpty().containsOnly("Instance");
    }

    @Test
    void whoeverLooksFirstPromiseThatIsLostIsShown() {
        fleet(PROTECTED_MAX, "{survives: [host]}");
        world.steps(6);
        cordon("cordoned");
        world.followServers();
        var asked = world.database.snapshot(tx -> world.picture().copy(tx));
        assertThat(asked.survival().gaps()).isNotEmpty();
        world.steps(6);
        assertThat(holds("survival-lost")).isNotEmpty();
    }

    @Test
    void anotherServerOfTheRoomKnowsThePromisesToo() {
        fleet(PROTECTED_MAX, "{survives: [host]}");
        world.steps(6);
        world.startRoom();
        HOSTS.forEach(world::attend);
        world.apply("kind: Instance\nname: other\nspec: {flavor: small, image: micro}\n");
        world.steps(8);
        assertThat(world.instance("other").status().stage()).isEqualTo(Stage.PENDING);
        assertThat(holds("survival-lost")).isEmpty();
    }
}
