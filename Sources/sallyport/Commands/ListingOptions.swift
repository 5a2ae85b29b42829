internal import ArgumentParser

/// What every command has that lists what is on record.
struct ListingOptions: ParsableArguments {
    static let discussion = """
        Times are RFC 3339, or a length of time before now: 90s, 10m, 2h, 7d. On a terminal \
        lines are cut to its width and times, all in UTC, have no year; --wide shows the whole.
        """

    @Flag(help: "One JSON object on each line.")
    var json = false

    @Flag(help: "Lines as long as they are, on a terminal too.")
    var wide = false

    @Option(help: "At most so many.")
    var limit = 100

    var width: ListingWidth { .ofOutput(isWide: wide) }
}
