package main

import (
	"k8s.io/apimachinery/pkg/fields"
)

func init() { table("fields", fieldTable) }

var fieldSets = []fields.Set{
	{},
	{"a": "a"},
	{"a": "", "b.c": "x"},
	{"a": "x,y", "b.c": "="},
	{"a": `\`, "b.c": "é"},
	{"metadata.name": "front", "status.phase": "Running"},
}

type fieldRow struct {
	Text      string      `json:"text"`
	Error     bool        `json:"error,omitempty"`
	Canonical string      `json:"canonical,omitempty"`
	Matches   string      `json:"matches,omitempty"`
	Exact     *string     `json:"exact,omitempty"`
	Terms     []fieldTerm `json:"terms,omitempty"`
}

type fieldTerm struct {
	Field    string `json:"field"`
	Operator string `json:"operator"`
	Value    string `json:"value"`
}

func fieldTable() sections {
	written := []string{
		"", ",", ",,", "a", "a=", "a==", "a!=", "=a", "!=a", "==", "a=b", "a==b", "a!=b", "a===b", "a!==b", "a=b=c", "a=b,",
		",a=b", "b=1,a=2", "a=1,a=2", "a=1,a!=1", " a=b", "a =b", "a= b", "a=b ", "a!b", "a!b=c", `a=\,`, `a=\=`, `a=\\`, `a=\a`,
		`a=\`, `a\=b`, `a\,b=c`, `a=x\,y`, `a=x\,y,b.c=\=`, `a=\\,b.c=é`, "a=é", "metadata.name=front", "metadata.name!=front",
		"metadata.name=front,status.phase=Running", "status.phase!=Failed,status.phase!=Succeeded", "a in (b)", "a>b",
		"spec.list[0]=x", "metadata.labels['a']=b",
	}
	words := []string{"a", "b.c", "=", "==", "!=", "!", `\`, `\,`, `\=`, `\\`, ",", "x", " ", "é", "a=", ",b.c="}
	var sets []any
	for _, set := range fieldSets {
		sets = append(sets, set)
	}
	var rows []any
	for _, text := range append(written, sentences(2, 800, 7, words)...) {
		row := fieldRow{Text: text}
		selector, err := fields.ParseSelector(text)
		if err != nil {
			row.Error = true
			rows = append(rows, row)
			continue
		}
		row.Canonical = selector.String()
		for _, set := range fieldSets {
			if selector.Matches(set) {
				row.Matches += "1"
			} else {
				row.Matches += "0"
			}
		}
		if value, found := selector.RequiresExactMatch("a"); found {
			row.Exact = &value
		}
		for _, term := range selector.Requirements() {
			row.Terms = append(row.Terms, fieldTerm{term.Field, string(term.Operator), term.Value})
		}
		rows = append(rows, row)
	}
	return sections{"sets": sets, "parse": rows}
}
