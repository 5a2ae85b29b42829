// Programs that run another one.

extension EvasionGenerator {
    /// The words behind one or two programs that run them.
    mutating func wrapped(_ words: [String]) -> [String] {
        var words = words
        for _ in 0..<number(1...2) {
            // No program finds what only the shell has.
            let isProgram = words.first.map { !Self.builtins.contains($0) } ?? false
            switch isProgram ? number(0...9) : 4 {
            case 0 where words.allSatisfy(\.isPlainWord):
                words = ["env", pick(["-S", "--split-string"]), words.joined(separator: " ")]
            case 1:
                let option = pick(["-exec", "-execdir"])
                words = ["find", ".", "-maxdepth", "0", option] + words + [";"]
            case 2: words = [pick(["bash", "sh", "dash"]), "-c", "\"$@\"", "x"] + words
            case 3: words = [pick(["bash", "sh"]), "-c", "exec \"$0\" \"$@\""] + words
            case 4, 5:
                isPOSIX = false
                words = pick(isProgram ? Self.shellWrappers : [["command"]]) + words
            default: words = pick(Self.wrappers + (isTraced ? [] : Self.realWrappers)) + words
            }
        }
        return words
    }

    /// Words that `xargs` gets from somewhere else; nil where it would read them otherwise.
    mutating func split(_ words: [String]) -> String? {
        guard words.count > 1, words.allSatisfy(\.isPlainWord) else { return nil }
        let count = number(1...words.count - 1)
        let head = words.prefix(count).joined(separator: " ")
        let tail = words.dropFirst(count)
        let quotedTail = tail.map { quoted($0) }.joined(separator: " ")
        switch number(0...5) {
        case 0:
            // Of `echo` it would be an option.
            let print = words[count].hasPrefix("-") ? "printf '%s\\n'" : "echo"
            return "\(print) \(tail.joined(separator: " ")) | xargs \(head)"
        case 1:
            isPOSIX = false
            return "xargs \(head) <<< \(quoted(tail.joined(separator: " ")))"
        case 2:
            let all = words.joined(separator: " ")
            return "echo \(quoted(all)) | xargs -I{} sh -c {}"
        case 3:
            let mark = pick(["%", "@@", "{}"])
            let last = words[words.count - 1]
            let rest = words.dropLast().joined(separator: " ")
            return "printf '%s\\n' \(quoted(last)) | xargs -I\(mark) \(rest) \(mark)"
        case 4:
            return "printf '%s\\0' \(quotedTail) | xargs -0 \(head)"
        default:
            let text = tail.joined(separator: "\n")
            return "printf %s \(Encoding.base64(text)) | base64 -d | xargs \(head)"
        }
    }

    private static let builtins: Set<String> = ["builtin", "command", "exec"]

    /// What only the shell has.
    private static let shellWrappers: [[String]] = [
        ["command"], ["exec"], ["builtin", "command"], ["exec", "-a", "ls"], ["exec", "env"],
        ["command", "exec"],
    ]

    private static let wrappers: [[String]] = [
        ["sudo"], ["sudo", "-n"], ["sudo", "-u", "root", "--"], ["sudo", "-nE", "A=1"], ["env"],
        ["env", "A=1", "B=2"], ["env", "-u", "A"], ["/usr/bin/env"], ["nice"], ["nice", "-n", "5"],
        ["nohup"], ["timeout", "5"], ["timeout", "-s", "KILL", "9s"], ["setsid", "-w"],
        ["stdbuf", "-oL"], ["ionice", "-c", "3"], ["flock", "./l"], ["chrt", "-o", "0"],
        ["docker", "exec", "c"], ["kubectl", "exec", "p", "--"], ["nsenter", "-t", "1", "--"],
        ["chroot", "/"], ["doas"], ["doas", "-u", "root"], ["runuser", "-u", "root", "--"],
        ["unshare", "-r"], ["pkexec"], ["systemd-run", "--wait"],
    ]

    /// These look for the program in another way than a trace can follow.
    private static let realWrappers: [[String]] = [
        ["env", "-i"], ["command", "-p"], ["xargs"], ["busybox"], ["strace", "-o", "/dev/null"],
        ["taskset", "1"], ["setpriv", "--reuid=0"], ["docker", "exec", "-it", "-u", "0", "c"],
        ["docker", "run", "--rm", "-v", "/:/h", "alpine", "chroot", "/h"],
        ["kubectl", "-n", "x", "exec", "deploy/p", "-c", "c", "--"], ["nsenter", "-at", "1"],
        ["systemd-run", "-q", "--pipe", "--wait", "-p", "User=root"], ["setarch", "x86_64"],
        ["sudo", "-u", "#0"], ["prlimit", "--nofile=1024"], ["watch", "-x"], ["time", "-f", "%e"],
    ]
}
