import AuditTrail
import PolicyEngine
import SSHKeys
import SSHWire
import StrictYAML
import Testing

@testable import Authority

@Suite struct `a certificate for a target` {
    private let moment = Timestamp(secondsSince1970: 1_800_000_000)

    private func draft(
        _ settings: String = "",
        session: String? = "s-000000000000",
        validity: CertificateValidity = .session
    ) throws -> (CertificateDraft, UserCertificateRequest) {
        let text = """
            principals:
              human:alice: {}
            targets:
              web1:
                address: 192.0.2.10:22
                logins: [deploy]
                \(settings)
            """
        let file = SourceFile(name: "i.yaml", bytes: Array(text.utf8))
        let inventory = try Inventory.read([file]).value
        let target = try #require(TargetName("web1").flatMap(inventory.target(named:)))
        let terms = CertificateTerms(
            attribution: Attribution(
                connection: "c-000000000000",
                session: session,
                principal: "agent:copilot",
                onBehalfOf: "human:alice"
            ),
            target: target,
            login: try #require(Login("deploy")),
            decision: "42",
            forceCommand: Array("exec true".utf8),
            permitsTerminal: false,
            transport: RemoteScript.Transport(
                client: try #require(SocketAddress(host: "198.51.100.7", port: 40_000)),
                server: try #require(SocketAddress(host: "192.0.2.10", port: 22))
            ),
            purpose: .session,
            validity: validity
        )
        let draft = try CertificateDraft(
            terms,
            key: Ed25519SigningKey.generate(),
            nonce: [UInt8](repeating: 0, count: 32),
            at: moment
        )
        let serial = CertificateSerial(authority: 3, number: 9)
        return (draft, try draft.request(serial: serial))
    }

    @Test func `says what was decided, and for how long`() throws {
        let (draft, request) = try draft()
        #expect(request.validPrincipal == "deploy")
        #expect(request.serial == 3 << 48 | 9)
        #expect(request.validAfter == 1_800_000_000 - 30)
        #expect(request.validBefore == 1_800_000_000 + 60)
        #expect(request.forceCommand == Array("exec true".utf8))
        #expect(request.sourceAddresses.map(\.description) == ["198.51.100.7/32"])
        #expect(!request.permitsTerminal)
        #expect(request.publicKey == draft.key.publicKeyBytes)
        #expect(
            request.keyID.text
                == "sallyport:v1:connection=c-000000000000;session=s-000000000000;"
                + "principal=agent:copilot;onBehalfOf=human:alice;target=web1;decision=42"
        )
    }

    @Test func `that looks for a clock that differs is valid for minutes each way`() throws {
        let (_, request) = try draft(validity: .tolerant)
        #expect(request.validAfter == 1_800_000_000 - CertificateValidity.tolerantSeconds)
        #expect(request.validBefore == 1_800_000_000 + CertificateValidity.tolerantSeconds)
        #expect(CertificateValidity.tolerantSeconds == 300)
    }

    @Test func `follows the target's own settings`() throws {
        let (_, request) = try draft(
            """
            certificate-principal: login@target
                certificate-lifetime: 2m
                source-address: [203.0.113.0/24]
            """
        )
        #expect(request.validPrincipal == "deploy@web1")
        #expect(request.validBefore == 1_800_000_000 + 120)
        #expect(request.sourceAddresses.map(\.description) == ["203.0.113.0/24"])
    }

    @Test func `is recorded without a number, which the store gives`() throws {
        guard case .certificateIssued(let record) = try draft().0.record(authority: 3) else {
            Issue.record("another kind of record")
            return
        }
        #expect(record.serial == .unnumbered(authority: 3))
        #expect(record.sourceAddress == "198.51.100.7/32")
        let ends = TransportEnds(
            localAddress: "198.51.100.7",
            localPort: 40_000,
            peerAddress: "192.0.2.10",
            peerPort: 22
        )
        #expect(record.transport == ends)
    }

    @Test func `is refused where the key id would hold what forges a log line`() throws {
        #expect(throws: IssuingError.self) { try draft(session: "s; principal=root") }
    }
}
