package main

import (
	"encoding/json"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/selection"
)

func init() { table("labels", labelTable) }

// The labels that every selector is matched with.
var labelSets = []labels.Set{
	{},
	{"a": "a"},
	{"a": "b", "b": ""},
	{"a": "", "in": "in"},
	{"x/y": "1", "a": "notin"},
	{"a": "1", "b": "-2", "notin": "a"},
	{"a": "2", "x/y": "a"},
	{"a": "9223372036854775808", "b": "9223372036854775807"},
	{"a": "01", "b": "+1"},
	{"app": "web", "tier": "front", "n": "5", "empty": ""},
	{"app": "db", "env": "prod"},
}

type labelRow struct {
	Text string `json:"text"`
	// Whether there is an error; nothing else is said then.
	Error bool `json:"error,omitempty"`
	// The canonical text.
	Canonical string `json:"canonical,omitempty"`
	// A character for each of the sets: 1 where it matches.
	Matches string `json:"matches,omitempty"`
	// The value that the label "a" must have, if there is but one.
	Exact *string `json:"exact,omitempty"`
	// The same as a LabelSelector, where there is one.
	Object *metav1.LabelSelector `json:"object,omitempty"`
}

func describe(text string, selector labels.Selector, err error) labelRow {
	row := labelRow{Text: text}
	if err != nil {
		row.Error = true
		return row
	}
	row.Canonical = selector.String()
	row.Matches = matches(selector)
	if value, found := selector.RequiresExactMatch("a"); found {
		row.Exact = &value
	}
	return row
}

func matches(selector labels.Selector) string {
	out := strings.Builder{}
	for _, set := range labelSets {
		if selector.Matches(set) {
			out.WriteByte('1')
		} else {
			out.WriteByte('0')
		}
	}
	return out.String()
}

func labelTable() sections {
	written := []string{
		"", " ", "a", "!a", "! a", "a=", "a==", "a!=", "a=b", "a==b", "a!=b", "a = b", "a  !=  b", "a in (b)",
		"a in(b)", "a in (b,a)", "a in (b, a )", "a notin (b)", "a in ()", "a notin ()", "a in (,)", "a in (b,)",
		"a in (,b)", "a in (b,,a)", "a in (b", "a in b", "a in", "in in (in)", "notin notin (in,notin)", "in", "notin",
		"!in", "a>1", "a<1", "a > 1", "a>b", "a>1,a<3", "a>-3", "a>+1", "a>01", "a>1.5", "a>", "a>9223372036854775807",
		"a>9223372036854775808", "b<9223372036854775807", "x/y", "x/y=1", "x/y in (1,a)", "!x/y", "/y", "x/", "x/y/z",
		"X/y", "x_y/z", "x.y/Z_z.0", "-a", "a-", "a=-b", "a=b-", "a=b_c.d-e", "a=b c", "a=b,", ",", ",a", "a,,b", "a,b",
		"a,!b", "a,b=c,d!=e", "b=1,a=2", "a=1,a=2", "a!=1,a!=2", "a=b=c", "a===b", "a!==b", "a=!b", "a!b", "a!", "!!a",
		"!a=b", "!a in (b)", "(a)", "a()", "a=(b)", "a in (b))", "a in ((b))", "a in (b=c)", "a in (!b)", "a=in",
		"a=notin", "a in (in,notin)", "a\t=\tb", "a\n=\nb", "a\r=\rb", "é=b", "a=é", "a\u00a0=b", "\x00", "a\x00b",
		"a=\x00", "app=web,tier in (front, back),!legacy", "n>4", "n<6,n>4", "n<5", "empty", "empty=", "empty in ()",
		"env,env!=prod", "app notin (db,cache),app", "kubernetes.io/metadata.name=default",
		strings.Repeat("a", 63), strings.Repeat("a", 64), "a=" + strings.Repeat("a", 63), "a=" + strings.Repeat("a", 64),
		strings.Repeat("a", 253) + "/b", strings.Repeat("a.", 126) + "a/b", strings.Repeat("a.", 127) + "a/b",
	}
	words := []string{
		"a", "b", "in", "notin", "(", ")", ",", "!", "=", "==", "!=", "<", ">", "1", "-2", " ", "\t", "x/y", "A.B/c", "/",
		"a in (", "b notin (", "a=", ",b",
	}
	var sets []any
	for _, set := range labelSets {
		sets = append(sets, set)
	}
	var rows []any
	for _, text := range append(written, sentences(1, 1500, 7, words)...) {
		selector, err := labels.Parse(text)
		row := describe(text, selector, err)
		if err == nil {
			if object, err := metav1.ParseToLabelSelector(text); err == nil {
				row.Object = object
			}
		}
		rows = append(rows, row)
	}
	return sections{"sets": sets, "parse": rows, "requirements": requirements(), "objects": labelSelectors()}
}

type requirementRow struct {
	Key      string   `json:"key"`
	Operator string   `json:"operator"`
	Values   []string `json:"values"`
	Error    bool     `json:"error,omitempty"`
	Text     string   `json:"text,omitempty"`
	Matches  string   `json:"matches,omitempty"`
}

func requirements() []any {
	operators := []selection.Operator{
		selection.In, selection.NotIn, selection.Equals, selection.DoubleEquals, selection.NotEquals, selection.Exists,
		selection.DoesNotExist, selection.GreaterThan, selection.LessThan, "unknown",
	}
	values := [][]string{
		{}, {""}, {"a"}, {"b", "a"}, {"a", "a"}, {"1"}, {"1", "2"}, {"-2"}, {"a b"}, {"1.0"}, {strings.Repeat("a", 64)},
	}
	var rows []any
	for _, key := range []string{"a", "x/y", "", "a b", "x/y/z", strings.Repeat("a", 64)} {
		for _, operator := range operators {
			for _, values := range values {
				row := requirementRow{Key: key, Operator: string(operator), Values: values}
				requirement, err := labels.NewRequirement(key, operator, values)
				if err != nil {
					row.Error = true
				} else {
					row.Text = requirement.String()
					row.Matches = matches(labels.NewSelector().Add(*requirement))
				}
				rows = append(rows, row)
			}
		}
	}
	return rows
}

type objectRow struct {
	Object  *metav1.LabelSelector `json:"object"`
	Error   bool                  `json:"error,omitempty"`
	Text    string                `json:"text"`
	Matches string                `json:"matches,omitempty"`
}

func labelSelectors() []any {
	texts := []string{
		`null`, `{}`, `{"matchLabels": {}}`, `{"matchExpressions": []}`, `{"matchLabels": {"a": "b"}}`,
		`{"matchLabels": {"b": "", "a": "b"}}`, `{"matchLabels": {"a b": ""}}`, `{"matchLabels": {"a": "b c"}}`,
		`{"matchExpressions": [{"key": "a", "operator": "In", "values": ["b", "a"]}]}`,
		`{"matchExpressions": [{"key": "a", "operator": "In", "values": []}]}`,
		`{"matchExpressions": [{"key": "a", "operator": "In"}]}`,
		`{"matchExpressions": [{"key": "a", "operator": "NotIn", "values": ["b"]}]}`,
		`{"matchExpressions": [{"key": "a", "operator": "NotIn"}]}`,
		`{"matchExpressions": [{"key": "a", "operator": "Exists"}]}`,
		`{"matchExpressions": [{"key": "a", "operator": "Exists", "values": ["b"]}]}`,
		`{"matchExpressions": [{"key": "a", "operator": "DoesNotExist"}]}`,
		`{"matchExpressions": [{"key": "a", "operator": "DoesNotExist", "values": [""]}]}`,
		`{"matchExpressions": [{"key": "a", "operator": "in", "values": ["b"]}]}`,
		`{"matchExpressions": [{"key": "a", "operator": "Gt", "values": ["1"]}]}`,
		`{"matchExpressions": [{"key": "a", "operator": "", "values": ["1"]}]}`,
		`{"matchExpressions": [{"key": "", "operator": "Exists"}]}`,
		`{"matchExpressions": [{"key": "b", "operator": "Exists"}, {"key": "a", "operator": "Exists"}]}`,
		`{"matchLabels": {"x/y": "1"}, "matchExpressions": [{"key": "a", "operator": "In", "values": ["notin", "a"]}]}`,
		`{"matchLabels": {"app": "web"}, "matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["back"]}, {"key": "n", "operator": "Exists"}]}`,
	}
	var rows []any
	for _, text := range texts {
		var object *metav1.LabelSelector
		if err := json.Unmarshal([]byte(text), &object); err != nil {
			fail(err)
		}
		row := objectRow{Object: object}
		selector, err := metav1.LabelSelectorAsSelector(object)
		if err != nil {
			row.Error = true
		} else {
			row.Text = selector.String()
			row.Matches = matches(selector)
		}
		rows = append(rows, row)
	}
	return rows
}
