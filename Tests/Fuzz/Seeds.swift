// Compiled by scripts/fuzz with the fuzzers that make their seeds themselves.

import Foundation

/// Texts to begin with, which are written where SALLYPORT_SEEDS says before the first one is read.
enum Seeds {
    static func write(_ seeds: [[UInt8]]) {
        guard let folder = ProcessInfo.processInfo.environment["SALLYPORT_SEEDS"] else { return }
        for (number, seed) in seeds.enumerated() {
            let file = URL(filePath: folder).appending(path: "made-\(number)")
            do {
                try Data(seed).write(to: file)
            } catch {
                fatalError("\(file.path): \(error)")
            }
        }
    }
}
