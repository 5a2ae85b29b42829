import Foundation
import TestSupport
import Testing

/// A real syslog daemon that gets the audit trail, set up as docs/formats/export.md says.
@Suite(
    .throughTurnstile,
    .enabled(if: Machine.has("rsyslogd"), "there is no rsyslog")
)
struct `records told to rsyslog` {
    /// How they get there, and what of each message the daemon understands beside the record.
    struct Road: Sendable, CustomStringConvertible {
        let description: String
        let input: String
        /// Of `export.syslog`; PORT and FOLDER stand for what they are.
        let destination: String
        /// RFC 5424 has the kind of a record in front of it.
        let hasKinds: Bool
    }

    static let roads = [
        Road(
            description: "socket",
            input: """
                module(load="imuxsock" SysSock.Use="off")
                input(type="imuxsock" Socket="FOLDER/log")
                """,
            destination: "socket: FOLDER/log",
            hasKinds: false
        ),
        Road(
            description: "socket-rfc5424",
            input: """
                module(load="imuxsock" SysSock.Use="off")
                input(type="imuxsock" Socket="FOLDER/log" UseSpecialParser="off")
                """,
            destination: "socket: FOLDER/log, format: rfc5424",
            hasKinds: true
        ),
        Road(
            description: "tcp",
            input: """
                module(load="imtcp")
                input(type="imtcp" address="127.0.0.1" port="PORT" listenPortFileName="FOLDER/port")
                """,
            destination: #"tcp: "127.0.0.1:PORT""#,
            hasKinds: true
        ),
    ]

    @Test(arguments: roads)
    func `are all there, byte for byte, however long and whenever it was away`(
        _ road: Road
    ) async throws {
        let folder = try Scratch()
        // The system chooses it once.
        var port = "0"
        try await rsyslog(road, folder, port).start { daemon in
            port = try await takenPort(of: road, folder)
            let told = road.destination.replacing("PORT", with: port)
                .replacing("FOLDER", with: folder.path)
            let export = "export.syslog={\(told), message-bytes: 256KiB}"
            try await Lab.with("rsyslog-\(road)", ["--set", export]) { lab in
                // Longer than rsyslog takes by itself, and with what JSON and syslog write otherwise.
                let long = "echo ran; : \"ü\tö\" '\(String(repeating: "x", count: 50_000))'"
                #expect(try await lab.ssh("alice.web1", long).run().text == "ran\n")
                try await expectAll(lab, road, folder)

                daemon.signal(SIGTERM)
                _ = try await daemon.finished()
                #expect(try await lab.ssh("bob.web1", "echo ran").run().text == "ran\n")
                try await rsyslog(road, folder, port).start { again in
                    try await expectAll(lab, road, folder)
                    again.signal(SIGTERM)
                    _ = try await again.finished()
                }
            }
        }
    }

    private func rsyslog(_ road: Road, _ folder: Scratch, _ port: String) throws -> Command {
        let text = try String(
            contentsOfFile: "\(Machine.repository)/docs/formats/export.md",
            encoding: .utf8
        )
        // As the document has it, so that it is true.
        let settings = text.split(separator: "```", omittingEmptySubsequences: false)
            .filter { $0.contains("mmjsonparse") && $0.contains("module(") }
        let size = try #require(text.firstMatch(of: /`(global\(maxMessageSize="[0-9a-z]+"\))`/))
        let fields =
            "%syslogfacility-text%|%syslogseverity%|%programname%|%msgid%|%$!sequence%|%msg%\\n"
        let configuration = """
            \(size.output.1)
            \(road.input)
            \(try #require(settings.first))
            template(name="fields" type="string" string="\(fields)")
            if $programname == "sallyport" then action(type="omfile" file="FOLDER/out" template="fields")
            """
        let file = try folder.write(
            configuration.replacing("FOLDER", with: folder.path).replacing("PORT", with: port),
            to: "rsyslog.conf"
        )
        return Command("rsyslogd", ["-n", "-f", file, "-i", "\(folder.path)/pid"])
    }

    /// Where it listens, as soon as it does; a socket of this machine has none.
    private func takenPort(of road: Road, _ folder: Scratch) async throws -> String {
        let isStream = road.input.contains("PORT")
        let file = "\(folder.path)/\(isStream ? "port" : "log")"
        var port = "0"
        let isThere = try await eventually(within: .seconds(30)) {
            guard isStream else { return FileManager.default.fileExists(atPath: file) }
            port = String(
                decoding: FileManager.default.contents(atPath: file) ?? Data(),
                as: UTF8.self
            )
            return !port.isEmpty
        }
        try #require(isThere, "rsyslog does not listen")
        return port
    }

    /// One line of what it wrote, as far as it is not about the record.
    private struct Written: Equatable {
        let sequence: Int
        let line: String
        let kind: String
        let isUnderstood: Bool

        init?(_ text: Substring) {
            let parts = text.split(separator: "|", maxSplits: 5, omittingEmptySubsequences: false)
            guard parts.count == 6, let sequence = Int(parts[4]) else { return nil }
            self.sequence = sequence
            kind = String(parts[3])
            line = parts[5].trimmingCharacters(in: .whitespaces)
            isUnderstood =
                parts[0] == "authpriv" && ["4", "5", "6"].contains(parts[1])
                && parts[2] == "sallyport"
        }
    }

    private func expectAll(_ lab: Lab, _ road: Road, _ folder: Scratch) async throws {
        var (trail, written): ([String], [Written]) = ([], [])
        let isWhole = try await eventually(within: .seconds(60)) {
            trail = try await lab.sallyport("audit", "--json", "--after", "0", "--limit", "1000")
                .run().lines
            let text = String(
                decoding: FileManager.default.contents(atPath: "\(folder.path)/out") ?? Data(),
                as: UTF8.self
            )
            written = text.split(separator: "\n").compactMap(Written.init)
            return Set(written.map(\.sequence)).count == trail.count
        }
        #expect(isWhole, "\(written.count) of \(trail.count)")
        for one in written {
            #expect(one.line == trail[one.sequence - 1])
            #expect(one.isUnderstood)
            guard road.hasKinds else { continue }
            #expect(one.line.contains("\"kind\":\"\(one.kind)\""))
        }
    }
}
