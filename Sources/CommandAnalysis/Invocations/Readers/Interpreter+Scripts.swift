import ShellSyntax

// Programs with a small script in an option, of which the words tell enough.

extension Interpreter {
    /// `bpftrace -e SCRIPT`; nil where the script may say more than what everybody can know.
    mutating func bpftrace(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        var parsed = ArgumentReading.read(arguments, knowledge)
        let scripts = parsed.values(tagged: "script")
        guard !scripts.isEmpty, !parsed.has(Tag("unsafe")), !parsed.has(Tag("include")),
            scripts.allSatisfy({ $0.literal.map(BpftraceScript.isPlain) ?? false })
        else { return nil }
        // As `-l`, which lists what can be traced.
        parsed.tags = parsed.tags.map { $0 == Tag("script") ? Tag("list") : $0 }
        return try perform(parsed, program, call, &state, frame)
    }

    /// `nginx -g DIRECTIVES`; nil where one of them may do more than say how it starts.
    mutating func nginx(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        var parsed = ArgumentReading.read(arguments, knowledge)
        var files: [AbstractText] = []
        for text in parsed.values(tagged: "directives") {
            guard let written = text.literal.flatMap(NginxDirectives.writtenFiles) else {
                return nil
            }
            files += written
        }
        for file in files {
            access(.write, file, &state, frame, program: program, at: call.range)
        }
        parsed.tags.removeAll { $0 == Tag("directives") }
        return try perform(parsed, program, call, &state, frame)
    }
}

/// Directives that stand in an argument of `nginx`.
private enum NginxDirectives {
    /// The files that they make it write; nil where one of them is not known to do no more than that.
    static func writtenFiles(_ text: ShellText) -> [AbstractText]? {
        let special = "{}'\"\\$#".utf8
        guard !text.utf8.contains(where: { special.contains($0) }) else { return nil }
        var files: [AbstractText] = []
        for directive in text.utf8.split(separator: UInt8(ascii: ";")) {
            let words = directive.split { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
                .map { ShellText(Array($0)) }
            guard let name = words.first else { continue }
            if name == "pid" || name == "error_log" || name == "lock_file", words.count > 1 {
                if !isNoFile(words[1]) { files.append(AbstractText(words[1])) }
            } else if !harmless.contains(name) {
                return nil
            }
        }
        return files
    }

    private static func isNoFile(_ name: ShellText) -> Bool {
        name == "stderr" || name == "off" || name.utf8.starts(with: "syslog:".utf8)
    }

    /// How it starts, and with how many processes.
    private static let harmless: Set<ShellText> = [
        "daemon", "master_process", "worker_processes", "worker_priority", "worker_cpu_affinity",
        "worker_rlimit_nofile", "worker_rlimit_core", "worker_shutdown_timeout", "timer_resolution",
        "pcre_jit", "thread_pool", "user",
    ]
}
