/// How a remote script finds what is of a session.
///
/// `look` sets `M` to the living processes of the sessions as ` pid=session`, `T` to all processes
/// as `pid:parent:kernel session:start:login:scope`, and adds to `A` all that it found. Kernel
/// sessions (`S`), logins and scopes (`U`) once found stay known: their leader may be gone in the
/// next round. A login is the number that pam_loginuid gives it, a scope the one that pam_systemd
/// makes for it; no process can shed them.
extension RemoteScript {
    /// `table` has the sessions (`I`), each with its port (`W`) and its greatest age (`G`).
    static func finding(table: String, patterns: String) -> [String] {
        settingOut(table, patterns) + tools + listing + looking
    }

    private static func settingOut(_ table: String, _ patterns: String) -> [String] {
        [
            #"PATH=/usr/sbin:/usr/bin:/sbin:/bin; export PATH; LC_ALL=C; export LC_ALL; set -f;"#,
            // Whoever runs before it can read that line and say it again. A start-up file that only
            // prints cannot know it.
            #"N=; read -r N x; cd /proc || exit 1; \#(table)"#,
            #"g() { o=$1; shift; grep $o \#(patterns) -- "$@" 2>/dev/null; };"#,
            // `n` is a newline. Not every grep takes entries that end in NUL.
            #"n=$(printf '\n.'); n=${n%.}; d=-H;"#,
            #"y=$(printf 'a\000b\000' | grep -azxF -e b 2>/dev/null | tr '\000' '+');"#,
            #"[ "$y" = b+ ] && d=-aH;"#,
            #"H=; M=; O=; A=; F=; login=0; scope=0;"#,
        ]
    }

    private static let tools = [
        // Where `sleep` knows whole seconds only.
        #"nap() { sleep 0.1 2>/dev/null || sleep 1; };"#,
        // In hundredths of a second: a look takes long where many processes run.
        #"now() { t=0; read -r t x 2>/dev/null <uptime; t=${t%.*}${t#*.}; };"#,
        // Lists are variables, `M_123=0` for process 123 of session 0: to search in a text takes
        // shells too long. Keys are numbers, or letters and digits.
        #"has() { eval "i=\${$1_$2}"; [ "$i" ]; };"#,
        // Whether what began then is not older than the transport of the session.
        #"young() { eval "x=\${G_$1}"; [ $x = - ] || [ $2 -ge $((born-x)) ]; };"#,
        #"parts() { IFS=:; set -- $1; unset IFS; p=$1; q=$2; k=$3; s=$4; a=$5; c=$6; };"#,
    ]

    private static let listing = [
        // The name of the program is in parentheses in `stat` and may hold anything, newlines
        // included; behind it are numbers. 4294967295 is no login.
        #"rows() { f=; for e do f="$f $e/stat $e/sessionid $e/cgroup"; done; T=; p=;"#,
        #"v=$(grep $d -o -E -e '[)] [A-Za-z]( -?[0-9]+)+$' -e '^[0-9]+$' -e"#,
        #"'/session-[A-Za-z0-9]+[.]scope$' $f 2>/dev/null);"#,
        #"IFS=$n; for l in $v 0/; do e=${l%%/*}; l=${l#*/};"#,
        #"[ "$e" = "$p" ] || { unset IFS; row $b; IFS=$n; p=$e; b=; a=0; c=0; };"#,
        #"case $l in stat:*) b=${l#*:};; sessionid:*) a=${l#*:}; [ $a = 4294967295 ] && a=0;;"#,
        #"cgroup:*) c=${l##*/session-}; c=${c%.scope};; esac; done; unset IFS; };"#,
        #"row() { case $2 in Z|'') return;; esac; [ "${21}" ] && T="$T $p:$3:$5:${21}:$a:$c"; };"#,
        // A whole entry of the environment, not a piece of one: `tr` makes entries lines.
        #"marked() { for e in $H; do unset H_${e%=*}; done; H=; v=; set +f; set --"#,
        #"[0-9]*/environ; set -f;"#,
        #"case $d in -aH) v=$(g -aHzxF "$@" | tr '\000' '\012');;"#,
        #"*) for f in $(g -lF "$@"); do l=$(tr '\000' '\012' 2>/dev/null <$f | g -xF);"#,
        #"[ "$l" ] && v="$v$f:$l$n"; done;; esac;"#,
        #"IFS=$n; for l in $v; do p=${l%%/*}; l=${l#* }; has W ${l%% *} && H="$H$n$p=$i" &&"#,
        #"eval "H_$p=$i";"#,
        #"done; unset IFS; };"#,
    ]

    private static let looking = [
        // Who runs this script is of no session that ended: better nothing than that.
        #"slay() { has M 1 || has M $PPID && exit 1; D=; for e in $M; do D="$D ${e%=*}"; done;"#,
        #"[ "$D" ] && kill -s $1 $D 2>/dev/null; };"#,
        #"take() { eval "M_$p=$1; x=\$A_$p; A_$p=$1"; M="$M $p=$1"; [ "$x" ] || A="$A $p=$1"; };"#,
        #"old() { O="$O $p=$1"; eval "O_$p=$1"; };"#,
        // In the last phase KILL follows at once, and is looked twice more where nothing is found:
        // what forks on and on is met by chance.
        #"look() { for e in $M; do unset M_${e%=*}; done; M=; V=; D=; marked;"#,
        #"[ "$F" ] && for x in 1 2; do [ "$H" ] || marked; done; for e in $H; do"#,
        #"D="$D ${e%=*}"; done;"#,
        #"if [ "$D" ]; then rows $D; Q=$T; for e in $H; do [ -d ${e%=*} ] || V="$V $e"; done;"#,
        #"for e in $Q; do parts $e; has O $p && continue;"#,
        #"has H $p || continue; young $i $s || old $i; done;"#,
        // What an old process starts is of its session, not of one that got its port.
        #"w=1; while [ $w = 1 ]; do w=0; for e in $Q; do parts $e; has O $p && continue; has H"#,
        #"$p || continue;"#,
        #"h=$i; { has O $q || has O $k; } && [ $i = $h ] && old $h && w=1; done; done;"#,
        #"for e in $Q; do parts $e; has O $p || { has H $p && take $i; }; done;"#,
        #"[ "$F" ] && slay KILL;"#,
        #"for e in $Q; do parts $e; has M $p || continue; h=$i;"#,
        #"[ $a = 0 ] || [ $a = $login ] || eval "U_a$a=$h U=\"\$U $h\"";"#,
        #"[ $c = 0 ] || [ $c = $scope ] || eval "U_c$c=$h U=\"\$U $h\"";"#,
        // A kernel session is taken as a whole only where its leader is of this session or gone:
        // in a container it may be 0, which is the session of everybody from outside.
        #"[ $k -gt 1 ] || continue; has M $k || { [ -d $k ] && continue; }; eval "S_$k=$h";"#,
        #"done; fi;"#,
        #"set +f; set -- [0-9]*; set -f; rows "$@";"#,
        // Descendants and members of the same kernel sessions and logins, until none is added.
        #"w=1; while [ $w = 1 ]; do w=0; for e in $T; do parts $e; [ $k = $own ] && continue;"#,
        #"has M $p && continue; has O $p && continue;"#,
        #"has M $q || has S $k || has U a$a || has U c$c || continue; take $i; w=1; done; done;"#,
        #"};"#,
        #"rows $$; parts $T; own=$k; born=$s; login=$a; scope=$c;"#,
    ]
}
