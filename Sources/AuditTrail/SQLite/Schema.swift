import GRDB

/// The shape of the database, and the steps that lead to it; `docs/formats/audit.md` describes it.
enum Schema {
    /// Forward only; a step that was released is never changed.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 audit trail") { database in
            try database.execute(sql: trail)
            try database.execute(sql: people)
            try database.execute(sql: certificates)
        }
        migrator.registerMigration("2 transports of certificates") { database in
            try database.execute(sql: transports)
        }
        return migrator
    }

    /// The records; triggers keep them as they are and their numbers without a gap.
    private static let trail = """
        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            kind TEXT NOT NULL,
            version INTEGER NOT NULL,
            connection TEXT,
            session TEXT,
            principal TEXT,
            on_behalf_of TEXT,
            target TEXT,
            login TEXT,
            payload BLOB NOT NULL
        ) STRICT;
        CREATE INDEX audit_time ON audit (time);
        CREATE INDEX audit_kind ON audit (kind);
        CREATE INDEX audit_connection ON audit (connection) WHERE connection IS NOT NULL;
        CREATE INDEX audit_session ON audit (session) WHERE session IS NOT NULL;
        CREATE INDEX audit_principal ON audit (principal) WHERE principal IS NOT NULL;
        CREATE INDEX audit_on_behalf_of ON audit (on_behalf_of) WHERE on_behalf_of IS NOT NULL;
        CREATE INDEX audit_target ON audit (target) WHERE target IS NOT NULL;
        CREATE TRIGGER audit_is_not_updated BEFORE UPDATE ON audit BEGIN
            SELECT RAISE(ABORT, 'the audit trail is append-only');
        END;
        CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN
            SELECT RAISE(ABORT, 'the audit trail is append-only');
        END;
        CREATE TRIGGER audit_has_no_gap BEFORE INSERT ON audit
        WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM audit) BEGIN
            SELECT RAISE(ABORT, 'the audit trail has no gaps');
        END;
        """

    /// What follows from the records, kept in their transactions.
    private static let people = """
        CREATE TABLE connections (
            sequence INTEGER PRIMARY KEY REFERENCES audit,
            id TEXT NOT NULL UNIQUE,
            peer_address TEXT NOT NULL,
            peer_port INTEGER NOT NULL,
            listener TEXT NOT NULL,
            user_name TEXT,
            principal TEXT,
            on_behalf_of TEXT,
            method TEXT,
            fingerprint TEXT,
            opened_at INTEGER NOT NULL,
            ended_at INTEGER,
            cause TEXT,
            detail TEXT
        ) STRICT;
        CREATE INDEX connections_live ON connections (sequence) WHERE ended_at IS NULL;
        CREATE INDEX connections_principal ON connections (principal);
        CREATE INDEX connections_opened_at ON connections (opened_at);
        CREATE TABLE sessions (
            sequence INTEGER PRIMARY KEY REFERENCES audit,
            id TEXT NOT NULL UNIQUE,
            connection TEXT NOT NULL REFERENCES connections (id),
            number INTEGER NOT NULL,
            principal TEXT NOT NULL,
            on_behalf_of TEXT,
            target TEXT,
            login TEXT,
            request TEXT NOT NULL,
            command BLOB NOT NULL,
            command_bytes INTEGER NOT NULL,
            has_terminal INTEGER NOT NULL,
            effect TEXT,
            recording TEXT,
            opened_at INTEGER NOT NULL,
            started_at INTEGER,
            ended_at INTEGER,
            cause TEXT,
            exit_status INTEGER,
            exit_signal TEXT,
            core_dumped INTEGER,
            exit_message TEXT,
            remote_end TEXT,
            remote_processes INTEGER
        ) STRICT;
        CREATE INDEX sessions_live ON sessions (sequence) WHERE ended_at IS NULL;
        CREATE INDEX sessions_connection ON sessions (connection);
        CREATE INDEX sessions_principal ON sessions (principal);
        CREATE INDEX sessions_on_behalf_of ON sessions (on_behalf_of)
            WHERE on_behalf_of IS NOT NULL;
        CREATE INDEX sessions_target ON sessions (target);
        CREATE INDEX sessions_opened_at ON sessions (opened_at);
        CREATE TABLE locks (
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            sequence INTEGER NOT NULL REFERENCES audit,
            since INTEGER NOT NULL,
            until INTEGER,
            "by" TEXT NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (kind, name)
        ) STRICT;
        """

    /// The last number is kept by itself, so that no later clearing of rows can bring one back.
    private static let certificates = """
        CREATE TABLE certificates (
            number INTEGER PRIMARY KEY,
            authority INTEGER NOT NULL,
            sequence INTEGER NOT NULL REFERENCES audit,
            connection TEXT,
            session TEXT,
            principal TEXT,
            on_behalf_of TEXT,
            target TEXT,
            login TEXT,
            key_id TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            valid_after INTEGER NOT NULL,
            valid_before INTEGER NOT NULL,
            purpose TEXT NOT NULL,
            issued_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE certificate_counter (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            last INTEGER NOT NULL CHECK (last BETWEEN 0 AND \(CertificateSerial.maximumNumber))
        ) STRICT;
        INSERT INTO certificate_counter VALUES (1, 0);
        CREATE TRIGGER certificate_counter_rises BEFORE UPDATE ON certificate_counter
        WHEN NEW.last <= OLD.last BEGIN
            SELECT RAISE(ABORT, 'certificate numbers are never used twice');
        END;
        CREATE TRIGGER certificate_counter_stays BEFORE DELETE ON certificate_counter BEGIN
            SELECT RAISE(ABORT, 'certificate numbers are never used twice');
        END;
        """

    /// By which what a session runs is found on its target; empty in rows of before.
    private static let transports = """
        ALTER TABLE certificates ADD COLUMN local_address TEXT;
        ALTER TABLE certificates ADD COLUMN local_port INTEGER;
        ALTER TABLE certificates ADD COLUMN peer_address TEXT;
        ALTER TABLE certificates ADD COLUMN peer_port INTEGER;
        CREATE INDEX certificates_session ON certificates (session) WHERE session IS NOT NULL;
        """
}
