internal import ArgumentParser
internal import Authority
internal import Foundation

/// Where the settings are: `--config`, then `SALLYPORT_CONFIG`, then `/etc/sallyport`.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(
            "The settings file; without it $SALLYPORT_CONFIG or /etc/sallyport/sallyport.yaml.",
            valueName: "file"
        )
    )
    var file: String?

    func path() -> String { source().path }

    func source() -> SettingsSource {
        if let named = file ?? ProcessInfo.processInfo.environment["SALLYPORT_CONFIG"] {
            return .named(named)
        }
        return .usual("/etc/sallyport/sallyport.yaml")
    }
}

/// One line for a person on the standard error, for each line of the text.
enum Complaint {
    static func write(_ text: String) {
        for line in text.split(separator: "\n") {
            FileHandle.standardError.write(Data("sallyport: \(line)\n".utf8))
        }
    }
}
