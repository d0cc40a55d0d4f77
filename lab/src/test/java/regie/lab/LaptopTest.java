package regie.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class LaptopTest {
    @Test
    void exampleBootsTheMicroImageAsItsRecipeSays() throws IOException {
        var root = MicroImage.repository();
        var recipe = Files.readString(root.resolve("images/micro/build"));
        var arguments = recipe.substring(recipe.indexOf("ARGUMENTS='") + "ARGUMENTS='".length());
        assertThat(Files.readString(root.resolve("examples/laptop/20-compute.yaml")))
                .contains("kernelArguments: " + arguments.substring(0, arguments.indexOf('\'')));
    }
}
