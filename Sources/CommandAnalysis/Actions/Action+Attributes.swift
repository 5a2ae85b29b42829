// Which attributes an action may have: what a rule may ask of it, and what a knowledge file may say.

extension Action {
    public var attributes: [ActionAttribute] {
        switch self {
        case .systemRead: [.verb]
        case .fileRead, .fileWrite: [.path, .recursive, .verb]
        case .fileDelete: [.path, .recursive, .force]
        case .filePermission: [.path, .recursive, .mode, .owner, .group]
        case .deviceWrite: [.path, .verb, .force]
        case .storageChange, .storageDestroy: [.name, .path, .verb, .force, .all]
        case .processSignal: [.process, .signal, .account, .all]
        case .serviceControl: [.unit, .verb, .all]
        case .hostPower: [.verb]
        case .hostConfigure: [.verb, .name]
        case .packageChange: [.package, .verb, .force, .all]
        case .accountChange: [.account, .group, .verb]
        case .privilegeElevate: [.account]
        case .scheduleChange: [.verb, .schedule, .account, .path, .all]
        case .kernelChange: [.module, .verb, .path, .name]
        case .messageSend: [.account, .host, .verb]
        case .networkConnect: [.host, .port, .url, .method, .account, .force]
        case .networkListen: [.host, .port]
        case .networkConfigure: [.verb, .name, .host]
        case .networkFirewall: [.verb, .name, .all]
        case .auditTamper: [.path, .verb]
        case .guardEscape: [.path, .verb, .variable]
        case .terminalInteractive: []
        case .secretRead: [.path, .name, .verb]
        case .databaseRead, .databaseWrite, .databaseSchema, .databaseAdminister:
            [.engine, .statement, .object, .resource, .database, .bounded, .force, .host]
        case .backupCreate, .backupRestore, .backupDelete: [.name, .path, .host, .verb, .all]
        case .containerRead, .containerChange, .containerDelete, .containerExecute:
            [.container, .image, .volume, .name, .verb, .force, .all]
        case .clusterRead, .clusterChange, .clusterDelete, .clusterExecute:
            [.resource, .namespace, .name, .verb, .force, .all, .container]
        case .cloudRead, .cloudChange, .cloudDelete, .cloudExecute:
            [.service, .verb, .name, .resource, .force, .all]
        case .repositoryRead, .repositoryWrite, .repositoryPush:
            [.verb, .branch, .remote, .force, .path]
        case .projectBuild: [.verb, .name]
        case .codeRun: [.language, .path, .verb, .variable]
        case .programUnknown: [.path, .verb]
        case .commandDynamic: [.verb]
        case .commandDeceptive: []
        }
    }

    public func has(_ attribute: ActionAttribute) -> Bool { attributes.contains(attribute) }
}
