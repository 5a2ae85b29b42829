import Foundation

/// The session processes of a lab.
extension Lab {
    /// What the bastion started: `/proc` names the program of such a process to root alone.
    private func sessionProcesses() throws -> [Int] {
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
}
