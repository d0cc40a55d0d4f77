package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import regie.agent.contract.Claim;
import regie.agent.contract.GuestSeen.State;
import regie.compute.InstanceStatus.Stage;

class InstancePlannerTest {
    private static final Claim LARGE = new Claim(2, 256, 1);

    private final Scene scene = new Scene();

    private UUID host(int vcpus) {
        scene.host("par1-a-h01", vcpus, 8192, 100);
        return scene.host("par1-a-h01");
    }

    @Test
    void crashedMachineIsStartedAnewAtOnceWhereItIs() {
        scene.machine("one").on(host(0)).running().crashed();
        assertThat(scene.told()).isEqualTo("""
                ~ restart one as epoch 2 (1 vCPU, 128 MiB, 0 GiB) holding (1 vCPU, 128 MiB, 0 GiB)
                """);
        assertThat(scene.view("one").failures()).isEqualTo(1);
        assertThat(scene.view("one").stage()).isEqualTo(Stage.STARTING);
    }

    @Test
    void whatCrashesAgainAndAgainRestsTwiceAsLongEachTime() {
        scene.machine("one").on(host(0)).crashed().shown(Stage.FAILED, Duration.ofMillis(1_900), 3);
        assertThat(scene.told())
                .isEqualTo(
                        "! one resting: failed 3 times and waits before the next try; last: its process was killed\n");
        scene.machines.clear();
        scene.machine("one").on(scene.host("par1-a-h01")).crashed().shown(Stage.FAILED, Duration.ofSeconds(2), 3);
        assertThat(scene.told()).startsWith("~ restart one as epoch 2");
    }

    @Test
    void whatRanForAMinuteHasShownThatItCan() {
        scene.machine("one").on(host(0)).crashed().shown(Stage.RUNNING, Duration.ofSeconds(61), 9);
        assertThat(scene.view("one").failures()).isEqualTo(1);
        scene.machines.clear();
        scene.machine("two").on(scene.host("par1-a-h01")).crashed().shown(Stage.RUNNING, Duration.ofSeconds(59), 9);
        assertThat(scene.view("two").failures()).isEqualTo(10);
    }

    @Test
    void silentHostHoldsWhatItMayStillRun() {
        scene.host("par1-a-h01", false, Host.Presence.SILENT, new Claim(8, 8192, 100))
                .host("par1-a-h02", 8, 8192, 100);
        scene.machine("one").on(scene.host("par1-a-h01")).crashed();
        assertThat(scene.told())
                .isEqualTo("! one host-silent: par1-a-h01 does not answer; its guests may run on,"
                        + " so they are started nowhere else\n");
    }

    @Test
    void whatAnOlderEpochSaidIsHistory() {
        scene.machine("one").on(host(0));
        var census = scene.census();
        assertThat(census.machines().getFirst().seen()).isEmpty();
        assertThat(scene.told()).isEmpty();
        assertThat(scene.view("one").stage()).isEqualTo(Stage.STARTING);
    }

    @Test
    void growingHoldsTheLargerOfBothUntilTheHostHasShownIt() {
        scene.machine("one").on(host(1)).running().wants(2, 64, 1);
        assertThat(scene.told()).isEqualTo("""
                ~ restart one as epoch 2 (2 vCPU, 64 MiB, 1 GiB) holding (2 vCPU, 128 MiB, 1 GiB)
                """);
        scene.machines.clear();
        scene.machine("one")
                .wants(2, 64, 1)
                .on(scene.host("par1-a-h01"))
                .holding(new Claim(2, 128, 1), new Claim(2, 64, 1));
        assertThat(scene.told()).as("not shown yet").isEmpty();
        scene.machines.getFirst().running();
        assertThat(scene.told()).isEqualTo("~ shrink one to (2 vCPU, 64 MiB, 1 GiB)\n");
    }

    @Test
    void growingBeyondTheHostsRoomWaitsAndTheRestGoesOn() {
        scene.machine("one").on(host(0)).running().wants(2, 128, 0).off();
        assertThat(scene.told()).isEqualTo("""
                ~ retell one
                ! one no-room: its host has no room to grow it to 2 vCPU, 128 MiB; make room there, or choose a smaller flavor
                """);
    }

    /** A host is never told to run more than is taken of its room. */
    @Test
    void failedMachineThatWantsMoreThanThereIsRoomForIsStartedAsItWas() {
        scene.machine("one").on(host(0)).crashed().wants(4, 4096, 1);
        assertThat(scene.told()).isEqualTo("""
                ~ restart one as epoch 2 (1 vCPU, 128 MiB, 0 GiB) holding (1 vCPU, 128 MiB, 0 GiB)
                """);
    }

    @Test
    void failedMachineGetsItsNewShapeAndBuildAtOnce() {
        scene.machine("one").on(host(8)).crashed().wants(2, 256, 1).rebuilt(1);
        assertThat(scene.told()).isEqualTo("""
                ~ restart one as epoch 2 (2 vCPU, 256 MiB, 1 GiB) holding (2 vCPU, 256 MiB, 1 GiB) build 1
                """);
    }

    @Test
    void oneChangeOfAnAllocationInOnePlan() {
        scene.machine("one")
                .wants(1, 128, 0)
                .on(host(8))
                .holding(LARGE, MachineDraft.SMALL)
                .running()
                .rebooted(1);
        assertThat(scene.told()).isEqualTo("~ retell one\n");
        scene.machines.getFirst().rebooted(0);
        assertThat(scene.told()).isEqualTo("~ shrink one to (1 vCPU, 128 MiB, 0 GiB)\n");
    }

    @Test
    void rebuildWaitsForItsImageAndPowerDoesNot() {
        var empty = Holds.imageEmpty("debian-12");
        scene.machine("one").on(host(8)).running().rebuilt(1).obstacle(empty);
        var hold = "! one image-empty: image debian-12 has no content yet; import it with: regie image import\n";
        assertThat(scene.told()).isEqualTo(hold);
        scene.machines.getFirst().off();
        assertThat(scene.told()).isEqualTo("~ retell one\n" + hold);
    }

    @Test
    void failedMachineIsMendedWithWhatItHadWhileItsNewImageIsEmpty() {
        scene.machine("one").on(host(8)).crashed().rebuilt(1).obstacle(Holds.imageEmpty("debian-12"));
        assertThat(scene.told()).isEqualTo("""
                ~ restart one as epoch 2 (1 vCPU, 128 MiB, 0 GiB) holding (1 vCPU, 128 MiB, 0 GiB)
                """);
    }

    @Test
    void whatIsSwitchedOffDoesNotFail() {
        scene.machine("one").on(host(8)).crashed().off();
        assertThat(scene.told()).isEqualTo("~ retell one\n");
        assertThat(scene.view("one").stage()).isEqualTo(Stage.STOPPED);
    }

    @Test
    void deletedMachineLeavesItsHostBeforeItsPlaceIsFree() {
        var one = scene.machine("one").on(host(8)).running().deleting();
        assertThat(scene.told()).isEqualTo("- leave one\n");
        one.leaving(false);
        assertThat(scene.told()).isEmpty();
        one.leaving(true);
        assertThat(scene.told()).isEqualTo("- finish one\n");
    }

    @Test
    void deletedMachineWithoutAPlaceIsDoneAtOnce() {
        scene.machine("one").deleting();
        assertThat(scene.told()).isEqualTo("- finish one\n");
    }

    @Test
    void obstacleKeepsItFromAnyPlace() {
        host(8);
        scene.machine("one").obstacle(Holds.flavorTooSmall("debian-12", "2048 MiB of memory"));
        assertThat(scene.told())
                .isEqualTo(
                        "! one flavor-too-small: image debian-12 needs 2048 MiB of memory; choose a larger flavor\n");
    }

    @Test
    void failedStartIsAFailureToo() {
        scene.machine("one").on(host(8)).seen(State.FAILED, "no space").shown(Stage.STARTING, Duration.ofSeconds(1), 1);
        assertThat(scene.told())
                .isEqualTo("! one resting: failed 2 times and waits before the next try; last: no space\n");
    }
}
