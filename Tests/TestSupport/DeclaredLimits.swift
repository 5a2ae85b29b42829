import Foundation

/// The limits that the source of a target declares, found by its text.
///
/// A limit is a `static let` below a comment with `LIMIT:`, or one whose name begins with `maximum`.
package struct DeclaredLimits {
    /// `Type.constant`; for a marker that no constant follows the place of the marker, which no
    /// document names.
    package private(set) var names: Set<String> = []

    package init(in target: String) throws {
        for path in try RepositoryFile.paths(under: "Sources/\(target)", suffix: ".swift") {
            read(try RepositoryFile(path).lines, path)
        }
    }

    private mutating func read(_ lines: [String], _ path: String) {
        var types: [(indentation: Int, name: String)] = []
        var marker: Int?
        for (number, line) in lines.enumerated() {
            let text = line.drop { $0 == " " }
            let indentation = line.count - text.count
            if text.hasPrefix("//") {
                if text.contains("LIMIT:") { marker = number + 1 }
                continue
            }
            if let name = Self.declaredType(text) {
                types.removeAll { $0.indentation >= indentation }
                types.append((indentation, name))
            }
            let constant = Self.declaredConstant(text)
            if let constant, marker != nil || constant.hasPrefix("maximum") {
                let type = types.last { $0.indentation < indentation }?.name ?? path
                names.insert("\(type).\(constant)")
            } else if let marker {
                names.insert("\(path):\(marker)")
            }
            marker = nil
        }
    }

    private static func declaredType(_ text: Substring) -> String? {
        let words = text.split(separator: " ")
        let keywords: Set<Substring> = ["struct", "enum", "class", "actor", "extension"]
        guard let place = words.firstIndex(where: keywords.contains), place + 1 < words.count,
            words[..<place].allSatisfy({ $0.first?.isLetter == true || $0.hasPrefix("@") })
        else { return nil }
        return String(words[place + 1].prefix { $0.isLetter || $0.isNumber || $0 == "." })
    }

    private static func declaredConstant(_ text: Substring) -> String? {
        guard let place = text.range(of: "static let ") else { return nil }
        return String(text[place.upperBound...].prefix { $0.isLetter || $0.isNumber })
    }
}
