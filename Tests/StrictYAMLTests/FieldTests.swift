import StrictYAML
import Testing

@Suite struct `a text in a YAML file` {
    @Test(arguments: [
        "plain", "\"no\"", "'012'", "10.0.0.1:22", "::1", "human:alice", "192.0.2.0/24", "1h",
        "yess",
        "web-1", "a b", "-x", "e5", "0x", "|\n  x", "2026-1", "..", "\"\"",
    ])
    func `is accepted where every reader of YAML sees a text`(_ written: String) {
        #expect(value(written) { $0.text() }.findings.isEmpty)
    }

    @Test(arguments: [
        "y", "N", "yes", "No", "on", "OFF", "true", "False", "12", "-1", "+1", "012", "0o17",
        "0x1F",
        "0b1", "1_000", "1.5", "1.", ".5", "1e3", "1.5e+3", ".inf", "-.INF", ".NaN", "1:30",
        "190:20:30",
        "2026-01-31", "2026-01-31T00:00:00Z", "2026-1-1", "~", "null", "Null", "", "=", "[a]",
        "{a: b}",
    ])
    func `must be quoted where some reader sees something else`(_ written: String) {
        let result = value(written) { $0.text() }
        #expect(result.value == nil)
        #expect(result.findings.count == 1)
    }

    @Test func `says what it was taken for`() {
        #expect(
            value("no") { $0.text() }.findings
                == ["f:1: `k`: `no` is a boolean to some readers of YAML, put it in quotes"]
        )
        #expect(
            value("1:30") { $0.text() }.findings
                == ["f:1: `k`: `1:30` is a number to some readers of YAML, put it in quotes"]
        )
        #expect(value("") { $0.text() }.findings == ["f:1: `k`: expected a text, found nothing"])
        #expect(value("[]") { $0.text() }.findings == ["f:1: `k`: expected a text, found a list"])
        #expect(
            value("abcd") { $0.text(maximumBytes: 3) }.findings
                == ["f:1: `k`: exceeds the limit of 3 bytes"]
        )
    }
}

@Suite struct `a boolean in a YAML file` {
    @Test func `is true or false and nothing else`() {
        #expect(value("true") { $0.boolean() }.value == true)
        #expect(value("false") { $0.boolean() }.value == false)
        for other in ["True", "yes", "on", "1", "\"true\"", "~", "[true]"] {
            #expect(value(other) { $0.boolean() }.value == nil)
        }
        #expect(
            value("yes") { $0.boolean() }.findings
                == ["f:1: `k`: expected `true` or `false`, found `yes`"]
        )
        #expect(
            value("'true'") { $0.boolean() }.findings
                == ["f:1: `k`: expected `true` or `false`, found the text `true`"]
        )
    }
}

@Suite struct `a number in a YAML file` {
    @Test func `is decimal, without sign, zeros in front or quotes`() {
        #expect(value("0") { $0.integer(in: 0...9) }.value == 0)
        #expect(value("9") { $0.integer(in: 0...9) }.value == 9)
        for other in ["10", "-1", "+1", "01", "0x1", "1_0", "\"1\"", "1.0", "one", ""] {
            #expect(value(other) { $0.integer(in: 0...9) }.value == nil)
        }
        #expect(
            value("10") { $0.integer(in: 0...9) }.findings
                == ["f:1: `k`: expected a number from 0 to 9, found `10`"]
        )
    }

    @Test func `of a duration has a unit`() {
        let range = Duration.seconds(1) ... .seconds(7 * 86_400)
        for (written, seconds) in [("90s", 90), ("10m", 600), ("2h", 7200), ("7d", 604_800)] {
            #expect(value(written) { $0.duration(in: range) }.value == .seconds(seconds))
        }
        for other in ["90", "0s", "8d", "1.5h", "-1s", "01s", "1 s", "s", "9223372036854775807d"] {
            #expect(value(other) { $0.duration(in: range) }.value == nil)
        }
        #expect(
            value("90") { $0.duration(in: range) }.findings == [
                "f:1: `k`: expected a duration from `1s` to `7d`, like `90s`, `10m`, `2h` or `7d`, "
                    + "found `90`"
            ]
        )
    }

    @Test func `of bytes has a unit of 1024`() {
        let range: ClosedRange<UInt64> = 1 << 10...1 << 40
        for (written, size) in [("1KiB", 1 << 10), ("64MiB", 64 << 20), ("1GiB", 1 << 30)] {
            #expect(value(written) { $0.byteSize(in: range) }.value == UInt64(size))
        }
        for other in ["1", "1MB", "1M", "0KiB", "2TiB", "1mib", "99999999999999TiB"] {
            #expect(value(other) { $0.byteSize(in: range) }.value == nil)
        }
        #expect(
            value("64MB") { $0.byteSize(in: range) }.findings == [
                "f:1: `k`: expected a size from `1KiB` to `1TiB`, like `512KiB`, `64MiB` or `1GiB`, "
                    + "found `64MB`"
            ]
        )
    }

    @Test func `of a time is RFC 3339`() {
        for (written, seconds) in [
            ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:00:00Z", 951_825_600),
            ("\"2026-12-31T23:59:59Z\"", 1_798_761_599),
            ("2026-12-31T23:59:59+02:00", 1_798_754_399), ("2100-03-01T00:00:00Z", 4_107_542_400),
        ] {
            #expect(value(written) { $0.unixSeconds() }.value == UInt64(seconds))
        }
        for other in [
            "2026-02-29T00:00:00Z", "2026-12-31", "2026-12-31 23:59:59Z", "2026-13-01T00:00:00Z",
            "2026-12-31T24:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+01:00", "x",
        ] {
            #expect(value(other) { $0.unixSeconds() }.value == nil)
        }
        for seconds: UInt64 in [0, 951_825_600, 1_798_761_599, 4_107_542_400, 68_169_600] {
            let text = InternetTime.text(unixSeconds: seconds)
            #expect(text.flatMap(InternetTime.unixSeconds) == seconds)
        }
    }
}

@Suite struct `a mapping with known keys` {
    private func keys(_ text: String) -> [String] {
        let findings = Findings()
        guard let root = YAMLFile.root(of: Array(text.utf8), file: "f", findings: findings) else {
            return []
        }
        let mapping = YAMLField(root, name: "it", findings: findings).mapping(["owner", "roles"])
        _ = mapping?.required("owner")
        return findings.sorted.map(\.description)
    }

    @Test func `reports all that is wrong with it at once`() {
        #expect(keys("owner: x\nroles: y\n").isEmpty)
        #expect(
            keys("ower: x\nzzz: 1\n") == [
                "f:1: `it`: the key `owner` is missing",
                "f:1: unknown key `ower`, expected one of `owner`, `roles`; did you mean `owner`?",
                "f:2: unknown key `zzz`, expected one of `owner`, `roles`",
            ]
        )
        #expect(keys("- a\n") == ["f:1: `it`: expected a mapping, found a list"])
        #expect(keys("~\n") == ["f:1: `it`: expected a mapping (`{}` for none), found nothing"])
    }

    @Test func `suggests what was meant and nothing far from it`() {
        for slip in ["onwer", "owners", "wner", "Owner"] {
            #expect(
                keys("owner: 1\n\(slip): x\n").first?.hasSuffix("did you mean `owner`?") == true
            )
        }
        #expect(keys("owner: 1\npower-of: x\n").first?.contains("did you mean") == false)
    }
}

@Suite struct `a finding` {
    @Test func `is one line whatever the file holds`() {
        let finding = Finding(
            .error,
            "found \("a\u{1B}[2J\nb\u{202E}".quoted)",
            at: SourceLocation(file: "a\nb.yaml", line: 3)
        )
        #expect(finding.description == "a\\nb.yaml:3: found `a\\u{1B}[2J\\nb\\u{202E}`")
        #expect(String(repeating: "x", count: 200).quoted.count == 82)
    }

    @Test func `says when it is a warning`() {
        let finding = Finding(.warning, "odd", at: SourceLocation(file: "f"))
        #expect(finding.description == "f: warning: odd")
    }

    @Test func `is kept up to a limit, and what is beyond is counted`() {
        let findings = Findings()
        for line in 1...Findings.maximumCount {
            findings.warning("w", at: SourceLocation(file: "f", line: line))
        }
        #expect(findings.sorted.count == Findings.maximumCount)
        #expect(findings.sorted.last?.description == "f:200: warning: w")
        for line in 1...5 {
            findings.warning("w", at: SourceLocation(file: "f", line: line))
        }
        #expect(findings.sorted.last?.description == "f: warning: 5 more findings are not shown")
        #expect(!findings.hasErrors)
        #expect(throws: Never.self) { try findings.conclude(1) }
    }

    @Test func `is shown beyond the limit too, where it is why a file is refused`() {
        let findings = Findings()
        for line in 1...Findings.maximumCount {
            findings.warning("w", at: SourceLocation(file: "f", line: line))
        }
        findings.error("e", at: SourceLocation(file: "f", line: 7))
        #expect(findings.hasErrors)
        #expect(throws: RefusedFiles.self) { try findings.conclude(1) }
        let shown = findings.sorted.map(\.description)
        #expect(shown.count == Findings.maximumCount + 1)
        #expect(shown.contains("f:7: e"))
        #expect(shown.last == "f: 1 more findings are not shown")
    }
}
