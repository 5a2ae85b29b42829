/// One thing that was looked at, and how it is.
package struct Diagnosis: Hashable, Sendable, Codable {
    package enum Level: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
        case ok
        /// It works, and not as well or as safely as it could.
        case warning
        /// It does not work, or is not safe.
        case error

        package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .ok: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// What was looked at: a word that programs may rely on.
    package let subject: String
    package let level: Level
    /// A line, or one for each finding of a file; everything foreign in it is escaped.
    package let text: String
    /// What to do; nil where nothing is to be done.
    package let remedy: String?

    init(_ subject: String, _ level: Level, _ text: String, remedy: String? = nil) {
        self.subject = subject
        self.level = level
        self.text = text
        self.remedy = remedy
    }

    static func ok(_ subject: String, _ text: String) -> Diagnosis {
        Diagnosis(subject, .ok, text)
    }

    static func warning(_ subject: String, _ text: String, _ remedy: String) -> Diagnosis {
        Diagnosis(subject, .warning, text, remedy: remedy)
    }

    static func error(_ subject: String, _ text: String, _ remedy: String) -> Diagnosis {
        Diagnosis(subject, .error, text, remedy: remedy)
    }
}

/// Everything that a doctor found.
package struct HealthReport: Hashable, Sendable, Codable {
    /// The worst of all.
    package let level: Diagnosis.Level
    package let findings: [Diagnosis]

    package init(_ findings: [Diagnosis]) {
        self.findings = findings
        level = findings.map(\.level).max() ?? .ok
    }

    /// Of a bastion that does not answer.
    package init(unanswered error: AdminError) {
        let remedy: String
        switch error {
        case .notServing: remedy = "start it: `sallyport serve`"
        case .silent, .lost: remedy = "look at its log and at the load of the machine"
        case .settings: remedy = "name the socket: `--socket PATH`, or SALLYPORT_SOCKET"
        case .refused: remedy = "list this account among the `administrators`, a viewer will do"
        case .malformed, .noDescriptor: remedy = "use programs of one release"
        }
        self.init([.error("serving", error.description, remedy)])
    }

    /// 0, 1 for warnings, 2 for errors.
    package var exitStatus: Int32 {
        switch level {
        case .ok: 0
        case .warning: 1
        case .error: 2
        }
    }

    /// For people: what was found, and under it what to do.
    package var lines: [String] {
        findings.flatMap { finding -> [String] in
            let level = finding.level.rawValue
            let padding = String(repeating: " ", count: max(0, 8 - level.count))
            var lines: [String] = []
            for (number, line) in finding.text.split(whereSeparator: \.isNewline).enumerated() {
                lines.append(
                    number == 0
                        ? "\(level)\(padding)\(finding.subject): \(line)" : "          \(line)"
                )
            }
            if let remedy = finding.remedy { lines.append("          → \(remedy)") }
            return lines
        }
    }
}
