/// The greatest size of everything that the audit trail takes, holds and gives.
package enum AuditLimits {
    /// LIMIT: bytes of one part of an attribution; names of principals and targets have 128 at most.
    package static let attributionBytes = 256
    /// LIMIT: bytes of a payload in JSON.
    ///
    /// A command line of 96 KiB and 64 variables of 4 KiB, all of control characters that JSON
    /// writes in six bytes each, stay below this.
    package static let payloadBytes = 4 * 1024 * 1024
    /// LIMIT: records of one submission, which are committed together or not at all.
    package static let submissionRecords = 256
    /// LIMIT: records that wait for their commit; beyond it, beginnings are refused.
    package static let queuedRecords = 4096
    /// LIMIT: bytes of commands and environments that wait for their commit, about.
    package static let queuedBytes = 64 * 1024 * 1024
    /// How many records and bytes of ends and locks are taken beyond those limits, in percent.
    package static let queueReservePercent = 25
    /// LIMIT: bytes of a command in a list of sessions; the record of its opening has it whole.
    package static let listedCommandBytes = 4096
    /// LIMIT: rows of one page of an answer.
    package static let pageRows = 1000
    /// The rows of a page when nobody says how many.
    package static let defaultPageRows = 100
    /// LIMIT: bytes of one page of an answer, about; it has one row at least.
    package static let pageBytes = 16 * 1024 * 1024
    /// LIMIT: readers at the same time; more wait.
    package static let readers = 4
}
