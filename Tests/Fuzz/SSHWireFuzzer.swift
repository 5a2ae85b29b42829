// Compiled by scripts/fuzz on the modules of Sources.

import SSHWire

/// Reads any bytes as each thing that SSH and its agent carry, and as each text that names one.
///
/// The first byte chooses what. What can be read is written as it was read where there is one way to write it, and
/// is in any case the same when it is read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSSHWire(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0, let start = unsafe start else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let blob = Array(bytes.dropFirst())
    do {
        switch bytes[0] {
        case UInt8(ascii: "k"): check(try PublicKey(parsing: blob).blob == blob)
        case UInt8(ascii: "c"): try readCertificate(blob)
        case UInt8(ascii: "s"): try readSignature(blob)
        case UInt8(ascii: "u"): check(try UserAuthenticationRequest(parsing: blob).bytes == blob)
        case UInt8(ascii: "a"): try readAgent(blob)
        default: try readText(bytes[0], blob)
        }
    } catch let error as WireError {
        check(!error.description.isEmpty && !error.description.contains("\n"))
    } catch let error as PrivateKeyFileError {
        check(!"\(error)".isEmpty)
    } catch {
        fatalError("another error: \(error)")
    }
    return 0
}

private func check(_ holds: Bool, line: Int = #line) {
    if !holds { fatalError("line \(line)") }
}

private func readCertificate(_ blob: [UInt8]) throws {
    let certificate = try Certificate(parsing: blob)
    let fields = certificate.fields
    check(certificate.blob == blob)
    check(blob.starts(with: certificate.signedBytes))
    let again = Certificate.blob(
        toBeSigned: Array(certificate.signedBytes),
        signature: certificate.signature
    )
    check(try Certificate(parsing: again).fields == fields)
    // What we would issue with these fields says the same.
    let issued = Certificate.blob(toBeSigned: fields.toBeSigned, signature: certificate.signature)
    check(try Certificate(parsing: issued).fields == fields)
    for option in fields.criticalOptions + fields.extensions {
        do { _ = try option.value() } catch { check(!error.description.isEmpty) }
    }
}

private func readSignature(_ blob: [UInt8]) throws {
    let signature = try SignatureBlob(parsing: blob)
    check(try SignatureBlob(parsing: signature.bytes) == signature)
    check(signature.algorithm.isSecurityKey == (signature.authenticator != nil))
}

private func readAgent(_ blob: [UInt8]) throws {
    do {
        let request = try AgentRequest(parsing: blob[...])
        check(try AgentRequest(parsing: request.bytes[4...]) == request)
    } catch is WireError {}
    let answer = try AgentAnswer(parsing: blob[...])
    check(try AgentAnswer(parsing: answer.bytes[4...]) == answer)
}

private func readText(_ choice: UInt8, _ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    switch choice {
    case UInt8(ascii: "l"):
        let line = try PublicKeyLine(parsing: text)
        check(try PublicKeyLine(parsing: line.description).blob == line.blob)
    case UInt8(ascii: "p"):
        let file = try PrivateKeyFile(parsing: text)
        let again = try PrivateKeyFile(parsing: file.text(checkInteger: 7))
        check(again.seed == file.seed && again.publicKey == file.publicKey)
        check("\(file)" == "•••")
    case UInt8(ascii: "i"):
        let address = try IPAddress(parsing: text)
        check(try IPAddress(parsing: address.description) == address)
    case UInt8(ascii: "r"):
        let ranges = try AddressRange.list(parsing: text)
        check(ranges.count <= AddressRange.maximumListCount)
        for range in ranges {
            check(range.contains(range.address))
            check(try AddressRange(parsing: range.description) == range)
        }
    case UInt8(ascii: "b"):
        guard let decoded = Base64.decode(text) else { return }
        check(Base64.decode(Base64.encode(decoded)) == decoded)
    case UInt8(ascii: "n"):
        let algorithm = try AuthenticationAlgorithm(parsing: text)
        check(try AuthenticationAlgorithm(parsing: algorithm.name) == algorithm)
    default:
        break
    }
}
