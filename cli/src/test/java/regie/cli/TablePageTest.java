package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TablePageTest {
    private static final KindEntry FLEET = new KindEntry("Fleet", "fleets", false, "", List.of());
    private static final String TABLE = """
            {"columns": ["Count", "Image"], "rows": [
              {"project": "shop", "name": "web", "cells": ["3", "débian"]},
              {"project": "shop", "name": "batch-night", "cells": ["12", ""]}]}""";

    private static String rendered(boolean withProject, Ink ink) {
        var table = Json.read(TABLE);
        var titles = TablePage.titles(table, withProject);
        return String.join("\n", TablePage.render(titles, TablePage.lines(table, FLEET, withProject), ink));
    }

    @Test
    void columnsAlignAndNoLineEndsInBlanks() {
        assertThat(rendered(false, Ink.NONE)).isEqualTo("""
                NAME         COUNT  IMAGE
                web          3      débian
                batch-night  12""");
    }

    @Test
    void ofAllProjectsTheProjectStandsFirst() {
        assertThat(rendered(true, Ink.NONE)).isEqualTo("""
                PROJECT  NAME         COUNT  IMAGE
                shop     web          3      débian
                shop     batch-night  12""");
    }

    @Test
    void onATerminalTheTitlesAreBold() {
        assertThat(rendered(false, new Ink(true, false))).startsWith("\033[1mNAME         COUNT  IMAGE\033[0m\n");
    }

    @Test
    void keysAreWrittenAsTheRoomWritesThem() {
        var lines = TablePage.lines(Json.read(TABLE), FLEET, false);
        assertThat(lines.getFirst().key()).hasToString("shop/fleet/web");
        assertThat(new ResourceKey("Server", "", "par1-h01")).hasToString("server/par1-h01");
    }
}
