// Texts that a shell reads again, or that stand where a command is not looked for.

extension EvasionGenerator {
    /// A text that runs this one.
    mutating func hidden(_ text: String) -> String {
        switch number(0...5) {
        case 0, 1: structured(text)
        case 2: substituted(text)
        case 3: reread(text)
        case 4: piped(text)
        default: deferred(text)
        }
    }

    /// The text with what ends its last line.
    private func ended(_ text: String) -> String {
        text.contains("\n") ? text + "\n" : text + "; "
    }

    private mutating func structured(_ text: String) -> String {
        let name = name()
        let body = ended(text)
        switch number(0...17) {
        case 0: return "( \(body))"
        case 1: return "{ \(body)}"
        case 2: return "if true; then \(body)fi"
        case 3: return "if \(body)then :; fi"
        case 4: return "while \(body)do break; done"
        case 5: return "until \(body)do break; done"
        case 6: return "for \(name) in 1; do \(body)done"
        case 7: return "case x in y) ;; x|z) \(body);; esac"
        case 8: return "\(name)() { \(body)}; \(name)"
        case 9: return "\(name)() ( \(body)); \(name)"
        case 10: return "true && { \(body)}"
        case 11: return "false || { \(body)}"
        case 12: return "! { \(body)}"
        // Nothing, because `xargs` would add it to the payload, which might then be harmless.
        case 13: return "true | { \(body)}"
        case 14: return "{ \(body)} & wait"
        case 15: return "{ \(body)} 2>/dev/null | cat"
        case 16:
            isPOSIX = false
            return "coproc { \(body)}; wait"
        default: return String(repeating: ":;", count: number(1...60)) + " " + text
        }
    }

    /// Where the shell runs a text to make a word.
    private mutating func substituted(_ text: String) -> String {
        let inner = text.contains("\n") || text.hasPrefix("(") ? "\n\(text)\n" : text
        switch number(0...11) {
        case 0: return ": $(\(inner))"
        case 1: return ": \"x$(\(inner))\""
        case 2: return "\(name())=$(\(inner))"
        case 3: return ": ${\(name()):-$(\(inner))}"
        case 4: return "cat <<E\n$(\(inner))\nE"
        case 5: return "[ -n \"$(\(inner))\" ] || :"
        case 6: return "case $(\(inner)) in *) ;; esac"
        case 7: return "for \(name()) in $(\(inner)); do :; done"
        default: isPOSIX = false
        }
        switch number(0...4) {
        case 0: return "cat <<< \"$(\(inner))\""
        case 1: return "[[ -n $(\(inner)) ]] || :"
        case 2: return "(( x[$(\(inner)\necho 1)] )) || :"
        case 3: return ": <(\(inner)\n); wait $!"
        default: return "\(name())=([$(\(inner)\necho 1)]=x)"
        }
    }

    /// Where a text is an argument.
    private mutating func reread(_ text: String) -> String {
        let shell = isPOSIX ? pick(["sh", "bash", "dash"]) : "bash"
        switch number(0...11) {
        case 0: return "eval \(quoted(text))"
        case 1:
            let half = text.firstIndex(of: " ") ?? text.endIndex
            let rest = text[half...].dropFirst()
            return rest.isEmpty || text.contains("\n")
                ? "eval \(quoted(text))"
                : "eval \(quoted(String(text[..<half]))) \(quoted(String(rest)))"
        case 2:
            let name = name()
            return "\(name)=\(quoted(text)); eval \"$\(name)\""
        case 3:
            let name = name()
            let call = "export \(name)=\(quoted(text)); "
            return call + "\(shell) -c 'eval \"$\(name)\"'"
        case 4:
            let name = name()
            return "\(name)() { eval \"$1\"; }; \(name) \(quoted(text))"
        case 5: return "\(shell) -c '\"$0\" -c \"$1\"' \(shell) \(quoted(text))"
        case 6 where isPOSIX: return "\(pick(["ssh h", "ssh -t h"])) \(quoted(text))"
        case 7 where isPOSIX: return "\(pick(["su -c", "su root -c"])) \(quoted(text))"
        case 8 where isPOSIX: return "flock ./l -c \(quoted(text))"
        default:
            let words = wrapped([shell, pick(["-c", "-ec", "-xc"]), text])
            return words.map { $0.isPlainWord ? $0 : quoted($0) }.joined(separator: " ")
        }
    }

    /// Where a shell reads a text from its standard input or from a file.
    private mutating func piped(_ text: String) -> String {
        let shell = isPOSIX ? pick(["sh", "bash", "dash"]) : "bash"
        let mark = name() + "E"
        switch number(0...15) {
        case 0: return "\(shell) <<'\(mark)'\n\(text)\n\(mark)\n"
        case 1:
            let escaped = Self.doubleQuoted(text).dropFirst().dropLast()
                .replacing("\\\"", with: "\"")
            return "\(shell) <<\(mark)\n\(escaped)\n\(mark)\n"
        case 2: return "cat <<'\(mark)' | \(shell)\n\(text)\n\(mark)\n"
        case 3: return "printf '%s\\n' \(quoted(text)) | \(shell)"
        case 4: return "echo \(Encoding.base64(text)) | base64 -d | \(shell) -s"
        case 5: return "printf '\(Encoding.octal(text))' | \(shell)"
        case 6: return "printf %s \(Encoding.hexadecimal(text)) | xxd -r -p | \(shell)"
        case 7:
            let rotated = quoted(Encoding.rotated(text))
            return "printf '%s\\n' \(rotated) | tr A-Za-z N-ZA-Mn-za-m | \(shell)"
        case 8 where !text.contains("\n"):
            return "echo \(Self.singleQuoted(String(text.reversed()))) | rev | \(shell)"
                .replacing("echo", with: "printf '%s\\n'")
        case 9: return "eval \"$(printf %s \(Encoding.base64(text)) | base64 -d)\""
        case 10: return "eval \"$(cat <<'\(mark)'\n\(text)\n\(mark)\n)\""
        default: isPOSIX = false
        }
        let file = "./" + name()
        switch number(0...6) {
        case 0: return "bash <<< \(quoted(text))"
        case 1: return "bash <(printf '%s\\n' \(quoted(text)))"
        case 2: return ". <(printf '%s\\n' \(quoted(text)))"
        case 3: return "source /dev/stdin <<< \(quoted(text))"
        case 4: return "cat > \(file) <<'\(mark)'\n\(text)\n\(mark)\nbash \(file)"
        case 5: return "printf '%s\\n' \(quoted(text)) > \(file); . \(file)"
        default: return "printf '%s\\n' \(quoted(text)) | tee \(file) >/dev/null; bash \(file)"
        }
    }

    /// Where a text runs because of something else.
    private mutating func deferred(_ text: String) -> String {
        let name = name()
        isPOSIX = false
        switch number(0...7) {
        case 0: return "( trap \(quoted(text)) EXIT )"
        case 1: return "bash -c \(quoted("trap \(Self.singleQuoted(text)) EXIT"))"
        // A backslash means something else in a prompt, and in a text that is computed.
        case 2 where !text.contains("\\"):
            let prompt = Self.singleQuoted("$(\(text)\n)")
            return "\(name)=\(prompt); : \"${\(name)@P}\""
        case 3 where !text.contains("\\"):
            return "\(name)=\(quoted("x[$(\(text)\necho 1)]")); (( \(name) )) || :"
        case 4:
            let callback = "eval \(Self.singleQuoted(text)) #"
            return "mapfile -c 1 -C \(quoted(callback)) \(name) <<< x"
        case 5: return "( trap 'eval \"$\(name)\"' EXIT; \(name)=\(quoted(text)) )"
        case 6: return "\(name)() { \(ended(text))}; export -f \(name); bash -c \(name)"
        case 7 where !text.contains("\\"):
            return "( PS4=\(Self.singleQuoted("$(\(text)\n)")); set -x; : )"
        default: return "( trap \(quoted(text)) EXIT; exit )"
        }
    }
}
