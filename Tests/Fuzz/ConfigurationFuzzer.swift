// Compiled by scripts/fuzz on the modules of Sources.

import PolicyEngine
import StrictYAML

@testable import Authority

/// Reads any bytes as settings, as an inventory, as other files that operators write, and as what a target prints.
///
/// The first byte chooses what. A file is taken, or refused with a reason that stands in one line. PolicyEngine has
/// the fuzzer of policies.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzConfiguration(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0, let start = unsafe start else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let text = Array(bytes.dropFirst())
    do throws(RefusedFiles) {
        switch bytes[0] {
        case UInt8(ascii: "s"):
            check(try Settings.read(text, file: "a.yaml", directory: "/etc/sallyport").warnings)
        case UInt8(ascii: "i"):
            let file = SourceFile(name: "a.yaml", bytes: text)
            check(try Inventory.read([file]).warnings)
        case UInt8(ascii: "j"):
            // Two files: the NUL between them can be in neither.
            let files = text.split(separator: 0, maxSplits: 1).enumerated().map {
                SourceFile(name: "\($0.offset).yaml", bytes: Array($0.element))
            }
            check(try Inventory.read(files).warnings)
        case UInt8(ascii: "c"):
            _ = try CaseFile.read(text, name: "a.yaml")
        case UInt8(ascii: "r"):
            readReport(text)
        default: break
        }
    } catch {
        guard error.findings.contains(where: { $0.severity == .error }) else {
            fatalError("a file is refused without a reason")
        }
        check(error.findings)
    }
    return 0
}

private func check(_ findings: [Finding]) {
    for finding in findings where !isOneLine(finding.description) {
        fatalError("a finding that is no line: \(finding)")
    }
}

private func isOneLine(_ text: String) -> Bool {
    !text.isEmpty && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f }
}

/// What the script prints that ends commands on a target, whose owner may print anything.
private func readReport(_ output: [UInt8]) {
    let endings = RemoteReport.endings(of: 3, in: output, value: "v7")
    guard endings.count == 3 else { fatalError("another number of sessions") }
    let text = String(decoding: output, as: UTF8.self)
    if endings.contains(where: { $0 != nil }), !text.contains("sallyport-end v7 ") {
        fatalError("an end that nobody told")
    }
    _ = RemoteReport.signalling(in: output, value: "v7")
}
