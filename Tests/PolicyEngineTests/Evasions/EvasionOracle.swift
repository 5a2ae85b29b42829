import TestSupport
import Testing

/// What bash says of generated lines, without anything of them doing harm.
enum EvasionOracle {
    /// Reads all lines without running one: `bash -n` says nothing where it understands them.
    static func complaints(about lines: [String]) async throws -> String {
        let script = lines.joined(separator: "\n")
        let outcome = try await Command("/bin/bash", ["--noprofile", "--norc", "-n"])
            .reading(script).run()
        return outcome.errorText
    }

    /// Programs that run others, cut down to running them here: options and names are left out.
    private static let script = #"""
        folder=$(mktemp -d) && trap 'rm -r "$folder"' EXIT && cd "$folder" || exit 1
        printf '%s\n' '#!/bin/sh' 'printf "%s\0" "$#" "$@" >&9' >trace
        printf '%s\n' '#!/bin/sh' 'while :; do case $1 in -*|root|[013/cp]|exec|A=*) shift;;
            *) break;; esac; done; exec "$@"' >sudo
        printf '%s\n' '#!/bin/sh' 'while [ "$1" != h ]; do shift; done; shift; exec sh -c "$*"' >ssh
        printf '%s\n' '#!/bin/sh' 'while [ "$1" != -c ]; do shift; done; exec sh -c "$2"' >su
        for name in docker kubectl nsenter chroot doas runuser unshare pkexec systemd-run chrt ionice
        do cp sudo "$name"; done
        chmod +x * || exit 1
        PATH=$folder:$PATH
        mkdir empty && cd empty || exit 1
        exec 9>&1 >/dev/null 2>&1 </dev/null
        """#

    /// The argument vectors that `trace` got from each line, which is run by a bash of its own.
    ///
    /// The lines may name no program but `trace` and those that are cut down.
    static func traces(of lines: [String]) async throws -> [[[String]]] {
        let loop = #"""
            while IFS= read -r -d '' line; do
                bash --noprofile --norc -c "$line" </dev/null
                printf 'end\0' >&9
            done 0<&8
            """#
        let outcome = try await Command(
            "/bin/bash",
            ["--noprofile", "--norc", "-c", "exec 8<&0\n" + script + "\n" + loop]
        ).reading(lines.flatMap { Array($0.utf8) + [0] }).run(within: .seconds(300))
        #expect(outcome.succeeded, "\(outcome)")
        var fields = outcome.output.split(separator: 0, omittingEmptySubsequences: false)[...]
        return try lines.map { _ in
            var traces: [[String]] = []
            while true {
                let next = fields.popFirst()
                let field = String(decoding: try #require(next), as: UTF8.self)
                if field == "end" { return traces }
                let count = try #require(Int(field))
                traces.append(fields.prefix(count).map { String(decoding: $0, as: UTF8.self) })
                fields = fields.dropFirst(count)
            }
        }
    }
}
