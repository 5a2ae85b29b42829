// Compiled by scripts/fuzz on the modules of Sources, with Seeds.swift.

import PolicyEngine
import StrictYAML

/// Reads any bytes as the user name by which somebody asks for a target.
///
/// What leads somewhere leads to a target and a login that are granted, by one reading of the name.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAddressing(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let userName = String(decoding: bytes, as: UTF8.self)
    if let address = AddressedTarget(userName: userName) {
        check(userName.utf8.count <= AddressedTarget.maximumBytes)
        let separators = Array("@+%".utf8)
        let target = address.target.name
        check(!target.utf8.contains(where: separators.contains))
        check(target.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f })
        if let login = address.login {
            let spellings = ["@", "+", "%"].map { login.name + $0 + target }
            // Byte for byte: two strings may be equal and not the same.
            check(spellings.contains { $0.utf8.elementsEqual(userName.utf8) })
            check(login.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f })
            check(spellings.allSatisfy { AddressedTarget(userName: $0) == address })
        } else {
            check(target.utf8.elementsEqual(userName.utf8))
        }
    }
    for name in Sample.principals { resolve(userName, for: name) }
    _ = PrincipalName(userName).map { check(PrincipalName($0.description) == $0) }
    if let address = NetworkAddress(userName, defaultPort: 22) {
        check(NetworkAddress(address.description, defaultPort: 1) == address)
    }
    return 0
}

private func resolve(_ userName: String, for name: PrincipalName) {
    switch Sample.inventory.resolve(userName: userName, for: name) {
    case .success(let address):
        check(name.name == "ana")
        check(Sample.inventory.isGranted(address.login, to: name, on: address.target.name))
        check(address.target.logins.contains(address.login))
        // Whoever is granted nothing but that one is sent nowhere else.
        let named = "\(address.login.name)@\(address.target.name.name)"
        guard case .success(let again) = Sample.inventory.resolve(userName: named, for: name) else {
            fatalError("another reading")
        }
        check(again == address)
    case .failure(let refusal):
        check(!refusal.description.isEmpty)
    }
}

/// Writes what there is to begin with.
@_cdecl("LLVMFuzzerInitialize")
public func makeSeeds(
    _ count: UnsafeMutablePointer<CInt>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    let names = [
        "deploy@web1", "deploy+web1", "deploy%web1", "web1", "root@db-2.example.org",
        "db-2.example.org",
        "a@b@web1", "deploy@new1", "human:ana", "[2001:db8::1]:22", "192.0.2.1:2222", "host:22",
    ]
    Seeds.write(names.map { Array($0.utf8) })
    return 0
}

private func check(_ holds: Bool, line: Int = #line) {
    if !holds { fatalError("line \(line)") }
}

private enum Sample {
    static let principals = ["human:ana", "human:bo"].compactMap { PrincipalName($0) }

    static let inventory: Inventory = {
        let text = """
            principals:
              human:ana: {}
              human:bo: {}
            targets:
              web1: {address: 192.0.2.1, logins: [deploy, root], host-keys: [\(key)]}
              db-2.example.org: {address: 192.0.2.2, logins: [root], host-keys: [\(key)]}
              new1: {address: 192.0.2.3, logins: [deploy]}
            grants:
              - name: a
                principals: [human:ana]
                targets: {names: [web1, new1]}
                logins: [deploy]
                requests: [exec]
              - name: b
                principals: [human:ana]
                targets: {names: [db-2.example.org]}
                logins: [root]
                requests: [exec]
            """
        do throws(RefusedFiles) {
            return try Inventory.read([SourceFile(name: "a.yaml", bytes: Array(text.utf8))]).value
        } catch {
            fatalError("\(error)")
        }
    }()

    private static let key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOpKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs"
}
