internal import ArgumentParser
internal import Authority

/// `sallyport metrics`: the numbers of a running bastion.
struct MetricsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics",
        abstract: "Show what a running bastion counts and measures.",
        discussion: """
            In Prometheus's text format, as the textfile collector of node_exporter takes it. A \
            viewer may ask: no number tells of a person, a target or a command.
            """
    )

    @OptionGroup var admin: AdminOptions

    @Flag(help: "OpenMetrics 1.0 instead.")
    var openmetrics = false

    func run() throws {
        let format: MetricsText = openmetrics ? .openMetrics : .prometheus
        guard let text = try admin.ask(.metrics(.init(format: format))).metrics else { return }
        // With the end of the last line, as both formats want it.
        Output.text(text)
    }
}
