// Command facts prints, as JSON, what the embedded API server must know about the kinds of a real kube-apiserver:
// names, verbs and columns from a running server, and fields from the Go types that this module links in.
//
//	go run ./facts --kubeconfig FILE >../apiserver/data/kubernetes.json
//
// The same server gives the same bytes. Texts for people are left out.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
)

// Facts is the whole file.
type Facts struct {
	Version  string
	Groups   []Group
	Kinds    []Kind
	Objects  []json.RawMessage
	Types    map[string]*Type
	Defaults map[string]json.RawMessage
}

func main() {
	log.SetFlags(0)
	kubeconfig := flag.String("kubeconfig", "", "the `file` that names the server")
	server := flag.String("server", "", "the server's `URL`, instead of a kubeconfig")
	token := flag.String("token", "", "the bearer `token` for --server")
	flag.Parse()
	client, err := newClient(*kubeconfig, *server, *token)
	if err != nil {
		log.Fatal(err)
	}
	facts, err := collect(client)
	if err != nil {
		log.Fatal(err)
	}
	text, err := facts.render()
	if err != nil {
		log.Fatal(err)
	}
	if _, err := os.Stdout.Write(text); err != nil {
		log.Fatal(err)
	}
}

func collect(client *client) (*Facts, error) {
	facts := &Facts{}
	if err := client.readVersion(facts); err != nil {
		return nil, err
	}
	if err := client.readKinds(facts); err != nil {
		return nil, err
	}
	if err := client.readObjects(facts); err != nil {
		return nil, err
	}
	var err error
	if facts.Types, err = readTypes(facts.Kinds); err != nil {
		return nil, err
	}
	readSelectors(facts)
	facts.Defaults, err = readDefaults(facts)
	return facts, err
}

// render writes one line for each group, kind, object, type and defaulted kind.
func (facts *Facts) render() ([]byte, error) {
	var out bytes.Buffer
	version, err := encode(facts.Version)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(&out, "{\n\"version\": %s,\n", version)
	if err := writeLines(&out, "groups", facts.Groups); err != nil {
		return nil, err
	}
	if err := writeLines(&out, "kinds", facts.Kinds); err != nil {
		return nil, err
	}
	if err := writeLines(&out, "objects", facts.Objects); err != nil {
		return nil, err
	}
	if err := writeMap(&out, "types", facts.Types); err != nil {
		return nil, err
	}
	if err := writeMap(&out, "defaults", facts.Defaults); err != nil {
		return nil, err
	}
	out.Truncate(out.Len() - len(",\n"))
	out.WriteString("\n}\n")
	return out.Bytes(), nil
}

func encode(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSpace(out.Bytes()), err
}

func writeLines[T any](out *bytes.Buffer, name string, values []T) error {
	fmt.Fprintf(out, "%q: [", name)
	for i, value := range values {
		line, err := encode(value)
		if err != nil {
			return err
		}
		separate(out, i)
		out.Write(line)
	}
	out.WriteString("\n],\n")
	return nil
}

func writeMap[T any](out *bytes.Buffer, name string, values map[string]T) error {
	fmt.Fprintf(out, "%q: {", name)
	for i, key := range sortedKeys(values) {
		line, err := encode(values[key])
		if err != nil {
			return err
		}
		separate(out, i)
		fmt.Fprintf(out, "%q: ", key)
		out.Write(line)
	}
	out.WriteString("\n},\n")
	return nil
}

func separate(out *bytes.Buffer, index int) {
	if index > 0 {
		out.WriteByte(',')
	}
	out.WriteByte('\n')
}
