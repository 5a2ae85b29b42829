/// The end of a recording: where its last whole event is, and whether it was closed.
package struct RecordingTail: Hashable, Sendable {
    /// How many bytes of the window to keep; what follows is no whole event line.
    package let keptBytes: Int
    /// The time of the last event; 0 where there is none.
    package let microseconds: Int64
    /// Whether the last event says that nothing follows.
    package let isClosed: Bool

    /// Looks for the last whole event; nil where the window is too small to tell.
    ///
    /// - Parameters:
    ///   - window: The last bytes of the file.
    ///   - isWholeFile: Whether they begin with the header.
    /// - Throws: Where there is nothing to keep, not even a header.
    package init?(window: ArraySlice<UInt8>, isWholeFile: Bool) throws(CastError) {
        // The end of the bytes that may be kept: behind a line feed, or the start.
        var end = Self.lineStart(before: window.endIndex, in: window)
        while end > window.startIndex {
            let start = Self.lineStart(before: end - 1, in: window)
            let line = window[start..<end - 1]
            guard start > window.startIndex else {
                guard isWholeFile else { return nil }
                _ = try RecordingHeader(line: line)
                (keptBytes, microseconds, isClosed) = (end - window.startIndex, 0, false)
                return
            }
            if let event = Self.event(line) {
                keptBytes = end - window.startIndex
                microseconds = event.microseconds
                isClosed = event.isClosing
                return
            }
            end = start
        }
        guard isWholeFile else { return nil }
        throw .noHeader(.endsEarly)
    }

    /// The first byte of the line that ends at, or reaches to, `end`.
    private static func lineStart(before end: Int, in window: ArraySlice<UInt8>) -> Int {
        let lineFeed = window[..<end].lastIndex(of: UInt8(ascii: "\n"))
        return lineFeed.map { $0 + 1 } ?? window.startIndex
    }

    private static func event(
        _ line: ArraySlice<UInt8>
    ) -> (microseconds: Int64, isClosing: Bool)? {
        do {
            let event = try CastLine(line)
            guard event.code.utf8.elementsEqual([EventCode.fact.rawValue]), let data = event.data
            else { return (event.microseconds, false) }
            return (event.microseconds, try Fact(json: data).isLast)
        } catch {
            return nil
        }
    }
}
