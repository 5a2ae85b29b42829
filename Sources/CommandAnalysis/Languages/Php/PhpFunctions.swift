import ShellSyntax

/// Words and functions of PHP, all of which are written in lower case here.
enum PhpFunctions {
    static let keywords = words(
        """
        if else elseif while for foreach as do switch case default break continue return echo print
        isset empty unset array list fn function use global static null true false and or xor
        instanceof new try catch finally throw match exit die yield
        """
    )

    static let denied = words(
        """
        eval include include_once require require_once class interface trait namespace goto declare
        abstract extends const enum clone __halt_compiler
        """
    )

    static let classes = words(
        "datetime datetimeimmutable dateinterval datetimezone stdclass exception arrayobject"
    )

    static let methods = words(
        "format gettimestamp modify diff add sub settimezone getmessage settime setdate getoffset"
    )

    static let acting: [ShellText: KnownCall] = calls([
        (.shell, "system exec shell_exec passthru"), (.pipe, "popen"),
        (.shellOrProgram, "proc_open"), (.program, "pcntl_exec"),
        (.signal(.processFirst), "posix_kill"),
        (.file(.read, .first), "file_get_contents file readfile parse_ini_file md5_file sha1_file"),
        (.file(.read, .first), "simplexml_load_file"),
        (.file(.write, .first), "file_put_contents touch mkdir"),
        (.file(.delete, .first), "unlink rmdir"),
        (.file(.permission, .first), "chmod chown chgrp"),
        (.move, "rename"), (.copy, "copy"), (.link, "symlink link"),
        (.open, "fopen"), (.connect, "fsockopen"), (.url, "curl_init get_headers"),
    ])

    /// Those of which another argument or what follows can do more.
    static let unclear = words("proc_open curl_init pcntl_exec")

    static let harmless = words(
        """
        abs ceil floor round max min sqrt pow rand mt_rand random_int random_bytes intdiv fmod
        number_format strlen strtolower strtoupper ucfirst ucwords trim ltrim rtrim str_replace
        substr strpos strrpos stripos str_repeat str_pad strrev explode implode join sprintf printf
        print_r var_dump var_export json_encode json_decode json_last_error_msg serialize
        base64_encode base64_decode md5 sha1 hash crc32 bin2hex hex2bin urlencode urldecode
        rawurlencode rawurldecode http_build_query parse_url htmlspecialchars html_entity_decode
        date time microtime mktime strtotime gmdate date_default_timezone_get checkdate hrtime
        date_default_timezone_set count sizeof in_array array_keys array_values array_merge
        array_slice array_sum array_unique array_reverse array_combine array_flip array_column
        array_key_exists array_search array_diff array_intersect array_push array_pop array_shift
        range sort rsort ksort asort arsort krsort shuffle preg_match preg_match_all preg_split
        preg_quote phpversion php_uname php_sapi_name php_ini_loaded_file phpinfo ini_get
        ini_get_all get_loaded_extensions extension_loaded function_exists class_exists defined
        getenv getmypid getcwd gethostname sys_get_temp_dir memory_get_usage
        memory_get_peak_usage sys_getloadavg disk_free_space disk_total_space file_exists is_file
        is_dir is_readable is_writable filesize filemtime basename dirname pathinfo realpath scandir
        glob fgets fgetc fread feof fclose fwrite fputs fgetcsv fputcsv stream_get_contents fflush
        is_array is_string is_int is_numeric is_null is_bool intval floatval strval boolval gettype
        usleep sleep str_split str_contains str_starts_with str_ends_with nl2br wordwrap chr ord
        dechex hexdec bindec decbin octdec decoct mb_strlen mb_substr mb_strtoupper mb_strtolower
        password_hash password_verify uniqid array_rand array_fill current key end reset next
        opcache_get_status gethostbyname dns_get_record checkdnsrr ip2long long2ip
        gzcompress gzuncompress gzdecode gzencode str_word_count similar_text levenshtein ctype_digit
        ctype_alpha strcmp strcasecmp strstr ucwords lcfirst nl2br strip_tags addslashes vsprintf
        is_link is_executable fileperms fileowner stat array_map array_filter usort uasort uksort
        array_reduce array_walk
        """
    )

    /// Functions that call what they are given, with the place of that among the arguments.
    static let callers: [ShellText: Int] = [
        "array_map": 0, "array_filter": 1, "usort": 1, "uasort": 1, "uksort": 1, "array_reduce": 1,
        "array_walk": 1,
    ]
}
