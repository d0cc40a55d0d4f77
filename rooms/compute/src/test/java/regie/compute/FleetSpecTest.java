package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a fleet may be, and what is said of one that can't. */
class FleetSpecTest {
    private static String spec(String more) {
        return "{%s, template: {flavor: small, image: micro}}".formatted(more);
    }

    @Test
    void whatSaysNothingMayHaveAsManyAgainWhileSomeAreReplaced() {
        var fleet = Specs.read(FleetSpec.class, "Fleet", spec("count: 4"));
        assertThat(fleet.most()).isEqualTo(4);
        assertThat(fleet.cap()).isEqualTo(8);
        assertThat(fleet.breaker().limit(4)).isEqualTo(5);
        assertThat(fleet.breaker().limit(480)).isEqualTo(48);
    }

    @ParameterizedTest
    @CsvSource({"10%,40,4", "10%,4,1", "0%,40,0", "3,40,3", "0,40,0", "100%,7,7"})
    void sharesAreRoundedDownButNeverToNone(String share, int whole, int expected) {
        assertThat(Share.of(share, whole)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count: 3, minimum: 5, maximum: 4        | minimum is 5; expected at most the maximum, 4",
                "count: 3, minimum: 4, maximum: 9        | count is 3; expected a number from 4 to 9",
                "count: 10, maximum: 9                   | count is 10; expected a number from 0 to 9",
                "count: 3, surge: '101%'                 | surge is \"101%\"",
                "count: 3, surge: '-1'                   | surge is \"-1\"",
                "count: 3, surge: 3                      | put it in quotes",
                "count: 3, rollout: {wave: '0'}          | rollout.wave is \"0\"",
                "count: 3, rollout: {wave: 0%}           | rollout.wave is \"0%\"",
                "count: 3, rollout: {wave: 120%}         | rollout.wave is \"120%\"",
                "count: 3, rollout: {settleSeconds: -1}  | rollout.settleSeconds is -1; expected a whole number",
                "count: 3, breaker: {failures: 0}        | breaker.failures is 0; expected a whole number",
                "count: 3, breaker: {withinSeconds: 0}   | breaker.withinSeconds is 0; expected a whole number",
                "count: 3, maximum: 9, size: {schedule: [{at: '08:00', count: 10}]} | size.schedule.0.count is 10; expected a number from 0 to 9",
                "count: 3, size: {schedule: [{at: '8 Uhr', count: 1}]} | size.schedule.0.at is \"8 Uhr\"",
                "count: 3, size: {zone: Mars, schedule: [{at: '08:00', count: 1}]} | size.zone is Mars; expected a time zone",
                "count: 3, size: {schedule: []}          | size.schedule is missing; expected either schedule or metric",
                "count: 3, size: {metric: {name: rps, target: 5}} | maximum is missing; expected a number, where the size follows a metric",
                "count: 3, maximum: 9, size: {metric: {name: rps, target: 5}} | minimum is 0; expected at least 1, where the size follows an average",
                "count: 3, minimum: 1, maximum: 9, size: {metric: {name: rps, target: 0}} | size.metric.target is 0.0; expected a number above 0",
                "count: 3, minimum: 1, maximum: 9, size: {metric: {name: Rps!, target: 1}} | size.metric.name is",
                "count: 3, minimum: 1, maximum: 9, size: {schedule: [{at: '08:00', count: 1}], metric: {name: rps, target: 1}} | size.metric is given beside schedule",
                "count: 3, health: {intervalSeconds: 5}  | health.http is missing; expected one of http, tcp and heartbeat",
                "count: 3, health: {tcp: {port: 80}, heartbeat: {withinSeconds: 30}} | health.heartbeat is given beside tcp; expected one of",
                "count: 3, health: {heartbeat: {withinSeconds: 0}} | health.heartbeat.withinSeconds is 0; expected a whole number from 1 to 3600",
                "count: 3, health: {tcp: {port: 0}}      | health.tcp.port is 0; expected a whole number from 1 to 65535",
                "count: 3, health: {http: {path: ready}} | health.http.path is \"ready\"",
                "count: 3, hooks: {starting: {timeoutSeconds: 0}} | hooks.starting.timeoutSeconds is 0; expected a whole number from 1 to 86400",
                "count: 3, hooks: {starting: {otherwise: wait}} | hooks.starting.otherwise is",
                "count: 3, stateful: {keep: [name, address, volume]} | stateful.keep is volume; expected name and address: a disk is on the server of its member",
                "count: 3, stateful: {keep: [address]}   | stateful.keep is without name; expected name, too",
                "count: 1001, stateful: {keep: [name]}   | maximum is 1001; expected at most 1000",
                "count: 3, restart: {number: 1, wave: '0'} | restart.wave is \"0\"",
            })
    void whatCannotBeIsRefusedByFieldValueAndExpectation(String more, String said) {
        assertThat(Specs.refused("Fleet", spec(more))).anyMatch(line -> line.contains(said));
    }
}
