package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FleetPageTest {
    @Test
    void rolloutRestartAndReasonsAreShown() {
        var fleet = Json.read("""
                {"name": "web", "spec": {"count": 10},
                 "status": {"wanted": 10, "running": 9, "total": 11,
                   "revision": {"template": {"image": "linux-13", "flavor": "large"},
                     "rollout": {"back": false, "wave": 3, "waves": 10, "renewed": 2, "members": 10}},
                   "restart": {"wave": 1, "waves": 5, "done": 0, "members": 10, "state": "waiting"},
                   "holds": [{"code": "paused", "detail": "its rollout stands still"}]}}
                """);
        assertThat(String.join("\n", FleetPage.of(fleet))).isEqualTo("""
                web  [####################################....] 9 of 10 run; 11 in every state
                  made from   image linux-13, flavor large
                  rolls out   [########................................] wave 3 of 10, 2 of 10 have the new template
                  restart     [........................................] wave 1 of 5, 0 of 10 are back: waiting
                  ! paused: its rollout stands still""");
    }

    @Test
    void fleetThatIsAsItShouldBeTakesOneLine() {
        var fleet = Json.read("""
                {"name": "web", "spec": {"count": 2}, "status": {"wanted": 2, "running": 2, "total": 2, "holds": []}}""");
        assertThat(FleetPage.of(fleet)).containsExactly("web  [########################################] 2 of 2 run");
    }

    @Test
    void emptyFleetHasAnEmptyBar() {
        var fleet = Json.read("""
                {"name": "web", "spec": {"count": 0}, "status": {"running": 0, "members": 0, "holds": []}}""");
        assertThat(FleetPage.of(fleet)).containsExactly("web  [........................................] 0 of 0 run");
    }
}
