import ShellSyntax

/// Command lines of vi, Vim and ex, one on each line: `vim -c`.
///
/// What a command does to the file that is edited is not told here: that file is an operand.
struct VimCommands: EditorLanguage {
    static let edits = words(
        """
        d delete m move t co copy j join p print nu number l list = k ma mark u undo red redo
        noh nohlsearch ret retab sort > < q quit q! quit! qa qa! qall qall! wq wq! x x! xit up
        update wa wqa xa w! w write write! wqall cq n next prev N first last sy syntax filetype
        """
    )

    /// Options that only change how text is shown or written.
    static let options = words(
        """
        nu number nonumber nonu rnu ff fileformat fenc fileencoding enc encoding ai autoindent et
        expandtab noet ts tabstop sw shiftwidth tw textwidth wrap nowrap ic ignorecase noic hls
        hlsearch nohls incsearch list nolist paste nopaste ro readonly noro nobackup backup
        noswapfile swapfile bomb nobomb eol noeol fixeol nofixeol binary ruler smartindent nocp
        nocompatible compatible bg background mouse showcmd wrapscan gdefault magic
        """
    )

    mutating func command(_ reader: inout EditorReader) {
        reader.skipRange()
        if reader.takesShell() { return reader.shell() }
        let name = reader.word()
        switch name {
        case "": reader.endOfCommand()
        case "sil", "silent", "sil!", "silent!": command(&reader)
        case "s", "substitute", "&&": reader.substitution(endsAtBar: true)
        case "g", "global", "v", "vglobal", "g!":
            if reader.pattern() { command(&reader) } else { reader.giveUp() }
        case "r", "read": reader.read()
        case "r!", "read!": reader.shell()
        case "w", "write", "w!", "write!", "sav", "saveas", "sav!", "wq", "wq!": reader.write()
        case "se", "set", "setl", "setlocal": reader.settings(Self.options)
        case "e", "edit", "e!", "view", "sp", "split", "vs", "vsplit", "tabe": reader.edit()
        case "py", "python", "py3", "python3": reader.code(in: .python)
        case "lua": reader.code(in: .lua)
        case "ruby", "rub": reader.code(in: .ruby)
        case "perl", "pe": reader.code(in: .perl)
        case "call", "cal", "echo", "ec", "echom", "let", "eval", "if", "return":
            reader.script()
        default:
            if Self.edits.contains(name) { reader.simpleArguments() } else { reader.giveUp() }
        }
    }
}
