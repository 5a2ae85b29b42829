import ShellSyntax

/// Words, built-in functions, modules and attributes of Python.
///
/// A bare name that is on no list is a variable, which holds what harmless functions returned.
enum PythonNames {
    /// What `psutil` does to a process that it has found.
    static let signals = words("kill terminate send_signal suspend")

    static let keywords = words(
        """
        and or not in is if else elif for while lambda return pass break continue None True False
        try except finally raise assert as with del yield def global nonlocal
        """
    )

    static let deniedWords = words("class async await exec")

    static let builtins = words(
        """
        print len str int float bool list dict set tuple frozenset bytes bytearray range enumerate
        zip map filter sorted reversed sum min max abs round pow divmod any all ord chr hex oct bin
        repr ascii format isinstance issubclass iter next id hash type slice complex exit quit
        object callable memoryview hasattr dir unicode raw_input xrange long basestring unichr
        reduce Ellipsis NotImplemented
        """
    )

    /// What runs code, finds functions by name, or hands out what the lists leave out.
    static let deniedBuiltins = words(
        """
        eval compile getattr setattr delattr globals locals vars help breakpoint input
        classmethod staticmethod property super execfile reload apply file intern coerce buffer
        copyright credits license
        """
    )

    static let harmlessSpecial = words("__name__ __file__ __doc__")

    /// Modules whose functions `PythonFunctions` lists.
    static let modules: Set<ShellText> = words(
        """
        __future__ json math datetime time base64 collections itertools functools string textwrap
        random secrets uuid hashlib hmac statistics decimal fractions re calendar pprint html
        struct binascii zlib gzip bz2 lzma csv shlex platform unicodedata ipaddress urllib
        urllib.parse urllib.request heapq bisect zoneinfo fnmatch getpass pwd grp socket copy io
        codecs sys os os.path shutil subprocess commands pty pathlib glob tempfile operator ast
        xml xml.etree xml.etree.ElementTree xml.dom xml.dom.minidom ssl sqlite3 resource locale
        sysconfig site importlib importlib.metadata multiprocessing crypt errno stat requests
        http http.client numpy pandas torch tensorflow django flask yaml simplejson toml tomllib
        tomli scipy sklearn matplotlib sqlalchemy psycopg2 cryptography OpenSSL pip setuptools
        pkg_resources ansible boto3 botocore redis celery fastapi pydantic traceback signal
        apt apt_pkg
        """
    )

    static let subprocesses = words(
        """
        subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen
        """
    )

    static let harmlessKeywords = words(
        """
        shell capture_output text check stdout stderr universal_newlines timeout encoding errors
        bufsize close_fds
        """
    )

    /// Harmless on any value that the listed functions return.
    ///
    /// `write` is: what it writes to was opened, which is an effect of its own.
    static let attributes: Set<ShellText> = words(
        """
        add adjusted append appendleft as_integer_ratio as_tuple astimezone attrib
        bit_count bit_length block_size broadcast_address buffer bytes bytes_le capitalize casefold
        center clear close closed combine compressed conjugate copy count ctime date day days
        decode denominator difference difference_update digest digest_size discard dst elements
        encode encoding end endswith exp expandtabs exploded extend extendleft fieldnames fields
        fileno find findall finditer findtext flags flush fold format format_map fragment
        from_bytes fromhex fromisocalendar fromisoformat fromkeys fromordinal fromtimestamp
        fullmatch get getcode getheader getheaders getroot geturl getvalue group groupdict groups
        hex hexdigest hostmask hostname hosts hour imag index info insert int intersection
        intersection_update is_global is_integer is_link_local is_loopback is_multicast is_private
        is_reserved is_unspecified isalnum isalpha isascii isatty isdecimal isdigit isdisjoint
        isidentifier islower isnumeric isocalendar isoformat isoweekday isprintable isspace
        issubset issuperset istitle isupper items iter iterfind itertext join keys lastgroup
        lastindex ljust ln log10 lower lstrip maketrans match max_prefixlen microsecond
        microseconds min minute month most_common move_to_end name netloc netmask network_address
        node normalize now num_addresses numerator overlaps packed params partition password path
        pattern peek pop popitem popleft port pos prefixlen quantize query read read1 readable
        readline readlines real remove removeprefix removesuffix replace reverse reverse_pointer
        rfind rindex rjust rotate rpartition rsplit rstrip search second seconds seek seekable set
        setdefault sort span split splitlines sqrt start startswith strftime string strip strptime
        sub subn subnet_of subnets supernet supernet_of swapcase symmetric_difference tag tail
        tell text time timestamp timetuple timetz title to_bytes today toordinal total_seconds
        translate tzinfo tzname union update upper urn username utc utcfromtimestamp utcnow utcoffset
        utctimetuple values variant version weekday with_netmask with_prefixlen writable write
        writeheader writelines writerow writerows year zfill
        returncode stdout stderr communicate wait poll pid args status status_code reason headers
        content ok msg st_mode st_size st_mtime st_ctime st_atime st_uid st_gid st_ino st_nlink
        pw_name pw_dir pw_shell pw_uid pw_gid pw_gecos gr_name gr_gid gr_mem tm_year tm_mon tm_mday
        tm_hour tm_min tm_sec tm_wday tm_yday major minor micro releaselevel serial sysname
        nodename release machine total used free recv settimeout getsockname getpeername
        toprettyxml toxml documentElement exists is_file is_dir stat iterdir rglob glob stem
        suffix suffixes parent parents parts resolve absolute expanduser as_posix relative_to
        joinpath home cwd with_suffix with_name samefile owner group is_symlink f_bavail f_bfree f_blocks
        f_frsize f_bsize columns lines year_month exception errno strerror filename code message
        """
    )
}
