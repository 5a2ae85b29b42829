import Foundation
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `examining a target` {
    private func health(_ target: LoneTarget) async throws -> Health {
        try Health(try await target.sallyport("doctor", "target", "web1", "--json").run())
    }

    @Test func `by the bastion that serves finds nothing, and is recorded`() async throws {
        let lab = try await Lab.shared()
        let outcome = try await lab.sallyport("doctor", "target", "db1").run()
        let audit = try await lab.sallyport(
            "audit",
            "--kind",
            "certificate-issued",
            "--target",
            "db1",
            "--json"
        ).run()

        #expect(outcome.succeeded, "\(outcome)")
        #expect(outcome.text.contains("what the certificate says runs, and nothing else"))
        #expect(audit.text.contains("\"probe\""), "\(audit)")
    }

    @Test func `that is not there, or an account that is not, is an error`() async throws {
        let lab = try await Lab.shared()
        for arguments in [["web9"], ["web1", "--login", "nobody"], ["web1", "--login", "a@b"]] {
            let outcome = try await Command(
                "\(LoneTarget.programs)/sallyport",
                ["doctor", "target", "--config", lab.settings] + arguments
            ).run()
            #expect(outcome.end == .exited(2), "\(outcome)")
        }
    }

    @Test(.enabled(if: Machine.isRoot, "only root can make accounts"))
    func `finds each of the three hijacks`() async throws {
        let lab = try await Lab.shared()
        func found(_ account: String) async throws -> Health {
            let login = "\(try lab.login)-\(account)"
            return try Health(
                try await lab.sallyport(
                    "doctor",
                    "target",
                    "hijack1",
                    "--login",
                    login,
                    "--json"
                ).run()
            )
        }
        let exec = try await found("exec")
        let environment = try await found("environment")
        let path = try await found("path")

        #expect(exec.complaints == ["error exec"], "\(exec)")
        #expect(environment.complaints == ["warning environment"], "\(environment)")
        #expect(environment.text(of: "environment").contains("startup.sh"))
        #expect(path.complaints.first == "error path", "\(path)")
        #expect(path.text(of: "path").contains("bin/uptime"), "\(path)")
    }

    @Test(
        .enabled(if: Machine.isRoot, "only root can make accounts"),
        arguments: ["dash", "bash", "ksh", "zsh", "fish", "tcsh"]
    )
    func `is done through every login shell`(_ shell: String) async throws {
        let lab = try await Lab.shared()
        let target = ["fish", "tcsh"].contains(shell) ? "\(shell)1" : "shells1"
        let login = "\(try lab.login)-\(shell)"
        let health = try Health(
            try await lab.sallyport("doctor", "target", target, "--login", login, "--json").run()
        )

        #expect(health.complaints.isEmpty, "\(health)")
    }

    @Test(.enabled(if: Machine.isRoot, "only root can make accounts"))
    func `finds a family of quoting that is another`() async throws {
        let lab = try await Lab.shared()
        try await LoneTarget.with(login: "\(lab.login)-fish") { target in
            try target.describe()
            let health = try await health(target)
            #expect(health.complaints.contains("error login-shell"), "\(health)")
        }
    }

    @Test(.enabled(if: Machine.isRoot, "only root can make accounts"))
    func `finds a start-up file that takes long`() async throws {
        let lab = try await Lab.shared()
        let health = try Health(
            try await lab.sallyport("doctor", "target", "slow1", "--json").run()
        )

        #expect(health.complaints == ["warning start-up"], "\(health)")
        #expect(health.text(of: "start-up").contains(" s for nothing"))
    }

    @Test(
        arguments: [
            (["ForceCommand echo forced by an administrator"], "error forced-command"),
            (["ForceCommand internal-sftp"], "error forced-command"),
            (["Subsystem other internal-sftp", "TrustedUserCAKeys none"], "error authentication"),
            (["AuthorizedPrincipalsFile /dev/null"], "error authentication"),
            (["AllowUsers nobody-at-all"], "error authentication"),
            (["MaxSessions 0"], "error session"),
            (["SetEnv BASH_ENV=/nonexistent"], "warning environment"),
            (["SetEnv PATH=.:/usr/bin:/bin"], "warning path"),
        ]
    )
    func `finds what its sshd does otherwise`(
        _ lines: [String],
        _ complaint: String
    ) async throws {
        try await LoneTarget.with(lines) { target in
            try target.describe()
            let outcome = try await target.sallyport("doctor", "target", "web1", "--json").run()
            let health = try Health(outcome)

            #expect(health.complaints.contains(complaint), "\(health)")
            #expect(outcome.end == .exited(complaint.hasPrefix("error") ? 2 : 1), "\(outcome)")
        }
    }

    @Test func `finds a subsystem and a shell that are not there`() async throws {
        try await LoneTarget.with { target in
            try target.describe("sftp: /nonexistent/sftp-server", "shell: /nonexistent/bash")
            let health = try await health(target)

            #expect(health.complaints == ["error shell", "error file-transfer"], "\(health)")
        }
    }

    @Test func `finds that nobody answers, or somebody else`() async throws {
        try await LoneTarget.with { target in
            try await LoneTarget.keygen(["-t", "ed25519", "-f", "\(target.scratch.path)/other"])
            let other = String(decoding: try target.scratch.read("other.pub"), as: UTF8.self)
            try target.describe(key: other.split(separator: "\n").joined())
            let foreign = try await health(target)
            #expect(foreign.complaints == ["error host-key"], "\(foreign)")
            try await LoneTarget.keygen([
                "-t", "ecdsa", "-f", "\(target.scratch.path)/ecdsa",
            ])
            let ecdsa = String(decoding: try target.scratch.read("ecdsa.pub"), as: UTF8.self)
            try target.describe(key: ecdsa.split(separator: "\n").joined())
            let kind = try await health(target)
            #expect(kind.complaints == ["error host-key"], "\(kind)")
            let text = "targets:\n  web1: {address: \"127.0.0.1:1\", logins: [x], "
            try target.scratch.write(
                text + "host-keys: [\"\(try target.hostKey)\"]}\n",
                to: "bastion/inventory.d/web1.yaml"
            )
            let nobody = try await health(target)
            #expect(nobody.complaints == ["error reachable"], "\(nobody)")
        }
    }

    /// Gives sshd, and what it starts, another time.
    private static let shim = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <sys/time.h>
        #include <time.h>
        static int (*real)(clockid_t, struct timespec *);
        int clock_gettime(clockid_t clock, struct timespec *now) {
            if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
            int result = real(clock, now);
            if (clock == CLOCK_REALTIME) now->tv_sec += OFFSET;
            return result;
        }
        time_t time(time_t *out) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (out) *out = now.tv_sec;
            return now.tv_sec;
        }
        int gettimeofday(struct timeval *out, void *zone) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            out->tv_sec = now.tv_sec;
            out->tv_usec = now.tv_nsec / 1000;
            return 0;
        }
        """

    @Test(
        .enabled(if: Machine.has("cc"), "a clock is shifted by a library"),
        arguments: [(-120, "error clock", "behind"), (20, "warning clock", "ahead of")]
    )
    func `finds a clock that is wrong, even where it refuses our certificates`(
        _ offset: Int,
        _ complaint: String,
        _ direction: String
    ) async throws {
        let library = try Scratch()
        try library.write(Self.shim, to: "shim.c")
        let made = try await Command(
            "cc",
            [
                "-shared", "-fPIC", "-DOFFSET=(\(offset))", "-o", "\(library.path)/shim.so",
                "\(library.path)/shim.c", "-ldl",
            ]
        ).run()
        try #require(made.succeeded, "\(made)")
        try await LoneTarget.with(
            ["SetEnv LD_PRELOAD=\(library.path)/shim.so"],
            environment: ["LD_PRELOAD": "\(library.path)/shim.so"]
        ) { target in
            try target.describe()
            let health = try await health(target)

            #expect(health.complaints.contains(complaint), "\(health)")
            let words = health.text(of: "clock").split(separator: " ")
            let seconds = try #require(
                words.first { $0.allSatisfy(\.isNumber) }.flatMap { Int($0) }
            )
            // As exact as whole seconds and the time that the probe took allow.
            #expect((abs(offset) - 3...abs(offset) + 1).contains(seconds), "\(health)")
            #expect(health.text(of: "clock").contains(" s \(direction) "), "\(health)")
            // What shifts the clock is found, too.
            #expect(health.complaints.contains("error environment"), "\(health)")
        }
    }
}
