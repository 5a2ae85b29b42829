// Spellings of all words of a command at once.

extension EvasionGenerator {
    /// A program with its arguments, out of one text, an array, or parameters.
    mutating func vector(_ words: [String]) -> String {
        let arePlain = words.allSatisfy(\.isPlainWord)
        switch number(0...9) {
        case 0 where arePlain && !words.contains { $0.contains(",") } && words.count > 1:
            isPOSIX = false
            return "{\(words.joined(separator: ","))}"
        case 1 where arePlain: return splitVariable(words)
        case 2 where arePlain: return words.joined(separator: pick(["${IFS}", "$IFS"]) + "''")
        case 3: return array(words)
        case 4:
            setup.append("set -- \(words.map { quoted($0) }.joined(separator: " "))")
            return pick(["\"$@\"", "\"${@}\"", "${1+\"$@\"}"])
        case 5: return function(words)
        case 6 where arePlain: return aliased(words)
        case 7 where arePlain: return "$(echo \(words.joined(separator: " ")))"
        case 8:
            isPOSIX = false
            let name = name()
            let lines = words.joined(separator: "\n")
            setup.append("mapfile -t \(name) <<< \(quoted(lines))")
            return "\"${\(name)[@]}\""
        case 9:
            let loop = name()
            let rest = words.dropFirst().map { quoted($0) }.joined(separator: " ")
            return "for \(loop) in \(quoted(words[0])); do \"$\(loop)\" \(rest); done"
        default: return spelled(words)
        }
    }

    private mutating func splitVariable(_ words: [String]) -> String {
        let name = name()
        switch number(0...2) {
        case 0:
            let separator = pick(["#", ";", "!"])
            let text = words.joined(separator: separator)
            setup.append("IFS='\(separator)'")
            setup.append("\(name)='\(text)'")
            // The next separator is again what everything else expects.
            return "$\(name)"
        case 1:
            isPOSIX = false
            setup.append("read -ra \(name) <<< \(quoted(words.joined(separator: " ")))")
            return "\"${\(name)[@]}\""
        default:
            setup.append("\(name)=\(quoted(words.joined(separator: " ")))")
            return "$\(name)"
        }
    }

    private mutating func array(_ words: [String]) -> String {
        isPOSIX = false
        let name = name()
        let elements = words.map { quoted($0) }
        let all = "\"${\(name)[@]}\""
        switch number(0...2) {
        case 0:
            setup.append("\(name)=(\(elements[0]))")
            setup.append("\(name)+=(\(elements.dropFirst().joined(separator: " ")))")
        case 1:
            let indexed = elements.enumerated().map { "[\($0 * 3 + 1)]=\($1)" }
            setup.append("\(name)=(\(indexed.joined(separator: " ")))")
        default:
            setup.append("\(name)=(\(elements.joined(separator: " ")))")
            return pick([all, "\"${\(name)[@]:0}\""])
        }
        return all
    }

    private mutating func function(_ words: [String]) -> String {
        let name = name()
        let rest = words.dropFirst().map { quoted($0) }.joined(separator: " ")
        switch number(0...2) {
        case 0:
            setup.append("\(name)() { \(quoted(words[0])) \"$@\"; }")
            return "\(name) \(rest)"
        case 1:
            setup.append("\(name)() { \"$@\"; }")
            return "\(name) \(quoted(words[0])) \(rest)"
        default:
            isPOSIX = false
            setup.append("function \(name) { \(quoted(words[0])) \(rest); }")
            return name
        }
    }

    private mutating func aliased(_ words: [String]) -> String {
        let name = name()
        isPOSIX = false
        let rest = words.dropFirst().joined(separator: " ")
        let text = "shopt -s expand_aliases\nalias \(name)=\(quoted(words[0]))\n\(name) \(rest)"
        return "eval \(quoted(text))"
    }
}
