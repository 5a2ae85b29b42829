import AuditTrail
import Foundation
import Testing

@testable import sallyport

@Suite struct `a line of a listing` {
    private func line(_ columns: Int?, command: String) -> String {
        ListingWidth(columns: columns).line(
            ["s-0123456789ab", "11-26 09:59:28", "deploy@web1"],
            flexible: command,
            ["exit 0"]
        )
    }

    @Test func `is as long as it is where nobody says how wide it may be`() {
        let command = String(repeating: "x", count: 200)
        #expect(line(nil, command: command).hasSuffix("\(command)  exit 0"))
    }

    @Test func `is left alone where it fits`() {
        #expect(
            line(80, command: "uptime")
                == "s-0123456789ab  11-26 09:59:28  deploy@web1  uptime  exit 0"
        )
    }

    @Test(arguments: [60, 80, 132])
    func `fits a terminal, and loses the command's end before anything else`(columns: Int) {
        let line = line(columns, command: String(repeating: "x", count: 200))
        #expect(line.displayColumns == columns)
        #expect(columns < 80 || line.hasSuffix("x…  exit 0"))
    }

    @Test func `counts what a terminal shows twice as wide`() {
        #expect("日本".displayColumns == 4)
        #expect("ab".displayColumns == 2)
        #expect("日本語".clipped(toColumns: 5) == "日本…")
        #expect(line(60, command: "日本語日本語日本語").displayColumns <= 60)
    }
}

@Suite struct `the listing of sessions` {
    private func entry(_ extra: String) throws -> SessionEntry {
        let text = """
            {"id":"s-0123456789ab","sequence":7,"connection":"c-0123456789ab","number":1,
             "principal":"human:alice","target":"web1","login":"deploy","request":"exec",
             "command":{"text":"uptime"},"commandBytes":6,"hasTerminal":false,
             "openedAt":"2026-11-26T09:59:28.123456Z","isLive":false\(extra)}
            """
        return try JSONDecoder().decode(SessionEntry.self, from: Data(text.utf8))
    }

    private func line(_ extra: String, _ columns: Int?) throws -> String {
        SessionListing(width: ListingWidth(columns: columns)).line(of: try entry(extra))
    }

    @Test func `has a short form for a terminal and says all in a pipe`() throws {
        let finished = #","cause":"finished","result":{"exitStatus":3}"#
        #expect(
            try line(finished, nil)
                == "  s-0123456789ab  2026-11-26T09:59:28.123456Z  deploy@web1  uptime  "
                + "finished, exit 3"
        )
        #expect(
            try line(finished, 80)
                == "  s-0123456789ab  11-26 09:59:28  deploy@web1  uptime  exit 3"
        )
    }

    @Test func `tells what was denied from what needed an approval`() throws {
        let end = #","cause":"denied","effect":"#
        #expect(try line(end + #""deny""#, 80).hasSuffix("uptime  denied"))
        #expect(try line(end + #""review""#, 80).hasSuffix("uptime  needs approval"))
    }

    @Test func `never leaves out why a session ended, and what may still run`() throws {
        let locked = #","cause":"locked","remoteEnd":{"state":"left","processes":2}"#
        #expect(try line(locked, 80).hasSuffix("uptime  locked, 2 left"))
        #expect(try line("", 80).hasSuffix("uptime  live"))
    }
}
