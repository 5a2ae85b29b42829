import TestSupport
import Testing

@Suite struct `an argument vector` {
    @Test func `is what bash makes of a line that is written here`() async throws {
        let traces = try await ArgumentOracle.traces(of: Self.lines)
        for (line, real) in zip(Self.lines, traces) {
            let predicted = ArgumentOracle.predictions(for: line)
            #expect(predicted == real.map(Optional.some), "\(line)")
        }
    }

    @Test func `is what bash makes of a generated line, where it is predicted`() async throws {
        var generator = LineGenerator(seed: 20)
        let lines = (0..<3000).map { _ in generator.line() }
        let traces = try await ArgumentOracle.traces(of: lines)
        var predictedCount = 0
        for (line, real) in zip(lines, traces) {
            let predicted = ArgumentOracle.predictions(for: line)
            // Where the analysis knows a vector, it is the one that arrives, and no vector arrives of
            // which it does not know.
            for trace in real where !predicted.contains(nil) {
                #expect(predicted.contains(trace), "\(line)\n  bash: \(trace)")
            }
            if !predicted.contains(nil), predicted.count == 1 {
                #expect(predicted == real.map(Optional.some), "\(line)")
                predictedCount += 1
            }
        }
        #expect(predictedCount > 2000)
    }

    private static let lines = [
        #"trace a "b c" 'd e' f\ g $'h\ti' $"j""#,
        #"trace "" '' "" a""b"#,
        #"x=1; trace $x "$x" ${x} a${x}b"#,
        #"x='a b  c'; trace $x "$x" p$x"q""#,
        #"x=' a b '; trace p${x}q p"$x"q $x"$x""#,
        #"x=; trace $x; trace "$x"; trace a$x"#,
        #"unset y; trace $y "$y" ${y-d} ${y:-d e} "${y:-d e}" ${y+z}"#,
        #"y=v; trace ${y-d} ${y:+z w} "${y+q r}""#,
        #"y=; trace ${y-d} ${y:-d} ${y+z} ${y:+z}"#,
        #"unset y; trace ${y:=q r}; trace "$y""#,
        #"set -- a 'b c' d; trace "$@"; trace $@; trace "$*"; trace $*; trace x"$@"y"#,
        #"set --; trace "$@"; trace "$*"; trace a"$@""#,
        #"set -- a b c; shift; trace "$1" $2 $# "${@:2}" "${@:1:1}""#,
        #"set -- -x y; trace "$@""#,
        #"IFS=:; x=a:b::c:; trace $x "$x"; set -- 1 2; trace "$*""#,
        #"IFS=' :'; x='a : b:c  d'; trace $x"#,
        #"IFS=; x='a b'; trace $x"#,
        #"x=a,b; IFS=, ; trace $x; unset IFS; trace $x"#,
        #"trace {a,b}c{d,e} {1..3} {c..a} {01..03} {a,{b,c}} {a} {} a{b"#,
        #"trace {1..10..3} {5..1..2} -{x,y}"#,
        #"a=(x 'y z' w); trace "${a[@]}" ${a[1]} "${a[*]}" ${#a[@]} "${a[@]:1:2}" ${a[-1]}"#,
        #"a=([2]=x y [0]=z); trace "${a[@]}" "${!a[@]}"x"#,
        #"declare -A m=([k]=v); trace "${m[k]}""#,
        #"a=(1); a+=(2 3); a[5]=9; trace "${a[@]}""#,
        #"x=abc.tar.gz; trace ${x%.*} ${x%%.*} ${x#*.} ${x##*.} ${x/a/Z} ${x//./_} ${x/#ab/Q} ${x/%gz/W}"#,
        #"x=Hello; trace ${x^^} ${x,,} ${x,} ${x^} ${x:1:3} ${x: -2} ${#x} ${x@Q} ${x@U} ${x@L}"#,
        #"x='a*b'; trace "${x#a\*}" "${x#'a*'}" "${x/\*/-}""#,
        #"t=poweroff; n=t; trace ${!n}"#,
        #"declare -n r=q; q=5; trace $r; r=6; trace $q"#,
        #"trace $((1+2*3)) $((2**8)) $((7/2)) $((-7%3)) $((1<<4)) $((3>2?10:20)) $((0x1f)) $((010)) $((2#101))"#,
        #"i=5; trace $((i++)) $i $((i+=2)) $((--i))"#,
        #"i=3; j=i; trace $((j*2))"#,
        #"declare -i k; k=2+3; trace $k"#,
        #"trace $(echo a b) "$(echo a  b)" $(printf '%s\n' x y) `echo q`"#,
        #"trace "$(printf 'a\n\n')" x$(echo y)z"#,
        #"x=$(echo '1 2'); trace $x "$x""#,
        #"for i in a 'b c' {1..2}; do trace "$i"; done"#,
        #"for i in 1 2; do for j in x y; do trace $i$j; done; done"#,
        #"f() { trace "$@" $#; }; f a "b c""#,
        #"f() { local x=2; trace $x; }; x=1; f; trace $x"#,
        #"f() { x=3; }; x=1; f; trace $x"#,
        #"x=1; (x=2; trace $x); trace $x"#,
        #"x=1; { x=2; }; trace $x"#,
        #"unset x; x=1 trace "$x"; trace ${x-none}"#,
        #"x=a; x+=b; trace $x"#,
        #"read -r p <<< 'one two'; trace "$p""#,
        #"printf -v z '%s-%d' a 7; trace $z"#,
        #"eval 'trace a' "'b c'""#,
        #"eval "x=5"; trace $x"#,
        #"trace a#b # c"#,
        "trace a \\\n b",
        "trace a'\n'b",
        #"cat <<< hello >/dev/null; trace done"#,
        #"HOME=/q; trace ~ ~/x $HOME"#,
        #"cd /; trace $PWD; cd /usr/bin; trace ~+ "$PWD"; cd ..; trace $PWD; cd -; trace $PWD"#,
        #"trace \$x '$x' "\$x" "\a" \a"#,
        #"trace $'\x41\102\u0043' $'a\'b' $'\cA'"#,
        #"command trace a; builtin eval 'trace b'; exec 3>&1; trace c"#,
        #"set -f; trace *; set +f"#,
        #"x='*'; trace "$x""#,
        #"case abc in a*) trace yes;; esac"#,
        #"if true; then trace t; fi; until true; do :; done"#,
        #"! trace n; time trace t"#,
        #"true && trace a || true"#,
        #"x=ab; trace "${x:0:1}" "${x:1}" "${x:5}""#,
        #"x='q w'; y="$x"; z=$x; trace "$y" "$z""#,
        #"export E='a b' F=$(echo c); trace "$E" "$F""#,
        #"readonly R=1; trace $R; typeset -u U=abc; trace $U"#,
        #"x=5; unset x; trace "${x-gone}""#,
        #"mapfile -t m <<< 'l1'; trace x"#,
        #"let n=4*5 m=n+1; trace $n $m"#,
        #"(( q = 3, r = q + 1 )); trace $q $r"#,
        #"a=1 b=$a; trace $b"#,
        #"x='a\b'; trace $x "$x""#,
        #"trace $(( $(echo 4) + 1 ))"#,
        #"unset x; trace "${x:-$(echo def)}""#,
        #"true; trace $? | cat"#.replacing(" $? ", with: " s "),
    ]
}
