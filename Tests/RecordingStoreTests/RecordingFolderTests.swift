import Foundation
import Glibc
import Recording
import Testing

@testable import RecordingStore

@Suite struct `the folder of recordings` {
    /// On 14 November 2023.
    private static let seconds: Int64 = 1_700_000_000

    private let temporary: TemporaryFolder
    private let folder: RecordingFolder

    init() throws {
        temporary = try TemporaryFolder()
        folder = try RecordingFolder(path: temporary.path + "/recordings")
    }

    private func mode(_ path: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }

    /// Creates a recording and appends to it as a session process does.
    private func record(
        _ session: String = Samples.session,
        at seconds: Int64 = seconds,
        _ bytes: [UInt8] = []
    ) throws -> String {
        let file = try folder.create(session: session, header: Samples.header(), at: seconds)
        let written = unsafe bytes.withUnsafeBytes { buffer in
            unsafe write(file.descriptorNumber, buffer.baseAddress, buffer.count)
        }
        #expect(written == bytes.count)
        return file.path
    }

    @Test func `has a file for each session, by the UTC day of its start, for the owner only`()
        throws
    {
        let path = try record()

        #expect(path == folder.path + "/2023/11/14/s-0123456789ab.cast")
        #expect(try contents(path) == Samples.header().encoded)
        #expect(try mode(path) == 0o600)
        for part in ["", "/2023", "/2023/11", "/2023/11/14"] {
            #expect(try mode(folder.path + part) == 0o700)
        }
    }

    @Test func `knows whether somebody may still write to a recording`() throws {
        let recording = try RecordingFolder.relativePath(
            session: Samples.session,
            at: Self.seconds
        )
        let file = try folder.create(
            session: Samples.session,
            header: Samples.header(),
            at: Self.seconds
        )
        #expect(try folder.hasWriter(recording) == true)
        let copy = dup(file.descriptorNumber)
        _ = close(file.release())
        #expect(try folder.hasWriter(recording) == true)
        _ = close(copy)
        #expect(try folder.hasWriter(recording) == false)
        // Who only reads it does not count, nor does who asked.
        let reader = unsafe open("\(folder.path)/\(recording)", O_RDONLY)
        #expect(try folder.hasWriter(recording) == false)
        let writer = unsafe open("\(folder.path)/\(recording)", O_WRONLY | O_NONBLOCK)
        #expect(writer >= 0)
        _ = close(reader)
        _ = close(writer)
        try FileManager.default.removeItem(atPath: "\(folder.path)/\(recording)")
        #expect(try folder.hasWriter(recording) == nil)
    }

    @Test(
        arguments: [
            (0, "1970/01/01"), (951_782_399, "2000/02/28"), (951_782_400, "2000/02/29"),
            (4_107_542_399, "2100/02/28"), (4_107_542_400, "2100/03/01"),
            (1_735_689_599, "2024/12/31"), (-5, "1970/01/01"), (Int64.max, "9999/12/04"),
        ] as [(Int64, String)]
    )
    func `knows every day`(seconds: Int64, day: String) throws {
        let place = try RecordingPlace(session: Samples.session, secondsSince1970: seconds)
        let expected = seconds == .max ? "9999" : day
        #expect(place.relativePath.hasPrefix(expected))
    }

    @Test func `gives a descriptor that only appends, and that no other program inherits`() throws {
        let file = try folder.create(session: Samples.session, header: Samples.header(), at: 0)

        let flags = fcntl(file.descriptorNumber, F_GETFL)
        #expect(flags & O_ACCMODE == O_WRONLY)
        #expect(flags & O_APPEND != 0)
        #expect(fcntl(file.descriptorNumber, F_GETFD) & FD_CLOEXEC != 0)
        let number = file.release()
        #expect(close(number) == 0)
    }

    @Test(arguments: [
        "", "s-", "s-0123456789a", "s-0123456789abc", "c-0123456789ab", "s-0123456789aB",
        "s-0123456789ai", "s-0123456789al", "s-../../../../a", "../etc/passwd", "s-01234/6789ab",
        "s-0123456789a\0", "s-0123456789a\n", "S-0123456789ab", "s-0123456789a\u{e9}",
    ])
    func `refuses what is no session id`(session: String) {
        #expect(throws: RecordingStoreError.invalidSession(session)) {
            _ = try folder.create(session: session, header: Samples.header(), at: 0)
        }
        #expect(throws: RecordingStoreError.invalidSession(session)) {
            try folder.settle(session: session, at: 0)
        }
        #expect(throws: RecordingStoreError.self) {
            try folder.locate("2023/11/14/\(session).cast")
        }
    }

    @Test(arguments: [
        "", "s-0123456789ab.cast", "2023/11/14/s-0123456789ab", "2023/11/14/s-0123456789ab.cast/",
        "/2023/11/14/s-0123456789ab.cast", "2023/../14/s-0123456789ab.cast",
        "2023/11/../s-0123456789ab.cast", "2023/1/14/s-0123456789ab.cast",
        "./2023/11/14/s-0123456789ab.cast", "2023//11/s-0123456789ab.cast",
        "2023/11/14/s-0123456789ab.cast.torn",
    ])
    func `refuses what is no place of a recording`(place: String) {
        #expect(throws: RecordingStoreError.invalidPlace(place)) { try folder.locate(place) }
        #expect(throws: RecordingStoreError.invalidPlace(place)) { try folder.settle(place) }
    }

    @Test func `never overwrites a recording, nor follows a link`() throws {
        let path = try record()
        #expect(throws: RecordingStoreError.alreadyExists(path: path)) { try record() }

        let elsewhere = temporary.path + "/elsewhere"
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/2023/11/14/s-00000000000z.cast",
            withDestinationPath: elsewhere
        )
        #expect(throws: RecordingStoreError.self) { try record("s-00000000000z") }
        #expect(!FileManager.default.fileExists(atPath: elsewhere))

        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/1970",
            withDestinationPath: temporary.path
        )
        #expect(throws: RecordingStoreError.self) { try record("s-00000000000y", at: 0) }
    }

    @Test func `is refused when others may look into it`() throws {
        #expect(unsafe chmod(folder.path, 0o750) == 0)

        let error = RecordingStoreError.exposedFolder(path: folder.path, mode: 0o750)
        #expect(throws: error) { try RecordingFolder(path: folder.path) }
        #expect(throws: error) { try record() }
        #expect(error.description.hasSuffix("has mode 0750 and is open to others: make it 0700"))
    }

    @Test func `finds a recording on whatever day it was made`() throws {
        let early = try record("s-000000000001", at: 0)
        let late = try record("s-000000000002")

        #expect(try folder.locate("1970/01/01/s-000000000001.cast") == early)
        #expect(try folder.locate("2023/11/14/s-000000000002.cast") == late)
        #expect(try folder.locate("2023/11/14/s-000000000003.cast") == nil)
    }

    @Test func `looks at no other day than that of the session`() throws {
        _ = try record()
        // A listing of this folder would fail.
        try Data().write(to: URL(filePath: folder.path + "/2024"))

        #expect(try folder.settle("2023/11/14/s-0123456789ab.cast") != nil)
        #expect(try folder.settle("1970/01/01/s-0123456789ab.cast") == nil)
    }

    // MARK: what is left behind

    private func lines(_ body: (inout EventEncoder, inout [UInt8]) -> Void) -> [UInt8] {
        var encoder = EventEncoder(addsCarriageReturns: false)
        var lines: [UInt8] = []
        body(&encoder, &lines)
        return lines
    }

    private var greeting: [UInt8] {
        lines { encoder, buffer in
            encoder.output(
                Array("hello".utf8).span,
                of: .standardOutput,
                at: 5_000_000_000,
                into: &buffer
            )
        }
    }

    @Test func `settles a closed recording without a change`() throws {
        let path = try record(
            Samples.session,
            greeting + lines { $0.fact(Samples.end, at: 0, into: &$1) }
        )
        let before = try contents(path)

        let settlement = try #require(try folder.settle(session: Samples.session, at: Self.seconds))
        #expect(settlement.wasClosed)
        #expect(settlement.bytes == UInt64(before.count))
        #expect(try contents(path) == before)
    }

    @Test func `cuts a torn line, keeps it beside, and says so in the recording`() throws {
        let torn = Array(#"[6.000000,"o","half a li"#.utf8)
        let path = try record(Samples.session, greeting + torn)

        let settlement = try #require(try folder.settle(session: Samples.session, at: Self.seconds))

        #expect(!settlement.wasClosed)
        #expect(settlement.cutBytes == UInt64(torn.count))
        #expect(settlement.tornFile == "s-0123456789ab.cast.torn")
        #expect(try contents(path + ".torn") == torn)
        #expect(try mode(path + ".torn") == 0o600)
        let recovered =
            #"[5.000010,"F","{\"kind\":\"recovered\",\"cut_bytes\":24,"#
            + #"\"torn_file\":\"s-0123456789ab.cast.torn\"}"]"# + "\n"
        let expected = Samples.header().encoded + greeting + Array(recovered.utf8)
        #expect(try contents(path) == expected)
        #expect(settlement.bytes == UInt64(expected.count))
        #expect(try folder.settle(session: Samples.session, at: Self.seconds)?.wasClosed == true)
    }

    @Test func `closes a recording that ends in a whole line, or in its header`() throws {
        _ = try record("s-000000000001", greeting)
        _ = try record("s-000000000002")

        for session in ["s-000000000001", "s-000000000002"] {
            let settlement = try #require(try folder.settle(session: session, at: Self.seconds))
            #expect(!settlement.wasClosed)
            #expect(settlement.cutBytes == 0)
            #expect(settlement.tornFile == nil)
        }
    }

    @Test func `cuts blocks of zeros and lines that are no events, but only from the end`() throws {
        let junk = [UInt8](repeating: 0, count: 5000) + Array("\nno event\n".utf8)
        let path = try record(Samples.session, greeting + junk + greeting + junk)

        let settlement = try #require(try folder.settle(session: Samples.session, at: Self.seconds))
        #expect(settlement.cutBytes == UInt64(junk.count))
        let kept = Samples.header().encoded + greeting + junk + greeting
        #expect(try contents(path).starts(with: kept))
    }

    @Test func `finds the end of a recording behind a long torn line`() throws {
        let torn = Array(#"[6.000000,"o",""#.utf8) + [UInt8](repeating: 0x61, count: 3_000_000)
        _ = try record(Samples.session, greeting + torn)

        let settlement = try #require(try folder.settle(session: Samples.session, at: Self.seconds))
        #expect(settlement.cutBytes == UInt64(torn.count))
    }

    @Test func `leaves a file alone that was never a recording, and goes on with others`() throws {
        let path = try record("s-000000000001")
        try Data("garbage".utf8).write(to: URL(filePath: path))
        _ = try record("s-000000000002")

        #expect(throws: RecordingStoreError.self) {
            try folder.settle(session: "s-000000000001", at: Self.seconds)
        }
        #expect(try contents(path) == Array("garbage".utf8))
        #expect(try folder.settle(session: "s-000000000002", at: Self.seconds) != nil)
    }

    @Test func `keeps what was cut each time`() throws {
        let path = try record()
        for attempt in 1...2 {
            let handle = try FileHandle(forWritingTo: URL(filePath: path))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("torn \(attempt)".utf8))
            try handle.close()
            _ = try folder.settle(session: Samples.session, at: Self.seconds)
        }

        #expect(try contents(path + ".torn") == Array("torn 1".utf8))
        #expect(try contents(path + ".torn-2") == Array("torn 2".utf8))
    }

    @Test func `repairs a recording that was cut anywhere, and it plays`() throws {
        let whole =
            greeting
            + lines { encoder, buffer in
                encoder.output([0xff, 0xe2].span, of: .standardError, at: 1, into: &buffer)
                encoder.fact(Samples.end, at: 2, into: &buffer)
            }
        for length in 0..<whole.count {
            let digits = String(length)
            let session = "s-" + String(repeating: "0", count: 12 - digits.count) + digits
            let path = try record(session, Array(whole[..<length]))
            let settlement = try #require(try folder.settle(session: session, at: Self.seconds))

            #expect(!settlement.wasClosed)
            var reader = CastReader()
            reader.feed(try contents(path)[...])
            var last: CastReader.Item?
            while let item = try reader.next() { last = item }
            #expect(try reader.finish().cutBytes == 0)
            guard case .event(let event) = last, case .fact(.recovered) = event.kind else {
                Issue.record("the last event of \(length) is \(String(describing: last))")
                continue
            }
        }
    }
}
