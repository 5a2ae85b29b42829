extension Startup {
    /// Where the programs of the other processes are.
    package struct Programs: Hashable, Sendable {
        package let session: String
        package let decide: String

        package init(session: String, decide: String) {
            self.session = session
            self.decide = decide
        }

        /// Beside the program that runs.
        package static func besideThisOne() -> Programs {
            let path = ProgramSearch.ownPath() ?? ""
            let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
            return Programs(
                session: "\(folder)/sallyport-session",
                decide: "\(folder)/sallyport-decide"
            )
        }
    }
}
