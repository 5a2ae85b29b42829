import CommandAnalysis
import StrictYAML

/// The text of an operand pattern: `READ... WRITE`.
enum OperandText {
    static func read(_ field: YAMLField) -> OperandPattern? {
        guard let words = field.words("types like `READ... WRITE`") else { return nil }
        var leading: [ValueType] = []
        var repeated: ValueType?
        var trailing: [ValueType] = []
        for word in words {
            let isRepeated = word.hasSuffix("...")
            guard let type = field.type(isRepeated ? word.dropLast(3) : word) else { return nil }
            if let repeated {
                guard !isRepeated, !takesAll(repeated) else {
                    field.refuse(
                        "expected nothing behind `\(repeated.rawValue)...`, found "
                            + String(word).quoted
                    )
                    return nil
                }
                trailing.append(type)
            } else if isRepeated, type == .assignment {
                // Any number of them before what they are set for.
                leading.append(type)
            } else if isRepeated {
                repeated = type
            } else {
                leading.append(type)
            }
        }
        return OperandPattern(leading: leading, repeated: repeated, trailing: trailing)
    }

    /// Whether all that follows belongs to it, whatever it looks like.
    private static func takesAll(_ type: ValueType) -> Bool {
        type == .command || type == .shell
    }
}
