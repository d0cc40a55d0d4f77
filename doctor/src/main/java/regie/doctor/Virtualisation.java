package regie.doctor;

import static regie.doctor.Row.Use.HOST;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the processor and its bus do for machines within the machine. */
final class Virtualisation {
    private static final Pattern FLAGS = Pattern.compile("^flags\\s*:(?<flags>.*)$", Pattern.MULTILINE);
    private static final String KVM = "/dev/kvm";

    private Virtualisation() {}

    static List<Row> rows(Machine machine) {
        var flag = flag(machine.text("/proc/cpuinfo").orElse(""));
        return List.of(kvm(machine, flag), nested(machine), iommu(machine));
    }

    /** The processor's own word for virtualisation: {@code vmx} (Intel), {@code svm} (AMD). */
    static Optional<String> flag(String cpuinfo) {
        var flags = FLAGS.matcher(cpuinfo);
        if (!flags.find()) return Optional.empty();
        var words = List.of(flags.group("flags").strip().split("\\s+", -1));
        return List.of("vmx", "svm").stream().filter(words::contains).findFirst();
    }

    static boolean opens(Machine machine) {
        var device = machine.path(KVM);
        return Files.isReadable(device) && Files.isWritable(device);
    }

    private static Row kvm(Machine machine, Optional<String> flag) {
        var what = "virtualisation";
        if (flag.isEmpty() && machine.has(KVM)) {
            return Row.degraded(
                    HOST,
                    what,
                    "emulation: there is a /dev/kvm, but the processor has neither vmx nor svm, so it is a paravirtual KVM"
                            + " in which ordinary systems hang",
                    "a physical server, or an outer hypervisor that passes vmx or svm on (QEMU: -cpu host)");
        }
        if (flag.isEmpty()) {
            return Row.degraded(
                    HOST,
                    what,
                    "emulation: the processor has neither vmx nor svm; machines run, several times slower",
                    "physical: switch on VT-x or AMD-V (SVM) in the firmware; virtual: nested virtualisation in the outer hypervisor");
        }
        if (!machine.has(KVM)) {
            return Row.degraded(
                    HOST,
                    what,
                    "emulation: the processor has %s, but there is no /dev/kvm".formatted(flag.get()),
                    "modprobe kvm_%s (where that fails, the firmware has it switched off)"
                            .formatted(flag.get().equals("vmx") ? "intel" : "amd"));
        }
        if (!opens(machine)) {
            return Row.degraded(
                    HOST,
                    what,
                    "KVM (%s), but this user may not open /dev/kvm".formatted(flag.get()),
                    "usermod --append --groups kvm %s, then sign in anew".formatted(System.getProperty("user.name")));
        }
        return Row.ok(HOST, what, "KVM (%s)".formatted(flag.get()));
    }

    private static Row nested(Machine machine) {
        for (var module : List.of("kvm_intel", "kvm_amd")) {
            var nested = machine.text("/sys/module/%s/parameters/nested".formatted(module));
            if (nested.isEmpty()) continue;
            if (nested.get().equals("Y") || nested.get().equals("1")) return Row.ok(HOST, "nested", module);
            return Row.degraded(
                    HOST,
                    "nested",
                    "%s has it switched off: machines here can't run machines themselves".formatted(module),
                    "echo options %s nested=1 >/etc/modprobe.d/%s.conf, then restart".formatted(module, module));
        }
        return Row.missing(HOST, "nested", "no KVM of the processor's own", "see virtualisation");
    }

    private static Row iommu(Machine machine) {
        var units = machine.names("/sys/class/iommu");
        int groups = machine.names("/sys/kernel/iommu_groups").size();
        if (groups == 0) {
            return Row.missing(
                    HOST,
                    "IOMMU",
                    "none: no device can be handed to a machine",
                    "switch on VT-d or AMD-Vi in the firmware; on Intel add intel_iommu=on to the kernel's command line");
        }
        return Row.ok(HOST, "IOMMU", "%s; %d groups".formatted(String.join(", ", units), groups));
    }
}
