extension RecordingFolder {
    /// Where in the folder the recording of a session that starts then will be.
    package static func relativePath(
        session: String,
        at secondsSince1970: Int64
    ) throws(RecordingStoreError) -> String {
        try RecordingPlace(session: session, secondsSince1970: secondsSince1970).relativePath
    }
}
