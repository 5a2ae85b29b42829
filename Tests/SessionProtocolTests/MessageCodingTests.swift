import SSHWire
import Testing

@testable import SessionProtocol

@Suite struct `messages between the processes` {
    @Test(arguments: SampleMessages.requests)
    func `come out of their encoding as they went in`(_ request: SessionRequest) throws {
        #expect(try SessionRequest(decoding: request.encoded()) == request)
    }

    @Test(arguments: SampleMessages.orders)
    func `from the authority come out as they went in`(_ order: SessionOrder) throws {
        #expect(try SessionOrder(decoding: order.encoded()) == order)
    }

    @Test func `cover every kind`() {
        #expect(Set(SampleMessages.requests.map(\.kind)) == Set(SessionRequestKind.allCases))
        #expect(Set(SampleMessages.orders.map(\.kind)) == Set(SessionOrderKind.allCases))
    }

    @Test(arguments: SampleMessages.requests)
    func `are refused cut short at any byte`(_ request: SessionRequest) {
        let bytes = request.encoded()
        for end in 0..<bytes.count {
            #expect(throws: WireError.self) { try SessionRequest(decoding: bytes[..<end]) }
        }
    }

    @Test func `are refused with a byte too many`() {
        let bytes = SessionRequest.started(number: SessionNumber(1)).encoded() + [0]
        #expect(throws: WireError.trailingBytes(count: 1)) {
            try SessionRequest(decoding: bytes)
        }
    }

    @Test func `bring a command line of the limit, and none above it`() throws {
        func opening(_ count: Int) -> [UInt8] {
            SessionRequest.openSession(
                SessionOpening(
                    number: SessionNumber(1),
                    program: .exec(commandLine: [UInt8](repeating: 65, count: count)),
                    terminal: nil,
                    environment: []
                )
            ).encoded()
        }
        _ = try SessionRequest(decoding: opening(FieldLimits.commandLine))
        #expect(throws: WireError.tooLong(field: "command line", limit: 98_304)) {
            try SessionRequest(decoding: opening(FieldLimits.commandLine + 1))
        }
    }

    @Test func `about decisions come out as they went in`() throws {
        for order in SampleMessages.deciderOrders {
            #expect(try DeciderOrder(decoding: order.encoded()) == order)
        }
        for report in SampleMessages.deciderReports {
            #expect(try DeciderReport(decoding: report.encoded()) == report)
        }
    }
}

@Suite struct `a session to be opened` {
    private func opening(_ values: [Int]) -> [UInt8] {
        SessionRequest.openSession(
            SessionOpening(
                number: SessionNumber(1),
                program: .exec(commandLine: [UInt8](repeating: 65, count: FieldLimits.commandLine)),
                terminal: nil,
                environment: values.map {
                    EnvironmentVariable(name: "N", value: [UInt8](repeating: 65, count: $0))
                }
            )
        ).encoded()
    }

    @Test func `fits a message with command line and environment at their limits`() throws {
        let full = opening([Int](repeating: FieldLimits.environmentValue - 1, count: 16))
        #expect(full.count <= FieldLimits.message)
        _ = try SessionRequest(decoding: full)
    }

    @Test func `is refused with an environment above its limit as a whole`() {
        let values = [Int](repeating: FieldLimits.environmentValue - 1, count: 16)
        #expect(throws: WireError.tooLong(field: "environment", limit: 65_536)) {
            try SessionRequest(decoding: opening(values + [0]))
        }
    }
}
