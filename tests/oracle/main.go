// Command oracle asks client-go and apimachinery what they make of tables of inputs, and writes inputs and answers
// as JSON into the folder vectors, one file for each table and one line for each row.
//
// A table is a file of this folder that calls table in its init. What the rows mean is told there; the test that
// reads them has the same name, in tests/vectors.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"sort"
)

// sections is one file of vectors: lists of rows by name.
type sections map[string][]any

var tables = map[string]func() sections{}

func table(name string, make func() sections) {
	tables[name] = make
}

func main() {
	names := os.Args[1:]
	if len(names) == 0 {
		for name := range tables {
			names = append(names, name)
		}
		sort.Strings(names)
	}
	for _, name := range names {
		make, found := tables[name]
		if !found {
			fail(fmt.Errorf("there is no table %q", name))
		}
		if err := write(filepath.Join("vectors", name+".json"), make()); err != nil {
			fail(err)
		}
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "oracle:", err)
	os.Exit(1)
}

// write puts each row on a line of its own, so that a change of one answer is a change of one line.
func write(path string, all sections) error {
	var out bytes.Buffer
	out.WriteString("{")
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	sort.Strings(names)
	for at, name := range names {
		if at > 0 {
			out.WriteString(",")
		}
		fmt.Fprintf(&out, "\n%q: [", name)
		for at, row := range all[name] {
			if at > 0 {
				out.WriteString(",")
			}
			out.WriteString("\n")
			line, err := compact(row)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", path, name, err)
			}
			out.Write(line)
		}
		out.WriteString("\n]")
	}
	out.WriteString("\n}\n")
	fmt.Printf("%s: %d bytes\n", path, out.Len())
	return os.WriteFile(path, out.Bytes(), 0o644)
}

func compact(row any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(row); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(out.Bytes()), nil
}

// sentences makes texts out of words, the same ones each time.
func sentences(seed int64, count, longest int, words []string) []string {
	random := rand.New(rand.NewSource(seed))
	seen := map[string]bool{}
	var made []string
	for len(made) < count {
		text := ""
		for range 1 + random.Intn(longest) {
			text += words[random.Intn(len(words))]
		}
		if !seen[text] {
			seen[text] = true
			made = append(made, text)
		}
	}
	slices.Sort(made)
	return made
}
