import ShellSyntax

/// What the functions of Node's modules and of some globals do, by their full names.
enum JavaScriptFunctions {
    static let table: [ShellText: KnownCall] = {
        var table: [ShellText: KnownCall] = [:]
        for (module, groups) in acting {
            for (name, call) in calls(groups) {
                // `readFile` and `readFileSync` do the same, and so does that of `fs/promises`.
                for name in [name.description, name.description + "Sync"] {
                    table[ShellText(module + "." + name)] = call
                    if module != "fs" { continue }
                    table[ShellText("fs.promises." + name)] = call
                    table[ShellText("fs/promises." + name)] = call
                }
            }
        }
        for (module, names) in harmless {
            for name in words(names) {
                table[ShellText(module + "." + name.description)] = .harmless
            }
        }
        table["rimraf"] = .file(.deleteTree, .first)
        table["fetch"] = .url
        return table
    }()

    /// Functions of `child_process`, whose options are looked at as well.
    static let programs: [ShellText: KnownCall] = calls([
        (.shell, "child_process.exec child_process.execSync"),
        (
            .program,
            """
            child_process.spawn child_process.spawnSync child_process.execFile
            child_process.execFileSync Bun.spawn Bun.spawnSync
            """
        ),
    ])

    /// Options of those that change nothing of what is run.
    static let harmlessOptions = words(
        "encoding stdio timeout maxBuffer windowsHide killSignal"
    )

    private static let acting: [(String, [(KnownCall, String)])] = [
        (
            "fs",
            [
                (.file(.read, .first), "readFile createReadStream"),
                (
                    .file(.write, .first),
                    "writeFile appendFile createWriteStream mkdir truncate utimes mkdtemp"
                ),
                (.file(.delete, .first), "unlink"),
                (.file(.deleteTree, .first), "rm rmdir"),
                (.move, "rename"), (.copy, "copyFile cp"),
                (.file(.permission, .first), "chmod chown lchown lchmod"),
                (.link, "symlink link"), (.open, "open"),
            ]
        ),
        ("rimraf", [(.file(.deleteTree, .first), "sync rimraf")]),
        ("http", [(.url, "get")]), ("https", [(.url, "get")]),
        (
            "Deno",
            [
                (.file(.read, .first), "readTextFile readFile"),
                (.file(.write, .first), "writeTextFile writeFile create mkdir truncate utime open"),
                (.file(.deleteTree, .first), "remove"), (.move, "rename"), (.copy, "copyFile"),
                (.file(.permission, .first), "chmod chown"),
                (.link, "symlink link"), (.signal(.processFirst), "kill"),
            ]
        ),
        ("Bun", [(.file(.write, .first), "write")]),
    ]

    private static let harmless: [(String, String)] = [
        ("JSON", "parse stringify"),
        (
            "Math",
            """
            abs ceil floor round max min pow sqrt cbrt random sign trunc log log2 log10 exp sin cos
            tan atan atan2 hypot PI E
            """
        ),
        ("Object", "keys values entries assign fromEntries freeze is"),
        ("Buffer", "from alloc byteLength concat isBuffer compare"),
        (
            "process",
            """
            version versions argv env platform arch pid ppid cwd uptime hrtime memoryUsage exit
            exitCode stdin stdout stderr nextTick title execPath release getuid getgid cpuUsage
            resourceUsage on once features execArgv
            """
        ),
        (
            "fs",
            """
            existsSync statSync lstatSync readdirSync accessSync realpathSync readlinkSync stat
            lstat readdir access realpath constants statfsSync
            """
        ),
        ("fs.promises", "stat lstat readdir access realpath"),
        ("fs/promises", "stat lstat readdir access realpath"),
        (
            "os",
            """
            hostname cpus totalmem freemem platform type release arch uptime loadavg homedir tmpdir
            networkInterfaces userInfo EOL endianness version machine availableParallelism
            """
        ),
        ("path", "join resolve basename dirname extname normalize relative sep parse isAbsolute"),
        ("url", "parse URL URLSearchParams format fileURLToPath"),
        ("util", "inspect format types isDeepStrictEqual TextDecoder TextEncoder"),
        (
            "crypto",
            """
            randomBytes randomUUID randomInt createHash createHmac getHashes timingSafeEqual
            pbkdf2Sync scryptSync getCiphers
            """
        ),
        (
            "zlib",
            "gzipSync gunzipSync inflateSync deflateSync brotliDecompressSync unzipSync crc32"
        ),
        ("querystring", "parse stringify escape unescape"),
        ("readline", "createInterface"), ("dns", "lookup resolve resolve4 resolve6"),
        ("timers", "setTimeout setInterval"),
        (
            "Deno",
            """
            args build version hostname pid ppid cwd exit uid gid loadavg osUptime osRelease
            systemMemoryInfo memoryUsage readDir readDirSync stat statSync lstat lstatSync
            realPath realPathSync readLink readLinkSync inspect noColor mainModule
            """
        ),
        ("Bun", "version revision nanoseconds sleep sleepSync inspect hash deepEquals"),
    ]
}
