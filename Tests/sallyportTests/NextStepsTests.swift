import Testing

@testable import sallyport

@Suite struct `the next steps after init` {
    @Test(
        arguments: [
            (2222, "[bastion.example.com]:2222 ssh-ed25519 AAAA"),
            (22, "bastion.example.com ssh-ed25519 AAAA"),
        ] as [(UInt16, String)]
    )
    func `hold the line of known_hosts as ssh looks for it`(_ port: UInt16, _ line: String) {
        let steps = NextSteps(directory: "/srv/s", port: port, hostKey: "ssh-ed25519 AAAA")
        #expect(steps.text.contains("\n    \(line)\n") || steps.text.hasSuffix("\n    \(line)"))
        #expect(steps.text.contains("export SALLYPORT_CONFIG=/srv/s/sallyport.yaml\n"))
    }
}
