import AuditTrail
import SessionProtocol
import StrictYAML
import Testing

@testable import Authority

@Suite struct `a kernel without Landlock` {
    @Test func `is in the record of each connection`() throws {
        for (landlock, written) in [(CInt(-1), 0), (7, 7)] {
            let bastion = try Bastion(try World(), landlock: landlock)
            try bastion.turn { try !bastion.records(.connectionOpened).isEmpty }
            guard
                case .connectionOpened(let opened) =
                    try bastion.records(.connectionOpened).first?.event
            else { return #expect(Bool(false), "there is no record of it") }
            #expect(opened.landlock == written)
        }
    }

    @Test func `is said when the bastion starts, and one with it is not`() {
        let without = ProcessConfinement(account: nil, landlockVersion: -1)
        #expect(without.lack?.contains("no Landlock") == true)
        #expect(ProcessConfinement(account: nil, landlockVersion: 1).lack == nil)
    }
}

@Suite struct `the account of processes` {
    private func settings(_ text: String) throws -> Settings {
        try Settings.read(Array(text.utf8), file: "s", directory: "/d").value
    }

    @Test func `is the authority's own where that is not root`() throws {
        #expect(try ProcessAccount.chosen(by: settings(""), isRoot: false) == nil)
    }

    @Test func `is looked up where the authority is root`() throws {
        let nobody = try settings("process-account: {unix-user: nobody}")
        let named = try ProcessAccount.chosen(by: nobody, isRoot: true)
        #expect(named == ProcessAccount(user: 65_534, group: 65_534))
        let nobodys = try settings("process-account: {uid: 64999}")
        let number = try ProcessAccount.chosen(by: nobodys, isRoot: true)
        #expect(number == ProcessAccount(user: 64_999, group: 64_999))
    }

    @Test func `must be there, and not root`() throws {
        let missing = try settings("process-account: {unix-user: no-such-account}")
        #expect(throws: ProcessAccountError.missing(name: "no-such-account")) {
            try ProcessAccount.chosen(by: missing, isRoot: true)
        }
        let root = try settings("process-account: {unix-user: root}")
        #expect(throws: ProcessAccountError.privileged(name: "root")) {
            try ProcessAccount.chosen(by: root, isRoot: true)
        }
        #expect(ProcessAccountError.missing(name: "x").description.contains("useradd --system"))
    }

    @Test(arguments: [
        "{uid: 0}", "{uid: 4294967295}", "{unix-user: 'a:b'}", "{unix-user: ''}", "{}", "nobody",
        "{unix-user: nobody, uid: 65534}",
    ])
    func `is a name or a number that is not root's`(value: String) {
        #expect(throws: (any Error).self) { try settings("process-account: \(value)") }
    }

    @Test func `has a name by default, and needs a restart to change`() throws {
        let settings = try settings("")
        #expect(settings.processAccount == .userName("sallyport-process"))
        let other = try self.settings("process-account: {unix-user: nobody}")
        #expect(other.fixedDifferences(from: settings) == ["process-account"])
    }
}
