import SSHWire
import Testing

@Suite struct `an IP address` {
    @Test(arguments: [
        ("10.0.0.1", "10.0.0.1"), ("255.255.255.255", "255.255.255.255"), ("::", "::"),
        ("::1", "::1"), ("2001:DB8::0:1", "2001:db8::1"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
        ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1::", "1::"),
        ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
        ("::ffff:192.0.2.7", "192.0.2.7"), ("::ffff:c000:207", "192.0.2.7"),
        ("64:ff9b::192.0.2.7", "64:ff9b::c000:207"), ("::1.2.3.4", "::102:304"),
    ])
    func `has one form`(text: String, form: String) throws {
        let address = try IPAddress(parsing: text)
        #expect(address.description == form)
        #expect(try IPAddress(parsing: form) == address)
    }

    @Test(arguments: [
        "", "10.0.0", "10.0.0.1.2", "010.0.0.1", "10.0.0.256", "10.0.0.1 ", "10.0.0.+1", "1.2.3.",
        ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8:9",
        "::12345", "::g", "fe80::1%eth0", "1.2.3.4::", "::1.2.3", "::1.2.3.4:5", "1:", ":1",
        "1::2:", "localhost", "٠.0.0.1",
    ])
    func `in any other text is refused`(text: String) {
        #expect(throws: WireError.self) { try IPAddress(parsing: text) }
    }
}

@Suite struct `an address range` {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.255.255", "11.0.0.0"), ("10.1.2.3", "10.1.2.3", "10.1.2.4"),
        ("10.1.2.0/23", "10.1.3.9", "10.1.4.0"), ("192.0.2.128/25", "192.0.2.255", "192.0.2.127"),
        ("2001:db8::/33", "2001:db8:7fff::1", "2001:db8:8000::"), ("::1", "::1", "::2"),
        ("0.0.0.0/0", "1.2.3.4", "::1"), ("::/0", "::1", "1.2.3.4"),
        ("::ffff:10.0.0.0/104", "10.9.9.9", "11.0.0.0"),
        ("10.0.0.0/8", "::ffff:10.2.3.4", "::a00:1"),
    ])
    func `holds what begins alike, not its neighbour`(
        text: String,
        inside: String,
        outside: String
    ) throws {
        let range = try AddressRange(parsing: text)
        #expect(try range.contains(IPAddress(parsing: inside)))
        #expect(try !range.contains(IPAddress(parsing: outside)))
        #expect(try AddressRange(parsing: range.description) == range)
    }

    @Test(arguments: [
        "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/08", "10.0.0.0/-1", "10.0.0.0/8/8",
        "/8", "::/129", "::1/127", "::ffff:10.0.0.0/95", "::ffff:10.0.0.0/8", "10.0.0.*",
        "!10.0.0.1", "10.0.0.0/٨",
    ])
    func `that is not exact is refused`(text: String) {
        #expect(throws: WireError.self) { try AddressRange(parsing: text) }
    }

    @Test func `list has no empty place, no blank and at most 256`() throws {
        #expect(try AddressRange.list(parsing: "10.0.0.0/8,::1").count == 2)
        for text in ["", ",", "::1,", "10.0.0.1, ::1", "10.0.0.1;::1"] {
            #expect(throws: WireError.self) { try AddressRange.list(parsing: text) }
        }
        let many = Array(repeating: "::1", count: 257)
        #expect(try AddressRange.list(parsing: many.dropLast().joined(separator: ",")).count == 256)
        #expect(throws: WireError.self) {
            try AddressRange.list(parsing: many.joined(separator: ","))
        }
    }
}
