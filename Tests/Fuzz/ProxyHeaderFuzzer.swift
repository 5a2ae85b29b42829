// Compiled by scripts/fuzz on the modules of Sources.

import SSHWire

/// Reads any bytes as a header of a proxy, as the authority does: the first sixteen, then the rest.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzProxyHeader(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0, let start = unsafe start else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let following: Int
    do {
        following = try ProxyHeader.followingBytes(of: Array(bytes.prefix(ProxyHeader.prefixBytes)))
    } catch {
        // What has no good beginning is no good as a whole.
        do {
            _ = try ProxyHeader(parsing: bytes)
            preconditionFailure("a header with a bad beginning")
        } catch {
            return 0
        }
    }
    precondition((0...ProxyHeader.maximumBytes).contains(following), "a length beyond its limit")
    let whole = ProxyHeader.prefixBytes + following
    guard bytes.count >= whole else { return 0 }
    do {
        switch try ProxyHeader(parsing: Array(bytes.prefix(whole))) {
        case .local: break
        case .proxied(let source, _):
            let text = "\(source)"
            precondition(
                source.bytes.count == 4 || source.bytes.count == 16,
                "an address of no family: \(text)"
            )
        }
    } catch {
        precondition(!"\(error)".isEmpty, "an error without a description")
    }
    return 0
}
