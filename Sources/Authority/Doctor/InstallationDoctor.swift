import AuditTrail
import Logging

/// `sallyport doctor`: whether a bastion can serve here, before a client finds out.
///
/// It changes nothing; processes that it starts it ends.
package enum InstallationDoctor {
    /// `path` is where programs of the system are looked for.
    package static func examine(
        settingsPath: String,
        programs: Startup.Programs,
        path: String
    ) -> HealthReport {
        // What the processes say is in the findings.
        let logger = Logger(label: "sallyport.doctor") { _ in SwiftLogNoOpLogHandler() }
        let reading = SettingsCheck.run(
            settingsPath: settingsPath,
            now: Timestamp.now().wholeSeconds
        )
        var findings = reading.findings
        if let settings = reading.settings {
            let keys = KeyCheck.run(settings)
            findings += keys.findings + StateCheck.run(settings)
            findings += PortCheck.run(settings, hostKey: keys.hostKey, path: path)
            if let endings = EndingsCheck.run(settings, now: .now()) { findings.append(endings) }
        }
        findings += ProgramCheck.run(programs, reading, logger)
        findings.append(LibraryCheck.run(path: path))
        findings += SystemCheck.run(reading.settings) + ConfinementCheck.run(reading.settings)
        return HealthReport(findings)
    }
}
