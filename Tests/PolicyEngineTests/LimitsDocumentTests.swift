import TestSupport
import Testing

@testable import PolicyEngine

@Suite struct `the document of limits` {
    private static let limits: [String: String] = [
        "CommandLimits.commandLineBytes": WrittenLimit.bytes(CommandLimits.commandLineBytes),
        "CommandLimits.wrappedBytes": WrittenLimit.bytes(CommandLimits.wrappedBytes),
        "CommandLimits.environmentNameBytes": WrittenLimit.bytes(
            CommandLimits.environmentNameBytes
        ),
        "CommandLimits.environmentValueBytes": WrittenLimit.bytes(
            CommandLimits.environmentValueBytes
        ),
        "CommandLimits.environmentCount": WrittenLimit.count(CommandLimits.environmentCount),
        "EnvironmentAllowList.maximumLocaleBytes": WrittenLimit.bytes(
            EnvironmentAllowList.maximumLocaleBytes
        ),
        "AddressedTarget.maximumBytes": WrittenLimit.bytes(AddressedTarget.maximumBytes),
        "TargetName.maximumBytes": WrittenLimit.bytes(TargetName.maximumBytes),
        "Login.maximumBytes": WrittenLimit.bytes(Login.maximumBytes),
        "PrincipalName.maximumBytes": WrittenLimit.bytes(PrincipalName.maximumBytes),
        "Role.maximumBytes": WrittenLimit.bytes(Role.maximumBytes),
        "Role.maximumCount": WrittenLimit.count(Role.maximumCount),
        "PrincipalReader.maximumKeys": WrittenLimit.count(PrincipalReader.maximumKeys),
        "KeyType.rsaModulusBits": WrittenLimit.counts(KeyType.rsaModulusBits),
        "TargetReader.maximumHostKeys": WrittenLimit.count(TargetReader.maximumHostKeys),
        "TargetReader.maximumLogins": WrittenLimit.count(TargetReader.maximumLogins),
        "LabelReader.maximumCount": WrittenLimit.count(LabelReader.maximumCount),
        "LabelReader.maximumBytes": WrittenLimit.bytes(LabelReader.maximumBytes),
        "TargetReader.maximumSourceAddresses": WrittenLimit.count(
            TargetReader.maximumSourceAddresses
        ),
        "TargetReader.certificateLifetime": WrittenLimit.times(TargetReader.certificateLifetime),
        "TargetReader.maximumSFTPBytes": WrittenLimit.bytes(TargetReader.maximumSFTPBytes),
        "TargetShell.maximumBytes": WrittenLimit.bytes(TargetShell.maximumBytes),
        "GrantReader.maximumItems": WrittenLimit.count(GrantReader.maximumItems),
        "AuthorityReader.maximumNameBytes": WrittenLimit.bytes(AuthorityReader.maximumNameBytes),
        "RuleID.maximumBytes": WrittenLimit.bytes(RuleID.maximumBytes),
        "Decision.maximumDeterminingRules": WrittenLimit.count(
            Decision.maximumDeterminingRules
        ),
        "PolicyReader.maximumRules": WrittenLimit.count(PolicyReader.maximumRules),
        "PolicySets.maximumValues": WrittenLimit.count(PolicySets.maximumValues),
        "ConditionReader.maximumConditions": WrittenLimit.count(
            ConditionReader.maximumConditions
        ),
        "ScopeReader.maximumItems": WrittenLimit.count(ScopeReader.maximumItems),
        "RuleReader.quorum": WrittenLimit.counts(RuleReader.quorum),
        "RuleReader.timeLimit": WrittenLimit.times(RuleReader.timeLimit),
        "RuleReader.maximumProseBytes": WrittenLimit.bytes(RuleReader.maximumProseBytes),
        "RuleReader.maximumClaims": WrittenLimit.count(RuleReader.maximumClaims),
        "RuleDecider.maximumUnits": WrittenLimit.count(RuleDecider.maximumUnits),
        "ConditionMatcher.maximumBytes": WrittenLimit.count(ConditionMatcher.maximumBytes),
        "RuleVerdict.maximumJudged": WrittenLimit.count(RuleVerdict.maximumJudged),
        "Denial.maximumShownRules": WrittenLimit.count(Denial.maximumShownRules),
        "Refusal.maximumShownParts": WrittenLimit.count(Refusal.maximumShownParts),
        "Refusal.maximumShownActions": WrittenLimit.count(Refusal.maximumShownActions),
        "Refusal.maximumActionScalars": WrittenLimit.count(Refusal.maximumActionScalars),
        "Refusal.maximumFieldScalars": WrittenLimit.count(Refusal.maximumFieldScalars),
        "ShownLine.maximumColumns": WrittenLimit.count(ShownLine.maximumColumns),
        "CheckedCommand.maximumLineScalars": WrittenLimit.count(CheckedCommand.maximumLineScalars),
        "BookComparison.maximumShownScalars": WrittenLimit.count(
            BookComparison.maximumShownScalars
        ),
        "RefusalTally.maximumShownScalars": WrittenLimit.count(RefusalTally.maximumShownScalars),
        "RefusalTally.maximumValues": WrittenLimit.count(RefusalTally.maximumValues),
        "RuleCondition.maximumShownPatterns": WrittenLimit.count(
            RuleCondition.maximumShownPatterns
        ),
        "Explanation.maximumShownCharacters": WrittenLimit.count(
            Explanation.maximumShownCharacters
        ),
        "KnowledgeLimits.files": WrittenLimit.count(KnowledgeLimits.files),
        "KnowledgeLimits.programs": WrittenLimit.count(KnowledgeLimits.programs),
        "KnowledgeLimits.nameBytes": WrittenLimit.bytes(KnowledgeLimits.nameBytes),
        "KnowledgeLimits.spellings": WrittenLimit.count(KnowledgeLimits.spellings),
        "KnowledgeLimits.commands": WrittenLimit.count(KnowledgeLimits.commands),
        "KnowledgeLimits.commandDepth": WrittenLimit.count(KnowledgeLimits.commandDepth),
        "KnowledgeLimits.likeDepth": WrittenLimit.count(KnowledgeLimits.likeDepth),
        "KnowledgeLimits.usages": WrittenLimit.count(KnowledgeLimits.usages),
        "KnowledgeLimits.effects": WrittenLimit.count(KnowledgeLimits.effects),
        "KnowledgeLimits.words": WrittenLimit.count(KnowledgeLimits.words),
        "KnowledgeLimits.paths": WrittenLimit.count(KnowledgeLimits.paths),
        "KnowledgeLimits.variables": WrittenLimit.count(KnowledgeLimits.variables),
        "KnowledgeLimits.variablePrograms": WrittenLimit.count(KnowledgeLimits.variablePrograms),
    ]

    @Test func `says every limit of this target as the code has it, and no other`() throws {
        let written = try LimitsDocument().limits(under: "## Policy and inventory")
        #expect(written == Self.limits)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let declared = try DeclaredLimits(in: "PolicyEngine").names
        #expect(declared.subtracting(Self.limits.keys) == [])
    }
}
