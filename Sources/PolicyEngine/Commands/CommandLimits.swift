/// Sizes of command lines.
package enum CommandLimits {
    /// LIMIT: as received; `FieldLimits.commandLine` of the session protocol must agree.
    package static let commandLineBytes = 96 * 1024
    /// LIMIT: wrapped; `FieldLimits.wrappedCommandLine` of the session protocol must agree.
    package static let wrappedBytes = 127 * 1024
    /// LIMIT: `FieldLimits.environmentName` of the session protocol must agree.
    package static let environmentNameBytes = 128
    /// LIMIT: `FieldLimits.environmentValue` of the session protocol must agree.
    package static let environmentValueBytes = 4 * 1024
    /// LIMIT: `FieldLimits.environmentCount` of the session protocol must agree.
    package static let environmentCount = 64
}
