import AuditTrail
import Crypto
import Logging
import MessageSockets
import PolicyEngine
import Recording
import RecordingStore
import SessionProtocol

/// The recording of a session, from its header to its last byte.
extension ServedSession {
    private enum Created: Sendable {
        case file(Descriptor)
        case failed(reason: String)
    }

    private struct Settled: Sendable {
        enum Outcome: Sendable {
            case closed(bytes: UInt64)
            case recovered(cutBytes: UInt64, bytes: UInt64)
            case failed(reason: String)
        }

        let outcome: Outcome
        /// How large it is once nobody can write to it any more; nil where somebody may.
        var finalBytes: UInt64?
    }

    var seconds: Int64 { moment.microsecondsSince1970 / 1_000_000 }

    /// Relative to the folder of recordings.
    var relativeRecordingPath: String? {
        do {
            return try RecordingFolder.relativePath(session: plan.session, at: seconds)
        } catch {
            // Our own identifiers are valid.
            preconditionFailure("\(error)")
        }
    }

    var commandDigest: String { Hexadecimal.text(SHA256.hash(data: plan.commandLine)) }

    func createRecording(_ admitted: AdmittedSession) {
        isMakingRecording = true
        let header = header(admitted)
        let (folder, session, seconds) = (services.recordings, plan.session, seconds)
        let ticket = services.reactor.expect { [weak self] (created: Created?) in
            self?.recordingCreated(created ?? .failed(reason: "too many files are being made"))
        }
        services.work.run(
            {
                do throws(RecordingStoreError) {
                    let file = try folder.create(session: session, header: header, at: seconds)
                    return .file(Descriptor(adopting: file.release()))
                } catch {
                    return .failed(reason: error.description)
                }
            },
            fulfilling: ticket
        )
    }

    private func header(_ admitted: AdmittedSession) -> RecordingHeader {
        let request: RecordedSession.Request =
            switch plan.program {
            case .exec: .exec
            case .shell: .shell
            case .subsystem(let name): .subsystem(name: name)
            }
        var header = RecordingHeader(
            columns: plan.terminal?.columns ?? 80,
            rows: plan.terminal?.rows ?? 24,
            timestamp: seconds,
            hasTerminal: plan.terminal != nil,
            session: RecordedSession(
                connection: plan.connection,
                session: plan.session,
                principal: plan.principal.name.description,
                onBehalfOf: plan.principal.owner?.description,
                target: admitted.address.target.name.name,
                login: admitted.address.login.name,
                request: request
            )
        )
        header.terminalType = plan.terminal?.type
        if case .exec(let commandLine) = plan.program { header.command = commandLine }
        return header
    }

    private func recordingCreated(_ created: Created) {
        isMakingRecording = false
        switch created {
        case .file(let file):
            hasRecording = true
            recording = file
        case .failed(let reason):
            logger.error("a recording cannot be made", metadata: ["reason": "\(reason)"])
            guard connection.update(number, { $0.told() }) == true else { break }
            return refuse(.cannotRecord(reason))
        }
        switch connection.update(number, { $0.recordingCreated() }) {
        case .permit(let admitted): permit(admitted)
        case .wait: break
        case .retry, .discard, nil: recording = nil
        }
        recordingAwaited?()
        recordingAwaited = nil
    }

    /// Closes what a process may have left open; `completion` gets its size and what was wrong with it.
    func settleRecording(completion: @escaping (UInt64?, String?) -> Void) {
        guard !isMakingRecording else {
            // What only has its header when the session is over already is closed, too.
            recordingAwaited = { [self] in settleRecording(completion: completion) }
            return
        }
        guard hasRecording, let path = relativeRecordingPath else { return completion(nil, nil) }
        let folder = services.recordings
        let ticket = services.reactor.expect { [self] (settled: Settled?) in
            let settled =
                settled ?? Settled(outcome: .failed(reason: "too many files are being closed"))
            let (bytes, detail) = told(settled.outcome)
            services.storage.settled(self, bytes, finally: settled.finalBytes)
            completion(bytes, detail)
        }
        services.work.run(
            {
                // Its own writing must not be taken for the process's, so it comes first.
                let outcome = Self.settle(path, in: folder)
                return Settled(outcome: outcome, finalBytes: folder.finalBytes(of: path))
            },
            fulfilling: ticket
        )
    }

    private static func settle(_ recording: String, in folder: RecordingFolder) -> Settled.Outcome {
        do throws(RecordingStoreError) {
            guard let settlement = try folder.settle(recording) else {
                return .failed(reason: "it is not there any more")
            }
            return settlement.wasClosed
                ? .closed(bytes: settlement.bytes)
                : .recovered(cutBytes: settlement.cutBytes, bytes: settlement.bytes)
        } catch {
            return .failed(reason: error.description)
        }
    }

    /// Records what had to be repaired; gives the size, and what was wrong.
    private func told(_ outcome: Settled.Outcome) -> (UInt64?, String?) {
        switch outcome {
        case .closed(let bytes): return (bytes, nil)
        case .recovered(let cutBytes, let bytes):
            let event = AuditEvent.RecordingRecovered(bytesCut: cutBytes)
            services.auditor.note(.recordingRecovered(event), about: plan.attribution)
            return (bytes, "the recording was closed for its process")
        case .failed(let reason):
            logger.error("a recording is not whole", metadata: ["reason": "\(reason)"])
            return (nil, "the recording: \(reason)")
        }
    }
}

extension AuditEvent.SessionEnded {
    /// The same with the size of the recording, and one more detail.
    func adding(recordingBytes: UInt64?, _ more: String?) -> Self {
        adding(remoteEnd, recordingBytes, more)
    }

    /// The same with what became of the program on its target, and one more detail.
    func adding(_ remoteEnd: AuditEvent.RemoteEnd?, _ more: String?) -> Self {
        adding(remoteEnd, recordingBytes, more)
    }

    private func adding(
        _ remoteEnd: AuditEvent.RemoteEnd?,
        _ recordingBytes: UInt64?,
        _ more: String?
    ) -> Self {
        let details = [detail, more].compactMap { $0 }
        return Self(
            cause: cause,
            result: result,
            remoteEnd: remoteEnd,
            bytes: bytes,
            recordingBytes: recordingBytes,
            detail: details.isEmpty ? nil : details.joined(separator: "; ")
        )
    }
}

extension ProgramRequest {
    /// In a few words.
    var summary: String {
        switch self {
        case .exec(let commandLine):
            "`" + PrintableText.escaped(String(decoding: commandLine, as: UTF8.self), limit: 256)
                + "`"
        case .shell: "a shell"
        case .subsystem(let name): "the subsystem `\(PrintableText.escaped(name))`"
        }
    }
}
