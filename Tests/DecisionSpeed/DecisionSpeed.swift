import CommandAnalysis
import Foundation
import PolicyEngine
import StrictYAML

/// Decisions as `scripts/bench decisions` measures them: from the bytes of a command line to the verdict.
///
/// The arguments are a folder of policies, with `production.yaml` and `knowledge/` in it, and a file of
/// texts that NULs separate. The first line that it writes has the nanoseconds that reading the files
/// took, from their bytes on. Then each line that it reads is a question: `round` is answered with
/// the nanoseconds that each text took, `rulings` with a word for each, `hostile` with a line for each
/// hostile text of ``HostileText``, `memory` with the most memory that it ever had, in bytes.
enum DecisionSpeed {
    static func run() {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            print("usage: decision-speed POLICIES FILE")
            exit(2)
        }
        do {
            let files = try files(in: arguments[1])
            let start = now()
            let book = try RuleBook.read(files).value
            answer("\(now() - start)")
            let bytes = try Data(contentsOf: URL(filePath: arguments[2]))
            let texts = bytes.split(separator: 0).map(Array.init)
            let judge = try Judge(book: book)
            while let line = readLine() { answer(try judge.answer(to: line, texts)) }
        } catch {
            print("decision-speed: \(error)")
            exit(1)
        }
    }

    private static func files(in folder: String) throws -> [SourceFile] {
        let knowledge = try FileManager.default.contentsOfDirectory(atPath: folder + "/knowledge")
        let names =
            ["production.yaml"]
            + knowledge.filter { $0.hasSuffix(".yaml") }.sorted()
            .map { "knowledge/" + $0 }
        return try names.map { name in
            let data = try Data(contentsOf: URL(filePath: folder + "/" + name))
            return SourceFile(name: name, bytes: Array(data))
        }
    }

    private static func answer(_ text: String) {
        print(text)
        fflush(nil)
    }

    /// Nanoseconds of a clock that only goes forward.
    static func now() -> Int { nanoseconds(CLOCK_MONOTONIC) }

    /// Nanoseconds for which this process had a processor.
    static func processorTime() -> Int { nanoseconds(CLOCK_PROCESS_CPUTIME_ID) }

    private static func nanoseconds(_ clock: clockid_t) -> Int {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
