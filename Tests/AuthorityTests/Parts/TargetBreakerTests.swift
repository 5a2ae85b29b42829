import PolicyEngine
import Testing

@testable import Authority

@Suite struct `the breaker of a login on a target` {
    private let web: ResolvedAddress
    private let root: ResolvedAddress
    private let database: ResolvedAddress
    private var breaker = TargetBreaker()

    init() throws {
        let world = try World().edited("logins: [deploy]", "logins: [deploy, root]")
        func resolve(_ name: String) throws -> ResolvedAddress {
            let alice = try #require(PrincipalName("human:alice"))
            return try world.inventory.resolve(userName: name, for: alice).get()
        }
        web = try resolve("deploy@web1")
        root = try resolve("root@web1")
        database = try resolve("deploy@db1")
    }

    @Test mutating func `opens at two refusals in a row, for that login alone`() {
        #expect(breaker.authenticationFailed(at: web, 0) == false)
        #expect(breaker.admit(to: web, at: 0) == nil)
        #expect(breaker.authenticationFailed(at: web, 1000) == true)
        #expect(breaker.admit(to: web, at: 1000) == 60_000)
        #expect(breaker.remainingMilliseconds(for: web, at: 60_999) == 1)
        #expect(breaker.admit(to: root, at: 1000) == nil)
        #expect(breaker.admit(to: database, at: 1000) == nil)
    }

    @Test mutating func `lets one try after its time, and the others when that one got in`() {
        _ = breaker.authenticationFailed(at: web, 0)
        _ = breaker.authenticationFailed(at: web, 0)
        #expect(breaker.admit(to: web, at: 60_000) == nil)
        #expect(breaker.admit(to: web, at: 60_001) == 59_999)
        breaker.authenticated(at: web)
        #expect(breaker.admit(to: web, at: 60_002) == nil)
        #expect(breaker.admit(to: web, at: 60_002) == nil)
    }

    @Test mutating func `opens again at the first refusal of the one that tried`() {
        _ = breaker.authenticationFailed(at: web, 0)
        _ = breaker.authenticationFailed(at: web, 0)
        #expect(breaker.admit(to: web, at: 60_000) == nil)
        #expect(breaker.authenticationFailed(at: web, 70_000) == true)
        #expect(breaker.admit(to: web, at: 120_000) == 10_000)
    }

    @Test mutating func `lets another one try where nobody hears of the one that tried`() {
        _ = breaker.authenticationFailed(at: web, 0)
        _ = breaker.authenticationFailed(at: web, 0)
        #expect(breaker.admit(to: web, at: 60_000) == nil)
        #expect(breaker.admit(to: web, at: 120_000) == nil)
    }

    @Test mutating func `stays closed where a certificate is taken between two refusals`() {
        _ = breaker.authenticationFailed(at: web, 0)
        breaker.authenticated(at: web)
        #expect(breaker.authenticationFailed(at: web, 0) == false)
    }

    @Test mutating func `closes for every login when a probe of an operator got in`() {
        for address in [web, root, database] {
            _ = breaker.authenticationFailed(at: address, 0)
            _ = breaker.authenticationFailed(at: address, 0)
        }
        breaker.mended(web.target.name)
        #expect(breaker.admit(to: web, at: 0) == nil && breaker.admit(to: root, at: 0) == nil)
        #expect(breaker.admit(to: database, at: 0) != nil)
    }
}
