package regie.engine.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccelerationTest {
    @TempDir
    Path folder;

    @Test
    void deviceAndFlagTogetherAreKvm() throws IOException {
        assertThat(detect("flags\t\t: fpu svm tsc\n").kind()).isEqualTo(Acceleration.Kind.KVM);
        assertThat(detect("flags\t\t: vmx fpu\n").kind()).isEqualTo(Acceleration.Kind.KVM);
    }

    @Test
    void paravirtualKvmIsNotTakenForKvm() throws IOException {
        var acceleration = detect("flags\t\t: fpu hypervisor svmx\nmodel name\t: svm\n");
        assertThat(acceleration.kind()).isEqualTo(Acceleration.Kind.EMULATION);
        assertThat(acceleration.reason()).contains("neither vmx nor svm");
    }

    @Test
    void noDeviceIsEmulation() {
        assertThat(Acceleration.detect(folder.resolve("kvm"), folder).kind()).isEqualTo(Acceleration.Kind.EMULATION);
    }

    private Acceleration detect(String cpuInfo) throws IOException {
        return Acceleration.detect(
                Files.writeString(folder.resolve("kvm"), ""), Files.writeString(folder.resolve("cpuinfo"), cpuInfo));
    }
}
