import ShellSyntax

/// What the methods of Ruby's constants do, by their full names.
enum RubyFunctions {
    static let kernel: [ShellText: KnownCall] = calls([
        (.shellOrProgram, "system exec spawn"), (.open, "open"),
        (
            .harmless,
            """
            puts print p pp printf sprintf format putc gets readlines readline loop rand srand sleep
            exit exit! abort raise catch throw Integer Float String Array Hash Rational Complex
            lambda proc block_given? caller at_exit warn chomp chop gsub sub frozen? freeze BEGIN
            END fail
            """
        ),
    ])
    static let table: [ShellText: KnownCall] = {
        var table = calls(acting)
        for (constant, names) in harmless {
            for name in words(names) {
                table[ShellText(constant + "." + name.description)] = .harmless
            }
        }
        return table
    }()

    private static let acting: [(KnownCall, String)] = [
        (.shellOrProgram, "Kernel.system Kernel.exec Kernel.spawn Process.spawn Process.exec"),
        (
            .shellOrProgram,
            """
            Open3.capture2 Open3.capture2e Open3.capture3 Open3.popen2 Open3.popen2e Open3.popen3
            """
        ),
        (.pipe, "IO.popen"), (.program, "PTY.spawn"), (.signal(.signalFirst), "Process.kill"),
        (
            .file(.read, .first),
            "File.read File.readlines File.foreach File.binread YAML.load_file CSV.read CSV.foreach"
        ),
        (
            .file(.write, .first),
            """
            File.write File.binwrite Dir.mkdir FileUtils.mkdir FileUtils.mkdir_p FileUtils.touch
            File.truncate FileUtils.makedirs FileUtils.mkpath
            """
        ),
        (.open, "File.open File.new"),
        (
            .file(.delete, .all),
            "File.delete File.unlink Dir.rmdir Dir.delete Dir.unlink FileUtils.rm FileUtils.rm_f"
        ),
        (.file(.delete, .all), "FileUtils.rmdir FileUtils.remove FileUtils.safe_unlink"),
        (
            .file(.deleteTree, .first),
            """
            FileUtils.rm_r FileUtils.rm_rf FileUtils.rmtree FileUtils.remove_entry
            FileUtils.remove_dir FileUtils.remove_entry_secure FileUtils.remove_file
            """
        ),
        (.move, "File.rename FileUtils.mv FileUtils.move"),
        (.copy, "FileUtils.cp FileUtils.copy FileUtils.cp_r FileUtils.copy_file FileUtils.install"),
        (.copy, "IO.copy_stream"),
        (
            .link,
            "File.symlink File.link FileUtils.ln FileUtils.ln_s FileUtils.ln_sf FileUtils.symlink"
        ),
        (.file(.permission, .rest), "File.chmod FileUtils.chmod FileUtils.chmod_R File.lchmod"),
        (.file(.permission, .behindTwo), "File.chown FileUtils.chown FileUtils.chown_R"),
        (.url, "URI.open Net::HTTP.get Net::HTTP.get_response Net::HTTP.get_print"),
        (.connect, "TCPSocket.new TCPSocket.open Net::HTTP.start"),
    ]

    private static let harmless: [(String, String)] = [
        (
            "File",
            """
            exist? exists? file? directory? size mtime ctime atime basename dirname extname join
            expand_path absolute_path realpath stat lstat readable? writable? executable? symlink?
            zero? readlink split fnmatch SEPARATOR
            """
        ),
        ("Dir", "pwd getwd glob entries exist? children home each_child empty? tmpdir"),
        ("JSON", "parse generate pretty_generate dump ParserError"),
        ("Time", "now at parse iso8601 gm utc local mktime strptime"),
        ("Date", "today parse new valid_date? strptime"), ("DateTime", "now parse"),
        ("Base64", "encode64 decode64 strict_encode64 strict_decode64 urlsafe_encode64"),
        ("Base64", "urlsafe_decode64"),
        ("Digest::MD5", "hexdigest digest base64digest"),
        ("Digest::SHA1", "hexdigest digest base64digest"),
        ("Digest::SHA256", "hexdigest digest base64digest"),
        ("Digest::SHA512", "hexdigest digest base64digest"),
        (
            "SecureRandom",
            "hex uuid base64 urlsafe_base64 alphanumeric random_bytes random_number rand"
        ),
        (
            "URI",
            """
            parse join encode_www_form decode_www_form encode_www_form_component
            decode_www_form_component extract
            """
        ),
        ("YAML", "safe_load dump"), ("CSV", "parse parse_line generate_line"),
        ("Process", "pid ppid clock_gettime CLOCK_MONOTONIC uid gid euid egid"),
        ("Etc", "getlogin getpwnam getpwuid getgrnam nprocessors uname"),
        ("Benchmark", "measure realtime"), ("Shellwords", "split escape join"),
        ("StringIO", "new"), ("Zlib", "crc32 inflate deflate gunzip gzip"),
        ("Socket", "gethostname"), ("Gem", "VERSION"),
        ("OpenSSL", "VERSION OPENSSL_VERSION OPENSSL_LIBRARY_VERSION"),
        ("IO", "console"),
    ]
}
