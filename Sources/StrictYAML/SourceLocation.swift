/// A place in a file that a person can open: lines and columns count from 1.
package struct SourceLocation: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// As messages name it: the path as the operator wrote it.
    package let file: String
    /// Zero where the file as a whole is meant.
    package let line: Int
    /// In Unicode scalars; zero where the line as a whole is meant.
    package let column: Int

    package init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
    }

    package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }

    package var description: String { line == 0 ? file : "\(file):\(line)" }
}

/// A value and where it was written, for what can only be judged once every file is read.
package struct Located<Value: Hashable & Sendable>: Hashable, Sendable {
    package let value: Value
    package let location: SourceLocation

    package init(_ value: Value, at location: SourceLocation) {
        self.value = value
        self.location = location
    }
}
