/// What some versions of bash read and others do not, or read as something else.
///
/// `change` tells since when, and what the versions before do with the same text.
public enum BashFeature: String, Hashable, Sendable, CaseIterable {
    // Reserved words, compound commands, and what stands between commands.
    case coprocess  // coproc a
    case coprocessNameExpansion  // coproc $n { a; }
    case caseFallThrough  // case a in b) c;& esac
    case caseTestNext  // case a in b) c;;& esac
    case esacAsPattern  // case a in b|esac) c;; esac
    case repeatedNegation  // ! ! a
    case negatedTime  // ! time a
    case negationInBackground  // ! & a
    case timeInBackground  // time & a
    case timeOfNothing  // time; a
    case timeOptionsEnd  // time -p -- a
    case posixTimeOptions  // time -p a in POSIX mode
    case functionKeywordBody  // function f if a; then b; fi
    case functionKeywordSubshell  // function f (a)
    case posixFunctionNames  // a-b() { c; } in POSIX mode
    case reservedWordBehindArithmetic  // if ((a)) then b; fi
    case reservedWordBehindConditional  // if [[ a ]] then b; fi
    case conditionalExtendedGlob  // [[ a == @(b|c) ]] without extglob
    case conditionalVariable  // [[ -v a ]]
    case conditionalElement  // [[ -v a[1] ]]
    case conditionalPositional  // [[ -v 1 ]]
    case conditionalReference  // [[ -R a ]]
    case conditionalNegatedTwice  // [[ ! ! a ]]
    case joiningAlias  // x& where x is an alias for `a &`
    case lastCommandInShell  // a | read b with lastpipe

    // Redirections, and commands within words.
    case pipeOfBoth  // a |& b
    case appendOfBoth  // a &>> b
    case descriptorVariable  // a {b}> c
    case descriptorElement  // a {b[1]}> c
    case emptyDescriptorCloses  // a >&$b- where b is empty
    case posixProcessSubstitution  // a <(b) in POSIX mode
    case casePatternInSubstitution  // $(case a in b) c;; esac)
    case hereDocumentBehindSubstitution  // $(a <<E), and the text behind the line
    case eagerSubstitution  // $(fi)
    case eagerPatterns  // $(a @(b)) without extglob
    case commandsInShell  // ${ a; }
    case replyOfCommands  // ${| a; }

    // What words expand to.
    case caseChange  // ${a^} ${a^^} ${a,} ${a,,}
    case caseToggle  // ${a~} ${a~~}
    case quoteTransformation  // ${a@Q}
    case escapeTransformation  // ${a@E}
    case promptTransformation  // ${a@P}
    case assignmentTransformation  // ${a@A}
    case attributeTransformation  // ${a@a}
    case upperTransformation  // ${a@U}
    case firstUpperTransformation  // ${a@u}
    case lowerTransformation  // ${a@L}
    case pairTransformation  // ${a@K}
    case wordsOfPairsTransformation  // ${a@k}
    case negativeLength  // ${a:1:-1}
    case zeroOfPositionals  // ${@:0}
    case matchInReplacement  // ${a/b/&}
    case quotesInReplacement  // "${a/b/'c'}"
    case nocasematchInReplacement  // ${a/b/c} with nocasematch
    case posixQuotesInOperand  // "${a-'}'}" in POSIX mode
    case emptyArrayIsSet  // ${a[@]} of an empty array with nounset
    case assignedDefault  // ${a:=b} where a has attributes
    case unicodeEscapes  // $'\u41' $'\U41'
    case bracePadding  // {08..10}
    case braceStep  // {1..5..2} {a..e..2}
    case braceBehindNoSequence  // {1..a}{b,c}
    case braceInElement  // a=([0]={b,c})
    case posixTildeBehindColon  // a b=c:~ in POSIX mode
    case dotFilesSkipped  // .*
    case globstar  // **/a with globstar

    // Arrays, attributes and arithmetic.
    case associativeArray  // declare -A a
    case pairsOfWords  // declare -A a=(b 1 c 2)
    case anyKey  // a[@]=b of an associative array
    case unsetOfElements  // unset 'a[@]'
    case negativeSubscript  // ${a[-1]}
    case negativeSubscriptAssigned  // a[-1]=b
    case reference  // declare -n a=b
    case caseAttributes  // declare -l a, declare -u a
    case quotedNameInArithmetic  // $(("a" + 1))
    case keyExpandedOnce  // ((a[$k] = 1))
    case subscriptExpandedOnce  // ${b[a[$k]]}
    case offsetExpandedOnce  // ${b:a[$k]}
    case conditionalKeyExpandedOnce  // [[ -v a[$k] ]]
    case keysExpandedOnce  // shopt -s assoc_expand_once
    case subscriptsExpandedOnce  // shopt -s array_expand_once
    case compatibilityLevel  // BASH_COMPAT=4.2
}
