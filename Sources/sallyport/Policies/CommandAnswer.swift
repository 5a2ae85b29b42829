internal import ArgumentParser
internal import StrictYAML

/// What a command has to say, and how it ends.
struct CommandAnswer: Equatable {
    /// The status where files that a command needs are refused.
    static let refusedStatus: Int32 = 2

    /// For the standard output.
    var lines: [String] = []
    /// For the standard error.
    var complaints: [String] = []
    var exitStatus: Int32 = 0

    /// The answer, or why files are refused.
    static func of(_ work: () throws -> CommandAnswer) throws -> CommandAnswer {
        do {
            return try work()
        } catch let error as RefusedFiles {
            return CommandAnswer(complaints: [error.description], exitStatus: refusedStatus)
        }
    }

    func print() throws {
        for complaint in complaints { Complaint.write(complaint) }
        for line in lines { Output.line(line) }
        if exitStatus != 0 { throw ExitCode(exitStatus) }
    }
}

/// A command that reads files and answers, so that a test can ask it.
protocol AnsweringCommand: ParsableCommand {
    func answer() throws -> CommandAnswer
}

extension AnsweringCommand {
    func run() throws { try answer().print() }
}
