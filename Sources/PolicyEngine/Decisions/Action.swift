/// What a command does to the world, as rules speak of it.
///
/// The list is closed: a program that does something else is `programUnknown`.
package enum Action: String, Hashable, Sendable, CaseIterable {
    case fileRead = "file.read"
    case fileWrite = "file.write"
    case fileDelete = "file.delete"
    case filePermission = "file.permission"
    case deviceWrite = "device.write"
    case processSignal = "process.signal"
    case serviceControl = "service.control"
    case hostPower = "host.power"
    case packageChange = "package.change"
    case accountChange = "account.change"
    case privilegeElevate = "privilege.elevate"
    case networkConnect = "network.connect"
    case networkListen = "network.listen"
    case networkFirewall = "network.firewall"
    case scheduleChange = "schedule.change"
    case kernelChange = "kernel.change"
    case auditTamper = "audit.tamper"
    /// Authorized keys, start-up files, units, cron, sudoers, directories of PATH.
    case guardEscape = "guard.escape"
    case terminalInteractive = "terminal.interactive"
    case secretRead = "secret.read"
    case databaseRead = "database.read"
    case databaseWrite = "database.write"
    case databaseSchema = "database.schema"
    case containerRead = "container.read"
    case containerChange = "container.change"
    case containerExecute = "container.execute"
    case clusterRead = "cluster.read"
    case clusterChange = "cluster.change"
    case clusterExecute = "cluster.execute"
    case cloudRead = "cloud.read"
    case cloudChange = "cloud.change"
    case repositoryRead = "repository.read"
    case repositoryWrite = "repository.write"
    /// An interpreter with code that cannot be read.
    case codeRun = "code.run"
    case programUnknown = "program.unknown"
    /// The program's name is not known before it runs.
    case commandDynamic = "command.dynamic"
}

/// How sure the analysis is that an action happens.
package enum Certainty: String, Hashable, Sendable, CaseIterable {
    /// A permit holds only for this.
    case certain
    /// A forbid holds for this already.
    case possible
}

/// An action that a command line would have, and how sure that is.
package struct ForeseenAction: Hashable, Sendable {
    package let action: Action
    package let certainty: Certainty

    package init(_ action: Action, _ certainty: Certainty) {
        self.action = action
        self.certainty = certainty
    }
}
