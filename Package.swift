// swift-tools-version:6.2
import PackageDescription

/// One list of settings for every target: strict memory safety, no silent warnings.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)

/// A library target of this package.
func floor(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of a target, which may use everything that the target itself uses.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.target(name: name), "TestSupport"] + dependencies,
        swiftSettings: strict
    )
}

let package = Package(
    name: "sallyport",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "sallyport", targets: ["sallyport"]),
        .executable(name: "sallyport-session", targets: ["sallyport-session"]),
        .executable(name: "sallyport-decide", targets: ["sallyport-decide"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // ground
        .target(name: "CSystem"),
        .target(
            name: "CLibSSH",
            linkerSettings: [.linkedLibrary("ssh"), .linkedLibrary("crypto")]
        ),
        .target(name: "CSeccomp", linkerSettings: [.linkedLibrary("seccomp")]),

        // read: bytes in, values out
        floor("PlainText"),
        floor("SSHWire", ["PlainText"]),
        floor("SessionProtocol", ["SSHWire"]),
        floor("StrictYAML", ["PlainText", yams]),
        floor("ShellSyntax"),
        floor("CommandAnalysis", ["ShellSyntax"]),

        // decide: no I/O, no clock
        floor("SSHKeys", ["PlainText", "SSHWire", crypto, cryptoExtras]),
        floor(
            "PolicyEngine",
            ["CommandAnalysis", "PlainText", "SSHWire", "ShellSyntax", "StrictYAML"]
        ),
        floor("Recording"),

        // touch: files, database, sockets, network
        floor("MessageSockets", ["CSystem", "SessionProtocol"]),
        floor("AuditTrail", [grdb]),
        floor("RecordingStore", ["PlainText", "Recording", crypto]),
        floor("SSH", ["CLibSSH", "SSHWire"]),
        floor("Sandbox", ["CSeccomp", "CSystem", "SessionProtocol"]),

        // govern
        floor(
            "SessionProcess",
            [
                "SSH", "SSHWire", "Recording", "Sandbox", "SessionProtocol", "MessageSockets",
                "CSystem",
            ]
        ),
        floor(
            "Authority",
            [
                "AuditTrail", "CSystem", "CommandAnalysis", "MessageSockets", "PlainText",
                "PolicyEngine", "Recording", "RecordingStore", "SSHKeys", "SSHWire",
                "SessionProtocol", "StrictYAML", crypto, logging, metrics,
            ]
        ),

        // roof
        .executableTarget(
            name: "sallyport",
            dependencies: [
                "AuditTrail", "Authority", "CommandAnalysis", "MessageSockets", "PlainText",
                "PolicyEngine", "Recording", "RecordingStore", "SSHKeys", "SSHWire", "ShellSyntax",
                "StrictYAML", argumentParser, logging,
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "sallyport-session",
            dependencies: ["SessionProcess"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "sallyport-decide",
            dependencies: [
                "CSystem", "CommandAnalysis", "MessageSockets", "PolicyEngine", "SSHWire",
                "Sandbox",
                "SessionProtocol", "StrictYAML",
            ],
            swiftSettings: strict
        ),

        // tests
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        tests("PlainText"),
        tests("SSHWire"),
        tests("SSHKeys", ["SSHWire", crypto, cryptoExtras]),
        tests("SessionProtocol", ["SSHWire"]),
        tests("MessageSockets", ["CSystem", "SessionProtocol"]),
        tests("StrictYAML"),
        tests("ShellSyntax"),
        tests("CommandAnalysis", ["ShellSyntax"]),
        tests(
            "PolicyEngine",
            ["CommandAnalysis", "SSHWire", "ShellSyntax", "StrictYAML", crypto]
        ),
        tests("Recording"),
        tests("RecordingStore", ["Recording"]),
        tests("AuditTrail", [grdb]),
        tests("Sandbox", ["CSystem", "SessionProtocol"]),
        tests("SSH", ["CLibSSH", "SSHWire"]),
        tests(
            "SessionProcess",
            [
                "CLibSSH", "CSystem", "MessageSockets", "SessionProtocol", "Recording", "SSH",
                "SSHWire",
            ]
        ),
        tests(
            "Authority",
            [
                "AuditTrail", "MessageSockets", "PolicyEngine", "Recording", "RecordingStore",
                "SSHKeys", "SSHWire", "SessionProtocol", "StrictYAML", logging, metrics,
            ]
        ),
        tests(
            "sallyport",
            [
                "CommandAnalysis", "PolicyEngine", "Recording", "ShellSyntax", "StrictYAML",
                argumentParser,
            ]
        ),
        tests("sallyport-decide"),
        .executableTarget(
            name: "lying-session",
            dependencies: ["MessageSockets", "SessionProtocol"],
            path: "Tests/LyingSession",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "sandbox-probe",
            dependencies: ["CSandboxProbe", "CSystem", "Sandbox"],
            path: "Tests/SandboxProbe",
            swiftSettings: strict
        ),
        .target(
            name: "CSandboxProbe",
            path: "Tests/CSandboxProbe",
            linkerSettings: [.linkedLibrary("seccomp")]
        ),
        .executableTarget(
            name: "parser-speed",
            dependencies: ["ShellSyntax"],
            path: "Tests/ParserSpeed",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "decision-speed",
            dependencies: ["CommandAnalysis", "PolicyEngine", "StrictYAML"],
            path: "Tests/DecisionSpeed",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "authority-speed",
            dependencies: ["PolicyEngine", "SSHKeys", "SSHWire", "StrictYAML"],
            path: "Tests/AuthoritySpeed",
            swiftSettings: strict
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["AuditTrail", "Recording", "SSHKeys", "SSHWire", "TestSupport"],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
