import ShellSyntax

/// Words, methods and constants of Ruby.
///
/// A bare name that is on no list is a variable, which holds what harmless methods returned.
enum RubyNames {
    /// Words and methods behind which a value stands.
    static let operandWords = words(
        """
        if unless while until and or not return when in then do else elsif case begin ensure rescue
        puts print p pp printf raise require
        """
    )

    /// Words behind which an operator stands.
    static let endsValue = words("end self nil true false __FILE__ __LINE__ __method__ __dir__")

    /// What changes the meaning of names, runs code, or finds methods by name.
    static let denied = words(
        """
        class module alias undef super eval instance_eval instance_exec class_eval module_eval
        class_exec send __send__ public_send method instance_method public_method binding fork
        syscall trap autoload load require_relative set_trace_func trace_var untrace_var callcc
        include extend prepend using refine define_method attr_accessor attr_reader attr_writer
        private public protected module_function remove_method undef_method const_get const_set
        instance_variable_get instance_variable_set global_variables ObjectSpace irb test select
        alias_method singleton_method define_singleton_method
        """
    )

    static let libraries = words(
        """
        json time date set securerandom base64 digest digest/sha1 digest/sha2 digest/md5 uri pp
        bigdecimal benchmark shellwords csv etc stringio ostruct English socket fileutils pathname
        tmpdir open3 net/http open-uri zlib yaml openssl io/console
        """
    )

    /// Constants that are harmless values.
    static let constants = words(
        """
        Math Integer Float String Array Hash Symbol Range Set Regexp Comparable Enumerable Rational
        Complex BigDecimal Encoding Random StandardError RuntimeError ArgumentError Exception
        KeyError IndexError TypeError NameError IOError SystemExit Interrupt StopIteration
        ZeroDivisionError Errno ENOENT ARGF STDIN STDOUT STDERR ARGV ENV DATA RUBY_VERSION
        RUBY_PLATFORM RUBY_ENGINE RUBY_PATCHLEVEL RUBY_RELEASE_DATE RUBY_COPYRIGHT RUBY_DESCRIPTION
        RUBY_ENGINE_VERSION
        """
    )

    /// Harmless on any value that the listed methods and constants are or return.
    static let attributes = words(
        """
        abs all? any? append at between? bsearch bytes bytesize capitalize ceil center chars chomp
        chop chr clamp clear codepoints collect combination compact concat count cycle day delete
        delete_at delete_if delete_prefix delete_suffix dig digits divmod downcase downto drop
        drop_while each each_byte each_char each_cons each_entry each_key each_line each_pair
        each_slice each_value each_with_index each_with_object empty? encode end_with? entries eql?
        even? exclude? fdiv fetch fetch_values filter filter_map find find_all find_index first
        flat_map flatten floor flush force_encoding freeze frozen? gcd getbyte gets group_by gsub
        gsub! has_key? has_value? hash hex hour include? index inject insert inspect integer?
        intern is_a? iso8601 itself join keep_if key? keys kind_of? last lazy lcm length lines ljust
        lstrip map match match? max max_by member? merge merge! min min_by minmax mon month nan?
        negative? next nil? none? nsec odd? one? ord pack partition permutation pop positive? pow
        pred prepend product push puts print write quo rand rational reduce reject reject! replace
        reverse reverse! reverse_each rindex rjust rotate round rpartition rstrip sample scan sec
        select select! shift shuffle size slice sort sort! sort_by split squeeze start_with? step
        store strftime strip strip! sub sub! succ sum swapcase sync sync= take take_while tally
        then times to_a to_c to_f to_h to_i to_json to_r to_s to_set to_str to_sym tr tr_s transform_keys
        transform_values transpose truncate tty? unicode_normalize union uniq unpack unpack1
        unshift upcase upto usec utc utc? localtime valid_encoding? values values_at wday yday year
        zero? zip zone read readlines readline each_char_with_index rewind eof? close min_max
        captures named_captures pre_match post_match begin end offset names mtime ctime atime file?
        directory? symlink? mode uid gid host port scheme path query fragment user userinfo
        success? exitstatus pid message backtrace full_message code body hexdigest base64digest
        digest new now at today parse iso8601 sqrt log log2 log10 sin cos tan PI E name gid passwd
        shell dir gecos ljust with_index with_object sum default default= compare_by_identity
        compact! uniq! map! flatten! shuffle! downcase! upcase! capitalize! chomp! squeeze! tr!
        key value? nitems instance_of? positive? real imaginary numerator denominator Infinity
        INFINITY MAX DIG EPSILON UTF_8 ENOENT EACCES getlocal utc_offset to_date to_time to_datetime
        """
    )
}
