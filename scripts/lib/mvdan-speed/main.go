// The parser of mvdan/sh as scripts/bench measures it, beside Tests/ParserSpeed, which says what is read
// and written. A line `allocations` is a round too, and is answered by how many objects and bytes it
// allocated.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"runtime"
	"time"

	"mvdan.cc/sh/v3/syntax"
)

func main() {
	content, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	texts := bytes.Split(bytes.TrimSuffix(content, []byte{0}), []byte{0})
	parser := syntax.NewParser(syntax.Variant(syntax.LangBash))
	reader := bytes.NewReader(nil)
	parse := func(text []byte) error {
		reader.Reset(text)
		_, err := parser.Parse(reader, "")
		return err
	}

	out := bufio.NewWriter(os.Stdout)
	for number, text := range texts {
		if parse(text) != nil {
			fmt.Fprint(out, number, " ")
		}
	}
	fmt.Fprintln(out)
	out.Flush()

	times := make([]int64, len(texts))
	round := func() {
		for number, text := range texts {
			start := time.Now()
			parse(text)
			times[number] = time.Since(start).Nanoseconds()
		}
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if lines.Text() == "allocations" {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			round()
			runtime.ReadMemStats(&after)
			fmt.Fprintln(out, after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc)
		} else {
			round()
			for _, nanoseconds := range times {
				fmt.Fprint(out, nanoseconds, " ")
			}
			fmt.Fprintln(out)
		}
		out.Flush()
	}
}
