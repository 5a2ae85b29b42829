import ShellSyntax

/// Words, functions and modules of Perl.
enum PerlNames {
    /// Operators that quote what stands behind them.
    static let quotes = words("q qq qw qr qx m s tr y")

    /// Words behind which an operator stands.
    static let endsValue = words(
        """
        __PACKAGE__ __FILE__ __LINE__ __SUB__ time times wantarray wait fork getlogin getppid
        getgrent gethostent getnetent getprotoent getpwent getservent endgrent endhostent
        endnetent endprotoent endpwent endservent setgrent setpwent
        """
    )

    /// Functions behind which `//` is an operator.
    static let takesDefault = words("getc pop pos readline readlink shift umask undef")

    /// Functions of the language itself that do something to files and processes.
    static let actingBuiltins = words(
        """
        system exec unlink rmdir mkdir truncate link symlink chmod chown rename utime readpipe kill
        open
        """
    )

    /// Words that are no functions, behind which a value stands.
    static let operandWords = words(
        """
        if unless while until for foreach and or not xor lt gt le ge eq ne cmp else elsif return my
        our local last next redo do sub BEGIN END INIT CHECK UNITCHECK package use no require
        continue state
        """
    )

    /// Functions that compute, print, or ask the host for something.
    static let builtins = words(
        """
        abs alarm atan2 binmode chomp chop chr close closedir cos crypt defined delete die each eof
        exists exit exp fc fileno flock getc getgrgid getgrnam gethostbyname getlogin getpgrp
        getppid getpriority getprotobyname getpwent getpwnam getpwuid getservbyname gmtime grep hex
        index int join keys lc lcfirst length localtime log lstat map oct opendir ord pack pipe pop
        pos print printf push quotemeta rand read readdir readline readlink ref reset reverse
        rewinddir rindex say scalar seek select shift sin sleep sort splice split sprintf sqrt srand
        stat study substr sysread sysseek syswrite tell time times truncate uc ucfirst umask undef
        unpack unshift values vec wait waitpid wantarray warn glob eval lock __PACKAGE__ __FILE__
        __LINE__ __SUB__
        """
    )

    /// What runs code, finds functions by name, or does what cannot be told.
    static let denied = words(
        """
        dump syscall fork chroot chdir bless tie tied untie goto format write formline dbmopen
        dbmclose sysopen socket socketpair connect bind listen accept send recv setsockopt
        getsockopt shutdown fcntl ioctl setpgrp setpriority import unimport AUTOLOAD DESTROY
        prototype evalbytes caller sethostent setpwent endpwent shmget shmctl shmread shmwrite
        semctl semget semop msgctl msgget msgrcv msgsnd __DATA__ __END__ __CLASS__ class method try
        catch defer
        """
    )

    static let modules = words(
        """
        strict warnings utf8 feature integer bigint bignum POSIX List::Util Scalar::Util
        Data::Dumper JSON::PP JSON JSON::XS MIME::Base64 Digest::MD5 Digest::SHA Time::HiRes
        Time::Local Time::Piece Encode File::Basename File::Spec Cwd Sys::Hostname Text::Wrap
        URI::Escape constant vars English Getopt::Long Getopt::Std Math::Trig Math::BigInt
        Unicode::Normalize Term::ANSIColor Config locale open File::Path File::Copy LWP::Simple
        IO::Handle
        """
    )

    /// Harmless functions of those.
    static let functions = words(
        """
        floor ceil fmod strftime mktime pow strtol INT_MAX DBL_MAX isatty sum sum0 max min first any
        all none uniq uniqnum shuffle reduce maxstr minstr product pairs pairkeys pairvalues
        blessed reftype looks_like_number encode_base64 decode_base64 md5_hex md5_base64 sha1_hex
        sha256_hex sha512_hex sha1_base64 sha256_base64 Dumper decode_json encode_json to_json
        from_json usleep gettimeofday tv_interval hostname basename dirname fileparse catfile
        catdir cwd getcwd timelocal timegm uri_escape uri_unescape encode decode encode_utf8
        decode_utf8 wrap colored NFC NFD pi md5 sha256 ceil round lround trunc fmax fmin
        """
    )

    /// Methods of the objects of those modules, and of open files.
    static let methods = words(
        """
        new decode encode pretty canonical utf8 strftime epoch ymd hms mon year mday hour min sec
        print printf say close getline getlines autoflush binmode indent allow_nonref latin1 ascii
        add hexdigest b64digest relaxed datetime strptime
        """
    )

    static func isKnown(_ word: ShellText) -> Bool {
        builtins.contains(word) || operandWords.contains(word) || denied.contains(word)
            || actingBuiltins.contains(word)
    }

    /// Whether a name is a listed module, or a harmless function of one: `POSIX::floor`.
    static func isHarmless(qualified name: ShellText) -> Bool {
        if modules.contains(name) { return true }
        guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return false }
        let module = ShellText(name.utf8[..<colon].dropLast())
        let function = ShellText(name.utf8[name.utf8.index(after: colon)...])
        let isTime = module == "Time::HiRes" && (function == "time" || function == "sleep")
        return modules.contains(module) && (functions.contains(function) || isTime)
    }

    /// Whether a word is the operator that repeats, with or without the number: `x3`.
    static func isRepetition(_ word: ShellText) -> Bool {
        word.utf8.first == UInt8(ascii: "x") && word.utf8.dropFirst().allSatisfy(\.isDecimal)
    }
}
