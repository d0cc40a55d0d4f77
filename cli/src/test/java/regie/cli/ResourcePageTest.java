package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ResourcePageTest {
    private static final Instant NOW = Instant.parse("2026-11-20T06:17:12Z");

    @Test
    void showsWhatIsWantedSeenAndAwaited() {
        var fleet = Json.read("""
                {"kind": "Fleet", "name": "web", "project": "shop", "uid": "0193", "labels": {"tier": "front"},
                 "generation": 3, "revision": 815, "createdAt": "2026-11-20T06:10:12.123Z",
                 "spec": {"count": 3, "template": {"flavor": "small", "image": "micro"}, "ports": [80, 443],
                          "disks": [{"sizeGiB": 4, "pool": "fast"}, {"sizeGiB": 8, "pool": "slow"}], "none": []},
                 "status": {"running": 1, "holds": [{"code": "no-room", "detail": "no server has 2 vCPU left"}]}}""");
        assertThat(String.join("\n", ResourcePage.render(fleet, NOW, Ink.NONE))).isEqualTo("""
                Fleet web
                  project     shop
                  labels      tier=front
                  uid         0193
                  generation  3 (revision 815)
                  created     2026-11-20T06:10:12Z, 6 min ago

                wanted (spec)
                  count  3
                  template
                    flavor  small
                    image   micro
                  ports  80, 443
                  disks
                    - sizeGiB  4
                      pool     fast
                    - sizeGiB  8
                      pool     slow
                  none   none

                seen (status)
                  running  1

                waits (holds)
                  no-room  no server has 2 vCPU left""");
    }

    @Test
    void explainsWhatWaitsWhatIsNeededAndWhatHappened() {
        var explanation = Json.read("""
                {"key": {"kind": "Fleet", "project": "shop", "name": "web"},
                 "holds": [{"code": "no-room", "detail": "no server has 2 vCPU left"}],
                 "references": [{"field": "template.flavor", "key": {"kind": "Flavor", "project": "", "name": "small"}}],
                 "neededBy": [], "work": {"attempt": 2, "dueAt": "2026-11-20T06:17:16Z"},
                 "changes": [{"position": "8-1", "at": "2026-11-20T06:10:12.123456Z", "actor": "operator", "what": "created",
                              "generation": 1}]}""");
        assertThat(String.join("\n", ExplainPage.render(explanation, NOW, Ink.NONE)))
                .isEqualTo("""
                shop/fleet/web

                Waits, because
                  no-room  no server has 2 vCPU left

                A loop looks at it in 4 s (attempt 2).

                Needs
                  flavor/small  by template.flavor

                Last changes
                  2026-11-20T06:10:12.123Z  created  operator""");
    }
}
