import Foundation

/// The session processes of a lab.
extension Lab {
    /// How many wait for a client: two by the settings, and four that may have been started for clients
    /// who did not wait for them.
    static let spares = 2 + 4

    /// What the bastion started: `/proc` names the program of such a process to root alone.
    func sessionProcesses() throws -> [Int] {
        let bastion = try bastionProcess
        return try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int.init)
            .filter { process in
                let lines = status(of: process)
                return lines.contains("PPid:\t\(bastion)")
                    && lines.contains("Name:\tsallyport-sessi")
            }
    }

    /// Empty where it ended.
    private func status(of process: Int) -> [Substring] {
        let status = FileManager.default.contents(atPath: "/proc/\(process)/status") ?? Data()
        return String(decoding: status, as: UTF8.self).split(separator: "\n")
    }

    /// What the largest of them holds in memory of its own; nil where there is none.
    ///
    /// Pages of its program do not count: whoever looks through its memory brings them all in.
    func largestResidentKiB() throws -> Int? {
        try sessionProcesses().map { process in
            let line = status(of: process).first { $0.hasPrefix("RssAnon:") }
            return line?.split(separator: " ").compactMap { Int($0) }.first ?? 0
        }.max()
    }

    /// How many files and sockets the bastion has open.
    func openDescriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(try bastionProcess)/fd").count
    }
}
