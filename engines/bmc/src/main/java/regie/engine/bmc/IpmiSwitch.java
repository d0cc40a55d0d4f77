package regie.engine.bmc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import regie.continuity.Credentials;
import regie.continuity.PowerSwitch;

/**
 * IPMI 2.0 over LAN, by {@code ipmitool}. The password goes by environment, for everybody on the machine can read a command line. Cipher
 * suite 3 is named because the tool would try others first, for ten seconds.
 */
public final class IpmiSwitch implements PowerSwitch {
    private static final int PORT = 623;
    private static final int OUTPUT_MAX = 64 << 10;
    private static final int WORDS_MAX = 200;

    private final String program;

    public IpmiSwitch() {
        this("ipmitool");
    }

    IpmiSwitch(String program) {
        this.program = program;
    }

    @Override
    public Power power(Target target) throws PowerFault {
        var said = run(target, "status");
        if (said.equalsIgnoreCase("Chassis Power is on")) return Power.ON;
        if (said.equalsIgnoreCase("Chassis Power is off")) return Power.OFF;
        throw new PowerFault("it answers \"%s\"; expected Chassis Power is on, or off".formatted(said));
    }

    @Override
    public void off(Target target) throws PowerFault {
        run(target, "off");
    }

    @Override
    public void on(Target target) throws PowerFault {
        run(target, "on");
    }

    @Override
    public void cycle(Target target) throws PowerFault {
        run(target, "cycle");
    }

    private String run(Target target, String what) throws PowerFault {
        var credentials = target.credentials()
                .orElseThrow(() -> new PowerFault("its bmc declares no credentials, and IPMI needs some"));
        try {
            return finished(start(target, credentials, what));
        } catch (IOException e) {
            throw new PowerFault("%s can't be started where the room runs: is it installed?".formatted(program), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PowerFault("the room ends", e);
        }
    }

    private Process start(Target target, Credentials credentials, String what) throws IOException {
        var words =
                new ArrayList<>(List.of(program, "-I", "lanplus", "-C", "3", "-L", "OPERATOR", "-N", "2", "-R", "3"));
        words.addAll(List.of("-H", target.bmc().address()));
        words.addAll(List.of("-p", Integer.toString(target.bmc().port().orElse(PORT))));
        words.addAll(List.of("-U", credentials.user(), "-E", "chassis", "power", what));
        var builder = new ProcessBuilder(words);
        builder.environment().put("IPMI_PASSWORD", credentials.password());
        return builder.start();
    }

    /** Warnings come on standard error beside the answer; what it refuses with comes there too. */
    private static String finished(Process process) throws IOException, InterruptedException, PowerFault {
        try {
            process.getOutputStream().close();
            var answer = reading(process.getInputStream());
            var complaint = reading(process.getErrorStream());
            if (!process.waitFor(SECONDS_MAX - 2, TimeUnit.SECONDS))
                throw new PowerFault("it did not answer within %d seconds".formatted(SECONDS_MAX - 2));
            var said = firstLine(answer.get());
            if (process.exitValue() == 0) return said;
            var why = firstLine(complaint.get() + "\n" + said);
            throw new PowerFault(why.isEmpty() ? "it refused without a word" : why);
        } catch (ExecutionException e) {
            throw new PowerFault("what it says can't be read", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Future<String> reading(InputStream from) {
        var task = new FutureTask<>(() -> new String(from.readNBytes(OUTPUT_MAX), StandardCharsets.UTF_8));
        Thread.ofVirtual().start(task);
        return task;
    }

    private static String firstLine(String text) {
        var line =
                text.lines().map(String::strip).filter(each -> !each.isEmpty()).findFirst();
        return line.map(it -> it.substring(0, Math.min(it.length(), WORDS_MAX))).orElse("");
    }
}
