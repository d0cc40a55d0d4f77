package regie.cli;

import picocli.CommandLine.Command;

@Command(
        name = "regie",
        header = "Runs a company's servers from one control room.",
        synopsisSubcommandLabel = "WORD",
        description = {
            "",
            "Declare what you want in a file, look at what that would change, and let the room make it so:",
            "",
            "  regie plan  -f estate.yaml          what would change",
            "  regie apply -f estate.yaml --wait   change it, and wait until it is so",
            "  regie get fleets                    what there is",
            "  regie explain fleet web             what waits, and why",
            ""
        },
        footer = {"", "Help on a word: regie WORD --help. Everything: docs/cli.md"})
final class RegieCommand {}
