internal import ArgumentParser
internal import Authority
internal import Foundation

/// What every command has that asks a running bastion.
struct AdminOptions: ParsableArguments {
    @OptionGroup var configurationFile: ConfigurationOption

    @Option(
        name: .customLong("socket"),
        help: ArgumentHelp(
            "The admin socket; without it $SALLYPORT_SOCKET, or what the settings say.",
            valueName: "path"
        )
    )
    var socket: String?

    /// Whoever may not read the settings names the socket.
    ///
    /// Within `patience` everything is asked and answered, or an error says that it is not.
    func client(within patience: Duration? = nil) throws(AdminError) -> AdminClient {
        let variable = ProcessInfo.processInfo.environment["SALLYPORT_SOCKET"]
        // An option counts for more than a variable, whatever it is about.
        if let named = socket ?? (configurationFile.file == nil ? variable : nil) {
            return try AdminClient(socketPath: named, within: patience)
        }
        return try AdminClient(settingsPath: configurationFile.path(), within: patience)
    }

    /// Asks, or says why it is not answered and ends with status 1.
    func ask(_ request: AdminRequest) throws -> AdminAnswer {
        do throws(AdminError) {
            return try client().ask(request)
        } catch {
            Complaint.write(error.description)
            throw ExitCode.failure
        }
    }

    /// Asks for something to be done, and says what was.
    func perform(_ request: AdminRequest) throws {
        if let done = try ask(request).done { Output.line(done.text) }
    }

    /// Asks page after page, at most `count` rows in all.
    func pages(
        atMost count: Int,
        _ request: (_ limit: Int, _ next: Int64?) -> AdminRequest,
        _ show: (AdminAnswer) throws -> Int
    ) throws {
        do throws(AdminError) {
            let client = try client()
            var remaining = count
            var next: Int64?
            repeat {
                let answer = try client.ask(request(min(remaining, 500), next))
                do {
                    remaining -= try show(answer)
                } catch {
                    throw AdminError.malformed(reason: "\(error)")
                }
                next = answer.next
            } while next != nil && remaining > 0
        } catch {
            Complaint.write(error.description)
            throw ExitCode.failure
        }
    }
}

/// Lines on the standard output; whoever closes it has seen enough.
enum Output {
    static func line(_ text: String) { self.text(text + "\n") }

    static func text(_ text: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            Foundation.exit(0)
        }
    }

    static func json(_ value: some Encodable) throws {
        line(String(decoding: try AdminCoding.encoder().encode(value), as: UTF8.self))
    }
}
