import ShellSyntax

/// What the functions of Perl and its modules do.
enum PerlFunctions {
    static let table: [ShellText: KnownCall] = calls([
        (.shellOrProgram, "system exec"),
        (.shell, "capture capturex systemx readpipe"),
        (.program, "open2 open3"),
        (.file(.delete, .all), "unlink rmdir"),
        (.file(.write, .first), "mkdir truncate"),
        (.file(.write, .all), "make_path mkpath"),
        (.file(.deleteTree, .all), "remove_tree rmtree"),
        (.file(.permission, .rest), "chmod"), (.file(.permission, .behindTwo), "chown"),
        (.file(.write, .behindTwo), "utime"),
        (.move, "rename move mv"), (.link, "link symlink"), (.copy, "copy cp"),
        (.url, "getprint"), (.download, "getstore"),
    ])

    /// Those that are known only from modules that are not listed.
    static let foreign = words("capture capturex systemx open2 open3")
}
