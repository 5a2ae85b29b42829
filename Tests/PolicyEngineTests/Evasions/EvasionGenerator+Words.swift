// Spellings of one word.

extension EvasionGenerator {
    mutating func spelled(_ words: [String]) -> String {
        let separator = pick([" ", " ", "  ", "\t", " \\\n"])
        return words.map { spell($0) }.joined(separator: separator)
    }

    /// One of the many words that become this one.
    mutating func spell(_ word: String) -> String {
        if word.isEmpty { return pick(["''", "\"\"", "''\"\""]) }
        switch number(0...11) {
        case 0, 1, 2: return word.isPlainWord ? word : quoted(word)
        case 3, 4, 5: return mixed(word)
        case 6, 7: return variable(word)
        case 8: return computed(word)
        case 9: return printed(word)
        case 10: return element(word)
        default: return quoted(word)
        }
    }

    /// Pieces, each with quotes of its own, or with none.
    private mutating func mixed(_ word: String) -> String {
        var result = ""
        for character in word {
            let text = String(character)
            switch number(0...9) {
            case 0: result += "\\" + text
            case 1: result += "'" + (text == "'" ? "'\\''" : text) + "'"
            case 2: result += Self.doubleQuoted(text)
            case 3: result += ansiQuoted(text)
            case 4: result += "''" + (text.isPlainWord ? text : "\\" + text)
            case 5 where text.isPlainWord: result += "\"\"" + text
            case 6 where text.isPlainWord: result += "\\\n" + text
            default: result += text.isPlainWord ? text : "\\" + text
            }
        }
        // A backslash before a line feed goes away, so that it would not quote what is one.
        return word.contains("\n") ? Self.singleQuoted(word) : result
    }

    private mutating func set(_ value: String) -> String {
        let name = name()
        switch number(0...7) {
        case 0:
            isPOSIX = false
            setup.append("printf -v \(name) %s \(quoted(value))")
        case 1 where !value.contains("\n"):
            isPOSIX = false
            setup.append("IFS= read -r \(name) <<< \(quoted(value))")
        case 2:
            isPOSIX = false
            setup.append("declare \(name)=\(quoted(value))")
        case 3: setup.append("export \(name)=\(quoted(value))")
        case 4:
            isPOSIX = false
            let half = value.index(value.startIndex, offsetBy: value.count / 2)
            setup.append("\(name)=\(quoted(String(value[..<half])))")
            setup.append("\(name)+=\(quoted(String(value[half...])))")
        default: setup.append("\(name)=\(quoted(value))")
        }
        return name
    }

    private mutating func variable(_ word: String) -> String {
        let half = word.index(word.startIndex, offsetBy: number(0...word.count))
        let (head, tail) = (String(word[..<half]), String(word[half...]))
        switch number(0...4) {
        case 0: return "\"$\(set(word))\""
        case 1 where word.isPlainWord: return "${\(set(word))}"
        case 2: return (head.isPlainWord ? head : quoted(head)) + "\"${\(set(tail))}\""
        case 3 where tail.isPlainWord: return "\"${\(set(head))}\"" + tail
        default: return "\"${\(set(word))}\""
        }
    }

    /// Operators of parameters, arithmetic, indirection.
    private mutating func computed(_ word: String) -> String {
        let filler = pick(["XX", "QZ", "zzz"])
        switch number(0...9) {
        case 0: return "\"${\(set(word + filler))%\(filler)}\""
        case 1: return "\"${\(set(filler + word))#\(filler)}\""
        case 2: return "\"${\(name()):-\(word.isPlainWord ? word : Self.doubleQuoted(word))}\""
        case 3:
            isPOSIX = false
            return "\"${\(set(filler + word + filler)):\(filler.count):\(word.count)}\""
        case 4:
            isPOSIX = false
            let pointer = name()
            setup.append("\(pointer)=\(set(word))")
            return "\"${!\(pointer)}\""
        case 5:
            isPOSIX = false
            let reference = name()
            setup.append("declare -n \(reference)=\(set(word))")
            return "\"$\(reference)\""
        case 6 where word == word.lowercased():
            isPOSIX = false
            return "\"${\(set(word.uppercased())),,}\""
        case 7 where word == word.lowercased():
            isPOSIX = false
            return "\"${\(set(word.uppercased()))@L}\""
        case 8:
            isPOSIX = false
            return "\"${\(set(filler + word))/\(filler)/}\""
        default:
            return word.utf8.allSatisfy { (0x31...0x39).contains($0) }
                ? "$((\(word)*2-\(word)))" : "\"${\(set(word)):+\(Self.doubleQuoted(word))}\""
        }
    }

    /// What a program prints.
    private mutating func printed(_ word: String) -> String {
        let text: String
        switch number(0...6) {
        case 0: text = "printf %s \(quoted(word))"
        case 1 where !word.contains("\\"): text = "echo \(Self.singleQuoted(word))"
        case 2:
            isPOSIX = false
            text = "rev <<< \(quoted(String(word.reversed())))"
        case 3:
            isPOSIX = false
            text = "base64 -d <<< \(Encoding.base64(word))"
        case 4:
            text = "printf %s \(quoted(Encoding.rotated(word))) | tr A-Za-z N-ZA-Mn-za-m"
        case 5: text = "printf '\(Encoding.octal(word))'"
        default: text = "printf %s \(Encoding.hexadecimal(word)) | xxd -r -p"
        }
        // Words that begin with a dash would be options.
        if word.hasPrefix("-"), text.hasPrefix("echo") { return quoted(word) }
        let backquoted = !text.contains("\\") && !text.contains("`") && !text.contains("\"")
        return backquoted && chance(3) ? "\"`\(text)`\"" : "\"$(\(text))\""
    }

    private mutating func element(_ word: String) -> String {
        isPOSIX = false
        let array = name()
        switch number(0...3) {
        case 0:
            setup.append("\(array)=([3]=\(quoted(word)))")
            return "\"${\(array)[3]}\""
        case 1:
            setup.append("declare -A \(array)=([k]=\(quoted(word)))")
            return "\"${\(array)[k]}\""
        case 2:
            setup.append("\(array)=(x \(quoted(word)))")
            return "\"${\(array)[-1]}\""
        default:
            setup.append("\(array)=(\(quoted(word)))")
            return "\"${\(array)[@]}\""
        }
    }

    /// The same file by another path.
    mutating func samePath(_ path: String) -> String {
        switch number(0...4) {
        case 0: path.replacing("/", with: "//")
        case 1: "/tmp/.." + path
        case 2: path.replacing("/", with: "/./")
        case 3: "/usr/bin/../.." + path
        default: "/../.." + path
        }
    }
}
