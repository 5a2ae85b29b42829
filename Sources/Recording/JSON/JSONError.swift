/// Why a line of a recording is no JSON that we read.
package enum JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    case endsEarly
    case unexpected(offset: Int)
    case nestingTooDeep(limit: Int)
    case tooManyValues(limit: Int)

    package var description: String {
        switch self {
        case .endsEarly: "ends in the middle of a value"
        case .unexpected(let offset): "is no JSON from byte \(offset) on"
        case .nestingTooDeep(let limit): "is nested deeper than \(limit) levels"
        case .tooManyValues(let limit): "holds more than \(limit) values"
        }
    }
}
