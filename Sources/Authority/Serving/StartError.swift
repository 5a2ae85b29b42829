package import AuditTrail
package import RecordingStore
package import StrictYAML

/// Why the authority does not serve.
package enum StartError: Error, Hashable, Sendable, CustomStringConvertible {
    case settings(RefusedFiles)
    case key(KeyLoadingError)
    case store(StoreError, path: String)
    case recordings(RecordingStoreError)
    case export(ExportError)
    case account(ProcessAccountError)
    case handover(HandoverError)
    case sessionProcess(String)
    case decider(String)
    case cannotListen(address: String, reason: String)
    case system(String)

    package var description: String {
        switch self {
        case .settings(let findings): findings.description
        case .key(let error): error.description
        case .store(let error, let path): error.description(of: path)
        case .recordings(let error): error.description
        case .export(let error): error.description
        case .account(let error): error.description
        case .handover(let error): error.description
        case .sessionProcess(let reason): reason
        case .decider(let reason): "the decider does not start: \(reason)"
        case .cannotListen(let address, let reason): "cannot listen at \(address): \(reason)"
        case .system(let reason): reason
        }
    }
}
