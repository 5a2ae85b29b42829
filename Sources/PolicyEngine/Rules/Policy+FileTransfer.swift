internal import CommandAnalysis

/// What the policies that are for a request make of file transfer.
enum FileTransferRuling: Equatable {
    /// There are rules about files, which it could break.
    case refused([RuleID], PolicyMode)
    /// A policy says that nobody need look.
    case unchecked(PolicyMode)
    /// No rule speaks of files in particular: they are judged as any other action.
    case byRules
}

extension Policy {
    func fileTransfer(for context: RequestContext) -> FileTransferRuling {
        let scopes = scopes(of: context)
        let mode = mode(for: scopes)
        var refusing: [RuleID] = []
        var isUnchecked = false
        for (number, document) in documents.enumerated()
        where scopes[number] != .no && (mode != .enforce || document.mode == .enforce) {
            let isPermitted =
                document.permitsUncheckedTransfer && scopes[number] == .yes
                && context.principal.kind == .human
            if isPermitted {
                isUnchecked = true
            } else {
                refusing += rulesAboutFiles(ofDocument: number, context)
            }
        }
        if !refusing.isEmpty { return .refused(refusing, mode) }
        return isUnchecked ? .unchecked(mode) : .byRules
    }

    private func rulesAboutFiles(ofDocument document: Int, _ context: RequestContext) -> [RuleID] {
        rules.filter { rule in
            rule.document == document && rule.speaksOfFiles
                && rule.scope?.match(context) != PatternMatch.no
        }.map(\.id)
    }
}

extension Rule {
    /// Whether it is about files in particular; one about `any` is not.
    fileprivate var speaksOfFiles: Bool {
        actions.count < Action.allCases.count && actions.contains { $0.rawValue.hasPrefix("file.") }
    }
}
