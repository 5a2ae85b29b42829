internal import ArgumentParser
internal import Authority
internal import Foundation

/// What commands get from the process they run in.
enum Surroundings {
    /// Where programs are looked for.
    static var programPath: String {
        ProcessInfo.processInfo.environment["PATH"] ?? ProgramSearch.defaultPath
    }

    /// Seconds since 1970.
    static var seconds: UInt64 { UInt64(max(0, Date().timeIntervalSince1970)) }
}

/// Prints what came of a command, or why nothing did.
enum Printing {
    static func result(_ work: () throws -> PrintedResult) throws {
        let result: PrintedResult
        do {
            result = try work()
        } catch let error as ValidationError {
            throw error
        } catch {
            Complaint.write("\(error)")
            throw ExitCode.failure
        }
        FileHandle.standardOutput.write(Data(result.text.utf8))
        for note in result.notes { Complaint.write(note) }
        if result.isFinding { throw ExitCode.failure }
    }

    /// Ends with 0, 1 for warnings, 2 for errors.
    static func report(_ report: HealthReport, asJSON isJSON: Bool) throws -> Never {
        if isJSON {
            try Output.json(report)
        } else {
            for line in report.lines { Output.line(line) }
        }
        throw ExitCode(report.exitStatus)
    }
}
