/// Why a file cannot be read as a recording at all.
package enum CastError: Error, Hashable, Sendable, CustomStringConvertible {
    case noHeader(JSONError)
    case notAsciicast
    case unsupportedVersion(UInt64)
    case unsupportedFormat(UInt64)
    case lineTooLong(line: Int, limit: Int)

    package var description: String {
        switch self {
        case .noHeader(let error): "line 1 is no header of a recording: it \(error)"
        case .notAsciicast: "line 1 is no header of a recording: it has no `version`"
        case .unsupportedVersion(let version):
            "asciicast version \(version) is not supported, only version 2"
        case .unsupportedFormat(let format):
            "the recording has format \(format) of a later Sallyport, this one reads"
                + " \(RecordingHeader.format)"
        case .lineTooLong(let line, let limit): "line \(line) exceeds the limit of \(limit) bytes"
        }
    }
}
