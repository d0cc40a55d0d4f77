package regie.agent.contract;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One virtual machine as its host is to run it.
 *
 * @param uid stays the same over restart, rebuild and migration
 * @param name for people and for the guest's own host name; not unique over projects
 * @param epoch grows each time the machine is given to a host anew; of two guests with one uid the higher epoch is the real one
 * @param power whether it is to run or to be kept shut off
 * @param reboots how often a reboot was asked for so far; the host resets the guest once for each step it has not seen
 * @param builds how often a rebuild was asked for so far; for a step it has not seen the host makes the disk anew
 * @param machine what it looks like from inside
 * @param handover its way from or to another host; empty where it is to be here and nowhere else
 */
public record Guest(
        UUID uid,
        String name,
        long epoch,
        Power power,
        int reboots,
        int builds,
        Machine machine,
        Optional<Handover> handover) {

    public Guest(UUID uid, String name, long epoch, Power power, int reboots, int builds, Machine machine) {
        this(uid, name, epoch, power, reboots, builds, machine, Optional.empty());
    }

    /** The same guest on its way, or no more. */
    public Guest with(Optional<Handover> other) {
        return new Guest(uid, name, epoch, power, reboots, builds, machine, other);
    }

    /** The same guest with other hardware. */
    public Guest with(Machine other) {
        return new Guest(uid, name, epoch, power, reboots, builds, other, handover);
    }

    /** The same guest, shut off. */
    public Guest off() {
        return new Guest(uid, name, epoch, Power.OFF, reboots, builds, machine, handover);
    }

    /** The same guest as its next host is to run it. */
    public Guest under(long nextEpoch) {
        return new Guest(uid, name, nextEpoch, power, reboots, builds, machine, handover);
    }

    /** What the control room wants of a guest. */
    public enum Power {
        ON,
        OFF
    }

    public Claim claim() {
        return machine.claim();
    }

    /**
     * The virtual hardware.
     *
     * @param layout where on its host it has its claim; absent only in what an older room wrote, and then no host takes it
     * @param artifacts what it boots from; either a {@code KERNEL} with an {@code INITRD}, or a {@code DISK}, or a {@code CDROM}
     * @param kernelArguments command line for a {@code KERNEL}; empty otherwise
     * @param nics in the order the guest sees them
     */
    public record Machine(
            Claim claim,
            Optional<Layout> layout,
            List<Artifact> artifacts,
            String kernelArguments,
            List<Nic> nics,
            CloudInit cloudInit) {
        public Machine {
            artifacts = List.copyOf(artifacts);
            nics = List.copyOf(nics);
        }

        /** With its claim all on one node. */
        public Machine(
                Claim claim, List<Artifact> artifacts, String kernelArguments, List<Nic> nics, CloudInit cloudInit) {
            this(claim, Optional.of(Layout.onOneNode(claim)), artifacts, kernelArguments, nics, cloudInit);
        }

        public Machine with(Claim other, Layout where) {
            return new Machine(other, Optional.of(where), artifacts, kernelArguments, nics, cloudInit);
        }
    }

    /**
     * A network card of the guest.
     *
     * @param mac as {@code 52:54:00:xx:xx:xx}
     * @param bridge name of the bridge on the host
     */
    public record Nic(String mac, String bridge) {}

    /**
     * The three files of cloud-init's NoCloud data source, given to the guest as a read-only disk labelled {@code cidata}.
     * See cloud-init's documentation, "NoCloud".
     */
    public record CloudInit(String metaData, String userData, String networkConfig) {}
}
