package import CommandAnalysis

/// Requests that are no command lines.
extension RuleBook {
    /// Judges what a request is, whatever is done by it later.
    package func judge(
        _ actions: [ForeseenAction],
        in situation: CommandSituation
    ) -> CommandJudgement {
        CommandJudgement(
            verdict: RuleDecider(policy: policy).judge(actions, in: situation.context),
            actions: actions
        )
    }

    /// Judges SFTP, whose single operations nobody holds against the rules yet.
    ///
    /// Rules about files could be broken by it: where there are some, it is denied, but for people
    /// whose policy says `file-transfer: unchecked`. Where there are none, it reads, writes and
    /// removes files of which nothing is known.
    package func judgeFileTransfer(in situation: CommandSituation) -> CommandJudgement {
        let actions = [Action.fileRead, .fileWrite, .fileDelete, .filePermission].map {
            ForeseenAction.ofRequest($0)
        }
        switch policy.fileTransfer(for: situation.context) {
        case .unchecked(let mode):
            return CommandJudgement(verdict: RuleVerdict(.permit, mode: mode), actions: actions)
        case .refused(let rules, let mode):
            return CommandJudgement(
                verdict: RuleVerdict(.deny, mode: mode),
                actions: actions,
                uncheckedTransfer: rules
            )
        case .byRules: return judge(actions, in: situation)
        }
    }
}
