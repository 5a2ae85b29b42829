internal import CommandAnalysis
internal import SSHWire
internal import ShellSyntax

/// Decides from the grants and the rules of one snapshot.
///
/// It reads no clock, opens nothing and throws nothing: what goes wrong while deciding is a denial.
package struct CommandDecider: Sendable {
    package let grants: GrantsDecider
    package let book: RuleBook

    package init(grants: GrantsDecider, book: RuleBook) {
        self.grants = grants
        self.book = book
    }

    package func decide(_ request: AuthorizationRequest) -> Decision {
        let allowing: [RuleID]
        do throws(Denial) {
            allowing = try grants.grants(for: request)
        } catch {
            return .denied(error)
        }
        guard let target = grants.inventory.target(named: request.target) else {
            return .denied(.noGrant)
        }
        let situation = request.situation(on: target)
        let judgement: CommandJudgement =
            switch request.kind {
            case .exec: book.judge(request.commandLine, in: situation)
            // What is typed into a shell, or sent to it, is not read.
            case .shell:
                book.judge([.ofRequest(.codeRun), .ofRequest(.terminalInteractive)], in: situation)
            case .terminal: book.judge([.ofRequest(.terminalInteractive)], in: situation)
            case .sftp: book.judgeFileTransfer(in: situation)
            }
        return Decision(on: judgement, grants: allowing, claims: request.claims)
    }
}

extension AuthorizationRequest {
    fileprivate func situation(on target: Target) -> CommandSituation {
        var situation = CommandSituation(
            context: RequestContext(
                principal: subject,
                roles: roles,
                onBehalfOf: onBehalfOf,
                target: target.name,
                labels: target.labels,
                login: login,
                sourceAddress: sourceAddress,
                unixSeconds: unixSeconds,
                claims: claims
            )
        )
        situation.input = input
        situation.hasTerminal = hasTerminal
        situation.shell = target.shell
        situation.bashVersion = target.bashVersion
        situation.environment = environment
        return situation
    }
}
