import PolicyEngine
import SessionProtocol

/// Whether files can be transferred.
enum FileTransferFindings {
    static func findings(_ evidence: TargetEvidence) -> [Diagnosis] {
        guard let command = evidence.target.sftp else {
            return [.ok("file-transfer", "`sftp: none`")]
        }
        let remedy =
            "sshd_config needs `Subsystem sftp internal-sftp`; `sftp:` in the inventory must be a "
            + "command that the target has, or `none`"
        switch evidence.fileTransfer {
        case nil: return []
        case .failure(let error):
            return [
                .error(
                    "file-transfer",
                    "the subsystem `sftp` does not start: \(error.failure)",
                    remedy
                )
            ]
        case .success(let performance):
            guard performance.output.isEmpty else {
                return [
                    .error(
                        "file-transfer",
                        "something prints into SFTP: \(SessionFindings.shown(performance.output))",
                        "a start-up file of `\(evidence.login)` must not print"
                    )
                ]
            }
            switch performance.result {
            // It was given no packet, only the end of its input.
            case .exitStatus(0): return [.ok("file-transfer", "`\(command)` starts")]
            case .exitStatus(let status):
                return [
                    .error(
                        "file-transfer",
                        "`\(PrintableText.escaped(command))` ends with status \(status)",
                        remedy
                    )
                ]
            case .exitSignal, .none:
                return [
                    .error(
                        "file-transfer",
                        "`\(PrintableText.escaped(command))` does not end by itself",
                        remedy
                    )
                ]
            }
        }
    }
}
