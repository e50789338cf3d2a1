package main

import (
	"strings"

	"k8s.io/apimachinery/pkg/util/resourceversion"
	"k8s.io/apimachinery/pkg/util/validation"
)

func init() {
	table("resource_version", versionTable)
	table("names", nameTable)
}

// A row is two versions and their order, or null where one of them is no number.
func versionTable() sections {
	texts := []string{
		"", "0", "00", "1", "01", "9", "10", "99", "100", "a", "1a", "-1", "+1", " 1", "1 ", "1.0", "18446744073709551616",
		"340282366920938463463374607431768211456", "٣",
	}
	var rows []any
	for _, left := range texts {
		for _, right := range texts {
			row := []any{left, right, nil}
			if order, err := resourceversion.CompareResourceVersion(left, right); err == nil {
				row[2] = order
			}
			rows = append(rows, row)
		}
	}
	return sections{"pairs": rows}
}

// What is wrong with a text as each kind of name: places in the section "texts".
type nameRow struct {
	Text       string `json:"text"`
	Label      []int  `json:"label,omitempty"`
	Subdomain  []int  `json:"subdomain,omitempty"`
	Dns1035    []int  `json:"dns1035,omitempty"`
	LabelKey   []int  `json:"labelKey,omitempty"`
	LabelValue []int  `json:"labelValue,omitempty"`
}

func nameTable() sections {
	written := []string{
		"", "a", "A", "1", "-", ".", "_", "/", "a-b", "a.b", "a_b", "a/b", "a--b", "a..b", "-a", "a-", ".a", "a.", "1a", "a1", "a b", "é",
		"a/", "/a", "a/b/c", "A/b", "a/B", "a.b/c_d.E-f", "a_b/c", "a\n", "a.-b", "a-.b", "..",
		strings.Repeat("a", 63), strings.Repeat("a", 64), strings.Repeat("a", 253), strings.Repeat("a", 254),
		strings.Repeat("a.", 126) + "a", strings.Repeat("a.", 127) + "a", strings.Repeat("A", 64) + "/" + strings.Repeat("-", 64),
		strings.Repeat("é", 32), strings.Repeat("a", 253) + "/a", strings.Repeat("a", 254) + "/a",
	}
	var rows, texts []any
	places := map[string]int{}
	numbers := func(problems []string) []int {
		var numbers []int
		for _, problem := range problems {
			if _, known := places[problem]; !known {
				places[problem] = len(texts)
				texts = append(texts, problem)
			}
			numbers = append(numbers, places[problem])
		}
		return numbers
	}
	for _, text := range append(written, sentences(4, 300, 6, strings.Split("a B 1 - . _ / é ab", " "))...) {
		rows = append(rows, nameRow{
			text, numbers(validation.IsDNS1123Label(text)), numbers(validation.IsDNS1123Subdomain(text)),
			numbers(validation.IsDNS1035Label(text)), numbers(validation.IsQualifiedName(text)),
			numbers(validation.IsValidLabelValue(text)),
		})
	}
	return sections{"names": rows, "texts": texts}
}
