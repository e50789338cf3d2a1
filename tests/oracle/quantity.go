package main

import (
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
)

func init() { table("quantity", quantityTable) }

type quantityRow struct {
	Text string `json:"text"`
	// "format", "number" or "suffix", as apimachinery names what is wrong.
	Error string `json:"error,omitempty"`
	// As it is printed after it was read, and after its text was forgotten.
	Printed   string `json:"printed,omitempty"`
	Canonical string `json:"canonical,omitempty"`
	Family    string `json:"family,omitempty"`
	// The exact value as a decimal fraction.
	Exact string `json:"exact,omitempty"`
	// What AsInt64 says, where it says anything.
	Int *int64 `json:"int,omitempty"`
}

func parse(text string) quantityRow {
	row := quantityRow{Text: text}
	read, err := resource.ParseQuantity(text)
	switch err {
	case nil:
	case resource.ErrFormatWrong:
		row.Error = "format"
	case resource.ErrNumeric:
		row.Error = "number"
	case resource.ErrSuffix:
		row.Error = "suffix"
	default:
		row.Error = err.Error()
	}
	if err != nil {
		return row
	}
	row.Printed = read.String()
	row.Family = string(read.Format)
	if value, fits := read.AsInt64(); fits {
		row.Int = &value
	}
	fresh := read.DeepCopy()
	fresh.Neg()
	fresh.Neg()
	row.Canonical = fresh.String()
	row.Exact = read.AsDec().String()
	return row
}

// The quantities that are put together with each other.
var amounts = []string{
	"0", "1", "-1", "1n", "-1n", "1u", "1m", "500m", "-500m", "1500m", "2", "999", "1000", "1k", "-1k", "1M", "10M", "1.5G",
	"1E", "9E", "1e0", "1e3", "12e6", "-5e-3", "0Ki", "1Ki", "0.5Ki", "1023", "1Mi", "-1Mi", "1.5Gi", "1Ti", "1Ei", "7Ei", "9Ei",
	"1.0001Ki", "0.1Ki", "100000000000000000000", "-100000000000000000000", "9223372036854775807", "9223372036854775808",
	"123456789012345678", "0.123456789", "1.000000001", "1e21", "1e-9",
}

type pairRow struct {
	Left       string `json:"left"`
	Right      string `json:"right"`
	Order      int    `json:"order"`
	Sum        string `json:"sum"`
	Difference string `json:"difference"`
}

type productRow struct {
	Left    string `json:"left"`
	Right   int64  `json:"right"`
	Product string `json:"product"`
}

type roundRow struct {
	Text  string `json:"text"`
	Scale int    `json:"scale"`
	Round string `json:"round"`
	Exact bool   `json:"exact"`
}

func quantityTable() sections {
	numbers := []string{
		"", "0", "00", "1", "5", "05", "1.5", "0.5", ".5", "5.", "5.0", "100", "999", "1000", "1024", "1025", "1536", "3001000",
		"1.0001", "0.0000000001", "1.0000000001", "123456789012345678", "1234567890123456789", "9223372036854775807",
		"9223372036854775808", "99999999999999999999", "1.1.1", ".", "0.0",
	}
	suffixes := []string{
		"", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e0", "e3", "E3", "e-3", "e+3", "e1",
		"e2", "e", "e10", "e-10", "e30", "e-30", "K", "ki", "i", "mm", "Kii", "B", " ", "e3m", "1e3", "-1", "+", "e1.5",
	}
	var rows []any
	for _, number := range numbers {
		for _, suffix := range suffixes {
			for _, sign := range []string{"", "-"} {
				rows = append(rows, parse(sign+number+suffix))
			}
		}
	}
	for _, text := range []string{"+1", "+1Ki", "--1", "+-1", "++1", " 1", "1 ", "0x1", "true", "1e1000", "1_000", "1,5", "Ki", "m", "e3", "-", "+", "Ei1"} {
		rows = append(rows, parse(text))
	}
	for _, text := range sentences(3, 600, 6, strings.Split("0 1 9 24 000 . - + e E m n u k M G Ki Mi Ei i 1024 5", " ")) {
		if !tooLong(text) {
			rows = append(rows, parse(text))
		}
	}
	var pairs []any
	for _, left := range amounts {
		for _, right := range amounts {
			a, b := resource.MustParse(left), resource.MustParse(right)
			row := pairRow{Left: left, Right: right, Order: a.Cmp(b)}
			sum, difference := a.DeepCopy(), a.DeepCopy()
			sum.Add(b)
			difference.Sub(b)
			row.Sum, row.Difference = sum.String(), difference.String()
			pairs = append(pairs, row)
		}
	}
	var products, rounded []any
	for _, text := range amounts {
		for _, factor := range []int64{0, 1, -1, 3, 1000, 1024, 1 << 40, -(1 << 62)} {
			read := resource.MustParse(text)
			read.Mul(factor)
			products = append(products, productRow{text, factor, read.String()})
		}
		for _, scale := range []resource.Scale{-9, -6, -3, -2, 0, 1, 3, 6, 18} {
			read := resource.MustParse(text)
			exact := read.RoundUp(scale)
			rounded = append(rounded, roundRow{text, int(scale), read.String(), exact})
		}
	}
	return sections{"parse": rows, "pairs": pairs, "products": products, "rounded": rounded}
}

// tooLong says that an exponent has more than three digits: such quantities are refused by kubist, which is told in
// README.md, and take all memory here.
func tooLong(text string) bool {
	at := strings.LastIndexAny(text, "eE")
	return at >= 0 && len(strings.TrimLeft(text[at+1:], "+-0")) > 3
}
