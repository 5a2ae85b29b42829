/// Where a program writes to.
package enum OutputStream: String, Hashable, Sendable, CaseIterable {
    case standardOutput = "stdout"
    case standardError = "stderr"
}

/// One of the three streams of a session channel.
package enum RecordedStream: String, Hashable, Sendable, CaseIterable {
    case standardInput = "stdin"
    case standardOutput = "stdout"
    case standardError = "stderr"
}
