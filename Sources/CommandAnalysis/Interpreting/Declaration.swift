import ShellSyntax

/// What the options of a declaration say.
struct Declaration {
    var isLocal: Bool
    var exports: Bool
    /// `declare -g`: whatever functions have under this name is left alone.
    var isGlobal = false
    /// `local -I`.
    var inherits = false
    var isInteger = false
    var isIndexed = false
    var isAssociative = false
    var isReference = false
    var isFunction = false
    var caseChange: Variable.CaseChange?
    var isPerhapsReference = false
    var isPerhapsCaseChange = false
    /// Whether one of the options is none.
    var hasFailed = false

    init(isLocal: Bool, exports: Bool) {
        self.isLocal = isLocal
        self.exports = exports
    }

    var changesValue: Bool { isInteger || isAssociative || caseChange != nil }

    var isArray: Bool { isIndexed || isAssociative }

    /// Whether what is assigned later is read in another way.
    var changesMeaning: Bool { changesValue || isIndexed || isReference }

    mutating func read(_ option: ShellText) {
        let isOn = option.utf8.first == UInt8(ascii: "-")
        for letter in option.utf8.dropFirst() {
            switch letter {
            case UInt8(ascii: "i"): isInteger = isOn
            case UInt8(ascii: "a"): isIndexed = isOn
            case UInt8(ascii: "I"): inherits = isOn
            case UInt8(ascii: "A"): isAssociative = isOn
            case UInt8(ascii: "n"): isReference = isOn && !exports
            case UInt8(ascii: "l"): caseChange = isOn ? .lower : nil
            case UInt8(ascii: "u"): caseChange = isOn ? .upper : nil
            case UInt8(ascii: "x"): exports = isOn
            case UInt8(ascii: "f"): isFunction = isOn
            case UInt8(ascii: "g") where isOn: isGlobal = true
            default: continue
            }
        }
    }
}
