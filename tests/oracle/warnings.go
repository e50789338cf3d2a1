package main

import (
	"strings"

	"k8s.io/apimachinery/pkg/util/net"
)

func init() { table("warnings", warningTable) }

type warningRow struct {
	Headers []string `json:"headers"`
	// The warnings that were read, as code, agent and text.
	Warnings [][3]any `json:"warnings"`
}

// Headers named Warning, and what its WarningLogger and WarningWriter show: nothing but code 299, and no empty text.
func warningTable() sections {
	written := [][]string{
		{`299 - "one"`}, {`299 - "one"`, `299 - "two", 299 - "three"`}, {`299 agent:80 "a \"b\" \\ c"`},
		{`299 - "old" "Wed, 21 Oct 2015 07:28:00 GMT"`},
		{`299 - "old" "Wed, 21 Oct 2015 07:28:00 GMT", 299 - "new"`}, {`299 - "größer"`}, {`  299 - "spaces"  `}, {`299   -   "spaces"`}, {`299 -   "spaces"`},
		{`199 - "other code"`}, {`100 - "low", 299 - "good"`}, {`299 - ""`}, {``}, {`299`}, {`299 -`}, {`299 - text`}, {`299 - "no end`}, {`299 - "end\`},
		{`2999 - "x"`}, {`+99 - "x"`}, {`-99 - "x"`}, {`299 - "x" y`}, {"299 - \"tab\there\""}, {"299 - \"line\nbreak\""},
		{`299 - "good", bad`}, {`bad, 299 - "good"`}, {`299 - "good",`}, {`299 - "good" , `}, {`299 - "a"299 - "b"`},
		{`299 - "a",,299 - "b"`}, {`0299 - "x"`}, {`29 - "x"`}, {`299  "x"`}, {`299 "x"`}, {`299 - x"y"`}, {`299 a b "x"`},
		{`299 - "a\x"`}, {`299 - "\\"`}, {`299 - "\""`}, {`299 - "a" "b" "c"`}, {`299 - "a" "not a date"`}, {"299\t-\t\"tabs\""},
		{`299 [::1]:80 "six"`}, {`299 "quoted agent" "x"`}, {"299 a\x01b \"control in agent\""},
		{`299 - "` + strings.Repeat("long ", 1000) + `"`},
	}
	for _, text := range sentences(6, 700, 7, []string{"299", "199", " ", " - ", "-", "\"", "\"a\"", "\\", ",", ", ", "b", "299 - \"x\"", "\"Wed, 21 Oct 2015 07:28:00 GMT\"", "é"}) {
		written = append(written, []string{text})
	}
	var rows []any
	for _, headers := range written {
		row := warningRow{Headers: headers, Warnings: [][3]any{}}
		found, _ := net.ParseWarningHeaders(headers)
		for _, warning := range found {
			if warning.Code == 299 && warning.Text != "" {
				row.Warnings = append(row.Warnings, [3]any{warning.Code, warning.Agent, warning.Text})
			}
		}
		rows = append(rows, row)
	}
	return sections{"headers": rows}
}
