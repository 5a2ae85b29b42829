/// Which variables of a client reach a program on the target.
package struct EnvironmentAllowList: Hashable, Sendable {
    /// A name, or the beginning of one.
    package struct Pattern: Hashable, Sendable, CustomStringConvertible {
        /// Without the star.
        let text: String
        let isPrefix: Bool

        /// Nil where the text is neither a variable's name nor one with a star behind it.
        package init?(_ pattern: String) {
            isPrefix = pattern.hasSuffix("*")
            text = isPrefix ? String(pattern.dropLast()) : pattern
            guard EnvironmentAssignment.isName(text) else { return nil }
        }

        func matches(_ name: String) -> Bool { isPrefix ? name.hasPrefix(text) : name == text }

        package var description: String { isPrefix ? text + "*" : text }
    }

    /// What is allowed without a setting.
    package static let defaultNames = ["LANG", "LC_*", "TZ", "COLORTERM", "NO_COLOR"]

    /// What no setting can allow: these run code, find programs or change how a shell reads.
    package static let refusedNames = [
        "BASHOPTS", "BASH_ENV", "CDPATH", "CLASSPATH", "EDITOR", "ENV", "FPATH", "GCONV_PATH",
        "GETCONF_DIR", "GLIBC_TUNABLES", "GLOBIGNORE", "HISTFILE", "HOME", "HOSTALIASES", "IFS",
        "INPUTRC", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "KRB5_CONFIG", "LESSCLOSE", "LESSOPEN",
        "LOCALDOMAIN", "LOCPATH", "LOGNAME", "MAILPATH", "NLSPATH", "NODE_OPTIONS", "NODE_PATH",
        "OLDPWD", "OPENSSL_CONF", "OPENSSL_MODULES", "PAGER", "PATH", "POSIXLY_CORRECT",
        "PROMPT_COMMAND", "PS0", "PS1", "PS2", "PS4", "PWD", "RESOLV_HOST_CONF", "RES_OPTIONS",
        "SHELL", "SHELLOPTS", "SHLVL", "TERMCAP", "TERMINFO", "TERMINFO_DIRS", "TMPDIR", "TZDIR",
        "USER", "VISUAL", "ZDOTDIR", "_JAVA_OPTIONS",
    ]

    /// Beginnings of names that no setting can allow.
    package static let refusedPrefixes = [
        "BASH_", "DYLD_", "GIT_", "LD_", "MALLOC_", "PERL", "PYTHON", "RUBY", "SALLYPORT_", "SSH_",
        "SUDO_", "XDG_",
    ]

    /// Harmless although their beginning is refused: `git` asks for its protocol version by this.
    static let exceptions = ["GIT_PROTOCOL"]

    private let patterns: [Pattern]

    /// The default names and these.
    package init(adding added: [Pattern] = []) {
        patterns = Self.defaultNames.compactMap(Pattern.init) + added
    }

    /// Whether a pattern would let through what must never pass.
    package static func isRefused(_ pattern: Pattern) -> Bool {
        if !pattern.isPrefix, exceptions.contains(pattern.text) { return false }
        if refusedPrefixes.contains(where: { pattern.text.hasPrefix($0) }) { return true }
        guard pattern.isPrefix else { return refusedNames.contains(pattern.text) }
        return refusedPrefixes.contains { $0.hasPrefix(pattern.text) }
            || refusedNames.contains { $0.hasPrefix(pattern.text) }
    }

    /// Whether a variable may travel, by its name and its value.
    package func allows(_ variable: EnvironmentAssignment) -> Bool {
        guard EnvironmentAssignment.isName(variable.name),
            variable.value.count <= CommandLimits.environmentValueBytes,
            !variable.value.contains(0),
            !Pattern.isAlwaysRefused(variable.name),
            patterns.contains(where: { $0.matches(variable.name) })
        else { return false }
        return !Self.namesFile(variable.name) || Self.isPlainLocale(variable.value)
    }

    /// What of a client's environment travels, each name once with its last value, and the names
    /// of what does not.
    package func filter(
        _ variables: [EnvironmentAssignment]
    ) -> (allowed: [EnvironmentAssignment], refused: [String]) {
        var allowed: [EnvironmentAssignment] = []
        var refused: [String] = []
        for variable in variables {
            guard allows(variable) else {
                refused.append(variable.name)
                continue
            }
            allowed.removeAll { $0.name == variable.name }
            guard allowed.count < CommandLimits.environmentCount else {
                refused.append(variable.name)
                continue
            }
            allowed.append(variable)
        }
        return (allowed, refused)
    }

    /// Variables whose value the C library makes a path of.
    private static func namesFile(_ name: String) -> Bool {
        name == "LANG" || name == "LANGUAGE" || name == "TZ" || name.hasPrefix("LC_")
    }

    /// LIMIT: names of locales and time zones, a list of some languages.
    static let maximumLocaleBytes = 256

    /// No absolute path, no way up.
    private static func isPlainLocale(_ value: [UInt8]) -> Bool {
        let allowed = value.allSatisfy {
            NameGrammar.isLetterOrDigit($0) || "_.@,:+<>/=-".utf8.contains($0)
        }
        let text = String(decoding: value, as: UTF8.self)
        return allowed && value.count <= maximumLocaleBytes && !text.contains("..")
            && !text.hasPrefix("/") && !text.hasPrefix(":")
    }
}

extension EnvironmentAllowList.Pattern {
    fileprivate static func isAlwaysRefused(_ name: String) -> Bool {
        EnvironmentAllowList.Pattern(name).map(EnvironmentAllowList.isRefused) ?? true
    }
}
