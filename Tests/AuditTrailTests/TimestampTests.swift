import AuditTrail
import Testing

@Suite struct `a timestamp` {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00.000000Z", 0),
            ("1969-12-31T23:59:59.999999Z", -1),
            ("2000-02-29T12:34:56.789012Z", 951_827_696_789_012),
            ("2026-07-01T12:00:00.000000Z", 1_782_907_200_000_000),
            ("0001-01-01T00:00:00.000000Z", -62_135_596_800_000_000),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
        ] as [(String, Int64)]
    )
    func `is written and read as RFC 3339 has it`(text: String, microseconds: Int64) {
        #expect(Timestamp(microsecondsSince1970: microseconds).description == text)
        #expect(Timestamp(text)?.microsecondsSince1970 == microseconds)
    }

    @Test(arguments: [
        ("2026-07-01T14:30:00+02:30", "2026-07-01T12:00:00.000000Z"),
        ("2026-07-01t12:00:00.5z", "2026-07-01T12:00:00.500000Z"),
        ("2026-06-30T23:00:00-13:00", "2026-07-01T12:00:00.000000Z"),
    ])
    func `is moved to UTC`(text: String, utc: String) {
        #expect(Timestamp(text)?.description == utc)
    }

    @Test(arguments: [
        "", "2026-07-01", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-07-01T24:00:00Z",
        "2026-07-01T12:00:60Z", "2026-07-01T12:00:00", "2026-07-01T12:00:00.Z",
        "2026-07-01T12:00:00.1234567Z", "2026-07-01T12:00:00Zx", "+026-07-01T12:00:00Z",
        "0000-01-01T00:00:00Z", "2026-07-00T12:00:00Z", "2026-07-01T12:00:00+2:00",
    ])
    func `is not read from anything else`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `has every day of four centuries in order`() {
        var previous = ""
        for day in 0..<Int64(146_097) {
            let moment = Timestamp(microsecondsSince1970: (day - 40_000) * 86_400_000_000)
            #expect(moment.description > previous && Timestamp(moment.description) == moment)
            previous = moment.description
        }
    }

    @Test func `of a certificate without end is the last moment that has a text`() {
        let forever = Timestamp(secondsSince1970: .max)
        #expect(forever.description == "9999-12-31T23:59:59.999999Z")
        #expect(Timestamp(microsecondsSince1970: .max) == forever)
    }
}
