import ShellSyntax

/// What the functions and values of Python's modules do, by their full names.
enum PythonFunctions {
    static let table: [ShellText: KnownCall] = {
        var table = calls(acting)
        for (module, names) in harmless {
            for name in words(names) {
                table[ShellText(module + "." + name.description)] = .harmless
            }
        }
        for module in versioned {
            for name in ["__version__", "VERSION", "version", "get_version"] {
                let path = ShellText(module + "." + name)
                if table[path] == nil { table[path] = .harmless }
            }
        }
        return table
    }()

    /// What a path object does with its own file; the path itself is the first argument.
    static let pathMethods: [ShellText: KnownCall] = calls([
        (.file(.read, .first), "read_text read_bytes"),
        (.file(.write, .first), "write_text write_bytes touch mkdir"),
        (.file(.delete, .first), "unlink rmdir"),
        (.move, "rename"), (.link, "symlink_to hardlink_to"),
        (.file(.permission, .first), "chmod lchmod"),
    ])

    private static let acting: [(KnownCall, String)] = [
        (.shell, "os.system subprocess.getoutput subprocess.getstatusoutput commands.getoutput"),
        (.shell, "commands.getstatusoutput os.popen2 os.popen3 os.popen4"),
        (.pipe, "os.popen"),
        (.program, "pty.spawn"), (.signal(.processFirst), "os.kill os.killpg"),
        (.replacement, "os.execl os.execlp os.execv os.execvp"),
        (.file(.delete, .first), "os.remove os.unlink os.rmdir os.removedirs"),
        (.file(.deleteTree, .first), "shutil.rmtree"),
        (.file(.write, .first), "os.mkdir os.makedirs os.truncate os.mkfifo os.open os.utime"),
        (.file(.lock, .first), "apt_pkg.get_lock"),
        (.file(.permission, .first), "os.chmod os.chown os.lchown shutil.chown os.setxattr"),
        (.move, "os.rename os.replace os.renames shutil.move"), (.link, "os.symlink os.link"),
        (.copy, "shutil.copy shutil.copy2 shutil.copyfile shutil.copytree"),
        (.file(.write, .second), "shutil.copymode shutil.copystat"),
        (.open, "io.open codecs.open gzip.open bz2.open lzma.open"),
        (.file(.read, .first), "xml.etree.ElementTree.parse xml.dom.minidom.parse"),
        (.url, "urllib.request.urlopen requests.get requests.head urllib.urlopen"),
        (.download, "urllib.request.urlretrieve urllib.urlretrieve"),
        (.connect, "socket.create_connection http.client.HTTPConnection"),
        (.connect, "http.client.HTTPSConnection"),
    ]

    /// Libraries of which only the version is asked.
    private static let versioned = [
        "numpy", "pandas", "torch", "tensorflow", "django", "flask", "yaml", "simplejson", "scipy",
        "sklearn", "matplotlib", "sqlalchemy", "psycopg2", "cryptography", "OpenSSL", "pip",
        "setuptools", "ansible", "boto3", "botocore", "redis", "celery", "fastapi", "pydantic",
        "requests", "toml",
    ]

    private static let harmless: [(String, String)] = [
        ("__future__", "print_function division unicode_literals absolute_import annotations"),
        ("json", "dump dumps load loads JSONDecodeError"),
        ("simplejson", "dump dumps load loads"),
        ("toml", "load loads dumps"), ("tomllib", "load loads"), ("tomli", "load loads"),
        ("yaml", "safe_load safe_load_all dump safe_dump SafeLoader YAMLError"),
        (
            "math",
            """
            acos acosh asin asinh atan atan2 atanh ceil comb copysign cos cosh degrees dist e erf
            exp expm1 fabs factorial floor fmod frexp fsum gamma gcd hypot inf isclose isfinite
            isinf isnan isqrt lcm ldexp lgamma log log10 log1p log2 modf nan perm pi pow prod
            radians remainder sin sinh sqrt tan tanh tau trunc
            """
        ),
        ("datetime", "date datetime time timedelta timezone MINYEAR MAXYEAR UTC"),
        (
            "time",
            """
            asctime ctime gmtime localtime mktime monotonic monotonic_ns perf_counter process_time
            sleep strftime strptime time time_ns timezone tzname altzone daylight
            """
        ),
        (
            "base64",
            """
            b64encode b64decode b32encode b32decode b16encode b16decode b85encode b85decode
            standard_b64encode standard_b64decode urlsafe_b64encode urlsafe_b64decode
            encodebytes decodebytes encodestring decodestring
            """
        ),
        ("collections", "ChainMap Counter OrderedDict defaultdict deque namedtuple"),
        (
            "itertools",
            """
            accumulate chain combinations combinations_with_replacement compress count cycle
            dropwhile filterfalse groupby islice pairwise permutations product repeat starmap
            takewhile tee zip_longest izip imap
            """
        ),
        ("functools", "reduce partial cmp_to_key lru_cache cache"),
        ("operator", "itemgetter add sub mul truediv or_ and_ xor"),
        (
            "string",
            "ascii_letters ascii_lowercase ascii_uppercase digits hexdigits punctuation printable "
                + "octdigits whitespace capwords letters lowercase uppercase"
        ),
        ("textwrap", "wrap fill dedent indent shorten"),
        (
            "random",
            """
            SystemRandom choice choices gauss getrandbits randbytes randint random randrange sample
            seed shuffle uniform
            """
        ),
        (
            "secrets",
            "choice randbelow randbits SystemRandom token_bytes token_hex token_urlsafe"
        ),
        ("uuid", "UUID uuid1 uuid3 uuid4 uuid5 getnode NAMESPACE_DNS NAMESPACE_URL"),
        (
            "hashlib",
            """
            md5 sha1 sha224 sha256 sha384 sha512 blake2b blake2s sha3_256 sha3_512 new
            algorithms_available algorithms_guaranteed pbkdf2_hmac scrypt
            """
        ),
        ("hmac", "new compare_digest digest"),
        (
            "statistics",
            "mean median mode stdev pstdev variance pvariance quantiles fmean multimode"
        ),
        ("decimal", "Decimal ROUND_HALF_UP ROUND_DOWN ROUND_UP"), ("fractions", "Fraction"),
        (
            "re",
            """
            match fullmatch search sub subn split findall finditer compile escape A I L M S X U
            IGNORECASE MULTILINE DOTALL VERBOSE ASCII UNICODE
            """
        ),
        ("calendar", "isleap monthrange month calendar timegm month_name day_name prmonth weekday"),
        ("pprint", "pprint pformat pp"), ("html", "escape unescape"),
        ("struct", "calcsize pack unpack unpack_from iter_unpack"),
        ("binascii", "a2b_base64 a2b_hex b2a_base64 b2a_hex crc32 hexlify unhexlify"),
        ("zlib", "adler32 compress crc32 decompress MAX_WBITS"),
        ("gzip", "compress decompress"), ("bz2", "compress decompress"),
        ("lzma", "compress decompress"),
        (
            "csv",
            "reader writer DictReader DictWriter QUOTE_ALL QUOTE_MINIMAL QUOTE_NONE "
                + "QUOTE_NONNUMERIC field_size_limit"
        ),
        ("shlex", "split quote join"), ("copy", "copy deepcopy"), ("ast", "literal_eval"),
        (
            "platform",
            """
            machine node platform processor python_version python_implementation release system
            uname version architecture python_version_tuple libc_ver freedesktop_os_release
            """
        ),
        ("unicodedata", "normalize name category lookup east_asian_width"),
        (
            "ipaddress",
            """
            ip_address ip_network ip_interface IPv4Address IPv4Network IPv6Address IPv6Network
            IPv4Interface IPv6Interface collapse_addresses summarize_address_range
            """
        ),
        (
            "urllib.parse",
            """
            urlparse urlunparse urljoin urlsplit urlunsplit urlencode parse_qs parse_qsl quote
            quote_plus unquote unquote_plus unquote_to_bytes
            """
        ),
        ("urllib", "quote quote_plus unquote unquote_plus urlencode"),
        ("heapq", "heappush heappop heapify merge nlargest nsmallest"),
        ("bisect", "bisect bisect_left bisect_right insort"), ("zoneinfo", "ZoneInfo"),
        ("fnmatch", "filter fnmatch fnmatchcase"), ("getpass", "getuser"),
        ("pwd", "getpwall getpwnam getpwuid"), ("grp", "getgrall getgrgid getgrnam"),
        (
            "socket",
            """
            gethostname getfqdn gethostbyname getaddrinfo gethostbyaddr socket AF_INET AF_INET6
            AF_UNIX SOCK_STREAM SOCK_DGRAM inet_aton inet_ntoa inet_pton inet_ntop
            setdefaulttimeout timeout gaierror has_ipv6
            """
        ),
        ("io", "StringIO BytesIO TextIOWrapper"),
        (
            "sys",
            """
            version version_info argv stdin stdout stderr exit path platform executable maxsize
            byteorder getsizeof getrecursionlimit setrecursionlimit prefix base_prefix flags
            implementation getdefaultencoding getfilesystemencoding float_info hexversion
            maxunicode api_version maxint
            """
        ),
        (
            "os",
            """
            getcwd environ getenv getpid getppid getuid geteuid getgid getegid getlogin uname
            cpu_count sep linesep name pathsep listdir walk scandir stat lstat access getloadavg
            statvfs sysconf urandom R_OK W_OK X_OK F_OK get_terminal_size times readlink fspath
            getgroups sched_getaffinity curdir pardir devnull isatty major minor strerror
            """
        ),
        (
            "os.path",
            """
            join exists isfile isdir basename dirname abspath realpath expanduser getsize getmtime
            getatime getctime splitext normpath relpath islink split sep expandvars commonpath
            commonprefix isabs ismount lexists samefile
            """
        ),
        ("shutil", "which disk_usage get_terminal_size"),
        ("subprocess", "PIPE DEVNULL STDOUT CalledProcessError TimeoutExpired"),
        ("pathlib", "PurePath PurePosixPath"), ("glob", "glob iglob escape"),
        ("tempfile", "gettempdir"),
        ("xml.etree.ElementTree", "fromstring tostring"), ("xml.dom.minidom", "parseString"),
        ("ssl", "OPENSSL_VERSION get_default_verify_paths"),
        ("sqlite3", "sqlite_version version"),
        ("resource", "getrusage getrlimit RUSAGE_SELF RUSAGE_CHILDREN RLIMIT_NOFILE"),
        ("locale", "getlocale setlocale getpreferredencoding LC_ALL"),
        ("sysconfig", "get_path get_paths get_config_var get_config_vars get_platform"),
        ("site", "getsitepackages getusersitepackages USER_BASE USER_SITE"),
        ("importlib.metadata", "version"), ("multiprocessing", "cpu_count"),
        ("crypt", "crypt mksalt METHOD_SHA512 METHOD_SHA256"), ("errno", "errorcode ENOENT"),
        ("stat", "filemode S_ISDIR S_ISREG S_IMODE"), ("http", "HTTPStatus"),
        ("traceback", "print_exc format_exc"),
        ("signal", "SIGTERM SIGKILL SIGHUP SIGINT SIGUSR1 SIGUSR2"),
    ]
}
