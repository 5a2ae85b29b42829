/// What an operand or an option's value is to its program.
///
/// The names are those of knowledge files. Each type either is an action by itself (`WRITE` writes a
/// file), runs something (`COMMAND`), or tells an attribute of the program's actions (`UNIT`).
public enum ValueType: String, Hashable, Sendable, CaseIterable {
    // Nothing but text
    case text = "TEXT"
    case number = "NUMBER"
    case pattern = "PATTERN"
    /// A password or token: shown nowhere.
    case secret = "SECRET"

    // Paths that are read or written
    case read = "READ"
    /// Read with all that is below: `READ` where the program goes down directories.
    case readTree = "READTREE"
    /// Read with all that is below into a backup: the secrets that are among it are not meant.
    case backup = "BACKUP"
    /// A file with the names of files that are read, with all that is below, one on each line.
    case readList = "READLIST"
    /// The same, of which nothing is shown, so that a list that nobody knows names no secret.
    case backupList = "BACKUPLIST"
    /// The same of files that are read and written again, or taken away.
    case editList = "EDITLIST"
    /// Only its name, attributes or size are looked at, or those of what is below.
    case look = "LOOK"
    case write = "WRITE"
    /// Read and written again in its place.
    case edit = "EDIT"
    /// A directory into which files are written, under names that the text does not tell.
    case writeInto = "WRITEINTO"
    /// What the names of the files that are written begin with.
    case writePrefix = "WRITEPREFIX"
    case delete = "DELETE"
    case deleteTree = "DELETETREE"
    /// Mode, owner, access list or attributes are changed.
    case permission = "PERMISSION"
    /// A device or image whose bytes are written.
    case device = "DEVICE"
    /// Read by the name of a device or a mount point, without harm.
    case readDevice = "READDEVICE"
    /// A file with secrets, such as a private key: `secret.read`.
    case secretFile = "SECRETFILE"
    /// A configuration file of the program that can make it run other programs.
    case code = "CODE"
    /// The directory in which the program works from then on.
    case directory = "DIRECTORY"
    /// A path that is only named, neither read nor written.
    case path = "PATH"

    // What runs
    /// A program and all that follows, as its arguments: `COMMAND...`.
    case command = "COMMAND"
    /// A text that `sh` reads; with `...` all that follows, joined with blanks.
    case shell = "SHELL"
    /// A program and its arguments in one text, split at blanks.
    case words = "WORDS"
    /// The same, where nothing is added to it: no file, no host.
    case allWords = "ALLWORDS"
    /// The name of a program, run with arguments that the text does not tell.
    case program = "PROGRAM"
    /// A script that the program reads and runs.
    case script = "SCRIPT"
    /// A library that is loaded.
    case library = "LIBRARY"
    /// `NAME=VALUE`, set for what runs; ends at the first operand of another shape.
    case assignment = "ASSIGNMENT"
    /// The name of a variable that is taken out of the environment.
    case variable = "VARIABLE"

    // Languages
    case sql = "SQL"
    case awk = "AWK"
    case sed = "SED"
    case python = "PYTHON"
    case perl = "PERL"
    case ruby = "RUBY"
    case node = "NODE"
    case php = "PHP"
    case lua = "LUA"
    case redis = "REDIS"
    case mongo = "MONGO"
    case jq = "JQ"
    /// Rules of a firewall's own language: `nft`.
    case nft = "NFT"
    /// Commands of a debugger or editor, which can run programs: `gdb -ex`, `vim -c`.
    case editor = "EDITOR"

    // Attributes
    case verb = "VERB"
    case mode = "MODE"
    case owner = "OWNER"
    case unit = "UNIT"
    case signal = "SIGNAL"
    case process = "PROCESS"
    case package = "PACKAGE"
    case account = "ACCOUNT"
    case group = "GROUP"
    case host = "HOST"
    case port = "PORT"
    case url = "URL"
    case method = "METHOD"
    case object = "OBJECT"
    case database = "DATABASE"
    case container = "CONTAINER"
    case image = "IMAGE"
    /// `HOST-PATH:PATH`, or the name of a volume.
    case volume = "VOLUME"
    case namespace = "NAMESPACE"
    case resource = "RESOURCE"
    case name = "NAME"
    case branch = "BRANCH"
    case remote = "REMOTE"
    case schedule = "SCHEDULE"
    case module = "MODULE"

    /// `HOST:PATH`, `USER@HOST:PATH` or a local path, read: a source of `scp` and `rsync`.
    case remoteRead = "REMOTEREAD"
    /// The same, written.
    case remoteWrite = "REMOTEWRITE"
    /// The same, where what is not among the sources is deleted.
    case remoteMirror = "REMOTEMIRROR"
}
