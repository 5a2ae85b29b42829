/// What the methods of the shell and the commands of the server do.
enum MongoTable {
    enum Kind: Hashable, Sendable {
        case read
        /// Writes what it names.
        case insert
        /// Changes or deletes one document, or all that the filter finds.
        case updateOne, updateMany, deleteOne, deleteMany
        /// The old forms, in which an option says whether it is one or all.
        case update, remove
        case aggregate, bulk
        case drop(String)
        case schema(String, String)
        case administer
        /// Runs JavaScript in the server.
        case code
    }

    /// Methods of a collection.
    static let collection: [String: Kind] = table([
        (
            .read,
            """
            find findOne count countDocuments estimatedDocumentCount distinct getIndexes getIndexKeys \
            getIndexSpecs getIndices stats dataSize storageSize totalSize totalIndexSize isCapped \
            validate latencyStats getShardDistribution getShardVersion getPlanCache watch exists \
            getFullName getName getDB getMongo help analyzeShardKey getSearchIndexes
            """
        ),
        (.insert, "insert insertOne insertMany save"),
        (.updateOne, "updateOne replaceOne findOneAndUpdate findOneAndReplace findAndModify"),
        (.deleteOne, "deleteOne findOneAndDelete"),
        (.updateMany, "updateMany"), (.deleteMany, "deleteMany"),
        (.update, "update"), (.remove, "remove"), (.aggregate, "aggregate"), (.bulk, "bulkWrite"),
        (.drop("collection"), "drop"),
        (.drop("index"), "dropIndex dropIndexes dropSearchIndex"),
        (
            .schema("create", "index"),
            "createIndex createIndexes ensureIndex createSearchIndex createSearchIndexes"
        ),
        (
            .schema("alter", "collection"),
            "renameCollection convertToCapped reIndex hideIndex unhideIndex updateSearchIndex compactStructuredEncryptionData"
        ),
        (.code, "mapReduce group"),
    ])

    /// Methods of a database.
    static let database: [String: Kind] = table([
        (
            .read,
            """
            stats serverStatus version getCollectionNames getCollectionInfos currentOp hello isMaster \
            getName getUsers getUser getRoles getRole getProfilingStatus listCommands hostInfo \
            serverCmdLineOpts serverBuildInfo getReplicationInfo printReplicationInfo \
            printSecondaryReplicationInfo printSlaveReplicationInfo printCollectionStats \
            printShardingStatus getLastError getLogComponents auth logout help watch getMongo \
            listCollections rotateCertificates_ getFreeMonitoringStatus serverBits isMaster commandHelp
            """
        ),
        (.aggregate, "aggregate"),
        (.drop("database"), "dropDatabase"),
        (.schema("create", "collection"), "createCollection createView createEncryptedCollection"),
        (
            .administer,
            """
            createUser dropUser dropAllUsers updateUser changeUserPassword grantRolesToUser \
            revokeRolesFromUser createRole dropRole dropAllRoles updateRole grantRolesToRole \
            revokeRolesFromRole grantPrivilegesToRole revokePrivilegesFromRole killOp shutdownServer \
            fsyncLock fsyncUnlock setProfilingLevel setLogLevel cloneDatabase copyDatabase \
            repairDatabase rotateCertificates enableFreeMonitoring disableFreeMonitoring setSecondaryOk
            """
        ),
        (.code, "eval"),
    ])

    /// Commands of the server, by the first key of their object.
    static let commands: [String: Kind] = table([
        (
            .read,
            """
            ping serverStatus buildInfo buildinfo listDatabases listCollections dbStats dbstats collStats \
            collstats hello isMaster ismaster replSetGetStatus replSetGetConfig getParameter getCmdLineOpts \
            connectionStatus currentOp count distinct find explain listIndexes getLog hostInfo top \
            usersInfo rolesInfo validate whatsmyuri features lockInfo getShardMap listShards \
            balancerStatus connPoolStats dataSize dbHash listCommands getMore logApplicationMessage
            """
        ),
        (.insert, "insert"), (.bulk, "delete update bulkWrite"),
        (.updateOne, "findAndModify findandmodify"),
        (.aggregate, "aggregate"), (.drop("database"), "dropDatabase"),
        (.drop("collection"), "drop"),
        (.drop("index"), "dropIndexes deleteIndexes"),
        (.schema("create", "collection"), "create"), (.schema("create", "index"), "createIndexes"),
        (
            .schema("alter", "collection"),
            "collMod renameCollection compact convertToCapped reIndex cloneCollectionAsCapped"
        ),
        (
            .administer,
            """
            shutdown setParameter fsync fsyncUnlock killOp killCursors killSessions killAllSessions \
            createUser dropUser updateUser dropAllUsersFromDatabase grantRolesToUser revokeRolesFromUser \
            createRole dropRole updateRole grantPrivilegesToRole revokePrivilegesFromRole \
            replSetReconfig replSetInitiate replSetStepDown replSetFreeze replSetMaintenance \
            replSetSyncFrom addShard removeShard enableSharding shardCollection moveChunk movePrimary \
            split mergeChunks balancerStart balancerStop logRotate profile invalidateUserCache \
            setFeatureCompatibilityVersion setDefaultRWConcern setClusterParameter configureFailPoint \
            rotateCertificates resync reshardCollection planCacheClear
            """
        ),
        (.code, "mapReduce mapreduce eval $eval"),
    ])

    /// What a cursor or a result can be asked.
    static let results: Set<String> = [
        "limit", "skip", "sort", "toArray", "pretty", "count", "size", "itcount", "next", "hasNext",
        "tryNext", "explain", "batchSize", "hint", "maxTimeMS", "comment", "projection",
        "collation",
        "allowDiskUse", "readPref", "readConcern", "noCursorTimeout", "length", "stringify",
        "close",
        "objsLeftInBatch", "returnKey", "showRecordId", "min", "max", "addOption", "tailable", "ok",
        "join", "sum", "keys", "map", "filter", "forEach", "reduce", "some", "every", "includes",
        "slice", "toString", "toFixed",
    ]

    /// Functions that only show something.
    static let showing: Set<String> = [
        "print", "printjson", "printjsononeline", "tojson", "tojsononeline", "quit", "exit", "help",
        "it",
        "version", "sleep", "cls", "true", "false", "null", "undefined", "ISODate", "ObjectId",
        "Date",
        "new", "NumberInt", "NumberLong", "UUID", "Math", "Infinity", "disableTelemetry",
    ]

    /// What `rs` and `sh` tell without changing anything.
    static let statusMethods: Set<String> = [
        "status", "conf", "config", "hello", "isMaster", "printReplicationInfo", "help",
        "getBalancerState",
        "printSecondaryReplicationInfo", "isBalancerRunning", "getShardedDataDistribution",
        "printSlaveReplicationInfo", "balancerCollectionStatus", "listShards",
        "printShardingStatus",
    ]

    private static func table(_ rows: [(Kind, String)]) -> [String: Kind] {
        var table: [String: Kind] = [:]
        for (kind, names) in rows {
            for name in names.split(separator: " ") { table[String(name)] = kind }
        }
        return table
    }
}
