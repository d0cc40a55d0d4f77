package regie.engine.libvirt;

import java.util.List;
import java.util.UUID;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.Guest.Power;

/** Guests for tests that run none. */
final class Guests {
    static final UUID UID = UUID.fromString("0198c5a0-0000-7000-8000-000000000001");
    static final Guest.CloudInit CLOUD_INIT =
            new Guest.CloudInit("instance-id: " + UID + "\nlocal-hostname: web-1\n", "#cloud-config\n", "");

    private Guests() {}

    static Guest guest(Guest.Machine machine) {
        return new Guest(UID, "web-1", 1, Power.ON, 0, 0, machine);
    }

    static Guest guest(long epoch, Power power, int reboots, int builds) {
        return new Guest(UID, "web-1", epoch, power, reboots, builds, machine(""));
    }

    static Guest.Machine machine(String kernelArguments) {
        return new Guest.Machine(
                new Claim(2, 128, 1),
                List.of(),
                kernelArguments,
                List.of(new Guest.Nic("52:54:00:AB:00:01", "br0")),
                CLOUD_INIT);
    }
}
