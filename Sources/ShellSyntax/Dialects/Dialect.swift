/// The shell whose language is read.
public enum Dialect: String, Hashable, Sendable, CaseIterable {
    /// bash 5.2
    case bash
    /// What dash 0.5.12 accepts: POSIX sh and little more.
    case posix

    /// What this dialect has of what not all dialects have.
    public func has(_ feature: Feature) -> Bool { features.contains(feature) }

    public var features: FeatureSet {
        switch self {
        case .bash: Self.featuresOfBash
        case .posix: Self.featuresOfPOSIX
        }
    }

    private static let featuresOfBash = FeatureSet(Feature.allCases.filter { $0.isOfBash })
    private static let featuresOfPOSIX = FeatureSet(Feature.allCases.filter { !$0.isOfBash })

    public struct FeatureSet: Hashable, Sendable {
        private let bits: UInt64

        init(_ features: [Feature]) {
            bits = features.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
        }

        @inline(__always)
        public func contains(_ feature: Feature) -> Bool {
            bits >> UInt64(feature.rawValue) & 1 == 1
        }
    }
}

/// All in which the dialects differ: the one table.
public enum Feature: UInt8, Hashable, Sendable, CaseIterable {
    // Only bash
    case conditionalCommand  // [[ … ]]
    case arithmeticCommand  // (( … )), for ((;;))
    case selectLoop
    case coprocess
    case timeKeyword
    case functionKeyword
    case anyFunctionName  // names that are no names of variables
    case repeatedNegation  // ! ! command, ! and time alone
    case bracedLoopBody  // for i in a; { …; }
    case caseFallThrough  // ;& ;;&
    case ansiCQuoting  // $'…'
    case localeQuoting  // $"…"
    case bracketArithmetic  // $[…]
    case processSubstitution
    case braceExpansion
    case extendedGlob
    case arrays  // a=(…), a[…]=, a+=
    case bashParameterOperators  // ${a:1:2} ${a/b/c} ${a^} ${a@Q} ${!a}
    case hereString
    case redirectionOfBoth  // &> &>>
    case pipeOfBoth  // |&
    case descriptorVariable  // {name}>
    case multiDigitDescriptor  // 10>
    case tildeInArguments  // make prefix=~/x
    case joinedHereDocuments  // lines are joined before all else in them is read
    case aliasEndsWord  // what stands behind an alias does not go on with its last word

    // Only dash
    case anyFunctionBody  // f() echo
    case noSpecialFunctionNames  // set() { …; } is refused
    case eagerSubstitutions  // errors in `…`, here-documents and ${…} are found while reading
    case aliasesAfterReservedWords  // a reserved word is none any more where an alias has its name
    case anyAliasExpandsNext  // of aliases that end together, not only the outermost one

    var isOfBash: Bool { rawValue <= Feature.aliasEndsWord.rawValue }
}
