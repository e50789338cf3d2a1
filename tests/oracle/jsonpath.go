package main

import (
	"bytes"

	"k8s.io/apimachinery/pkg/util/json"
	"k8s.io/client-go/util/jsonpath"
)

func init() { table("jsonpath", jsonPathTable) }

// Maps that a wildcard meets have one member here: Go visits the members of a map in no order.
var jsonPathDocument = `{
	"kind": "List", "nothing": null, "yes": true, "number": 3, "fraction": 1.5, "large": 1e21, "text": "a<b", "empty": "",
	"one": {"only": {"deep": "down"}},
	"labels": {"app.kubernetes.io/name": "web", "a": "1", "with space": "x"},
	"list": [0, 1, 2, 3, 4, 5], "words": ["a", "b", "c"], "none": [], "nested": [[1, 2], [3]], "mixed": [1, "a", true, null, 1.5],
	"items": [
		{"name": "front", "ready": true, "replicas": 3, "load": 0.5, "labels": {"tier": "web"}, "conditions": [
			{"type": "Synced", "status": "False"}, {"type": "Ready", "status": "True"}]},
		{"name": "back", "ready": false, "replicas": 1, "load": 1.5, "conditions": [
			{"type": "Ready", "status": "False"}]},
		{"name": "quo\"te", "replicas": 0, "extra": null}
	]
}`

var jsonPathTemplates = []string{
	"", "plain", "{}", "{.}", "{@}", "{$}", "{$.kind}", "{@.kind}", "{.kind}", "{ .kind }", "kind: {.kind}!", "{.kind}{.number}",
	"{.kind} {.number}", "{.nothing}", "{.yes}", "{.number}", "{.fraction}", "{.large}", "{.text}", "{.empty}", "{.missing}",
	"{.missing.deeper}", "{.kind.deeper}", "{.nothing.deeper}", "{.one}", "{.one.only}", "{.one.only.deep}", "{.one.*}", "{.one.*.deep}",
	"{.one[*]}", "{['one']}", "{['one'].only}", "{['one']['only']}", "{.one['only']['deep']}", "{['one','kind']}", "{['kind', 'number']}",
	"{.labels.a}", `{.labels.app\.kubernetes\.io/name}`, `{.labels['app\.kubernetes\.io/name']}`, "{.labels['app.kubernetes.io/name']}",
	"{.labels['with space']}", `{.labels["a"]}`, "{.list}", "{.list[0]}", "{.list[5]}", "{.list[6]}", "{.list[-1]}", "{.list[-6]}",
	"{.list[-7]}", "{.list[*]}", "{.list[:]}", "{.list[1:3]}", "{.list[:2]}", "{.list[4:]}", "{.list[-2:]}", "{.list[:-2]}", "{.list[0:0]}",
	"{.list[3:1]}", "{.list[::2]}", "{.list[1::2]}", "{.list[1:5:2]}", "{.list[::0]}", "{.list[::-1]}", "{.list[0,2]}", "{.list[0, 2 ,4]}",
	"{.list[0:2,4]}", "{.list[0,9]}", "{.list[]}", "{.list[a]}", "{.list[1.5]}", "{.list[:9]}", "{.list[9:]}", "{.list[-9:2]}", "{.list[0:-9]}",
	"{.none}", "{.none[*]}", "{.none[0]}", "{.none[0:0]}", "{.nested[0]}", "{.nested[0][1]}", "{.nested[*]}", "{.nested[*][0]}",
	"{.nested[*][1]}", "{.mixed}", "{.mixed[*]}", "{.words[1]}", "{.words.name}", "{.kind[0]}", "{.one[0]}", "{.nothing[0]}", "{.number[0]}",
	"{.kind.*}", "{.items[*].name}", "{.items[0].name}", "{.items[-1].name}", "{.items.name}", "{.items[*].labels.tier}", "{.items[*].ready}",
	"{.items[0,1].name}", "{.items[0]['name','replicas']}", "{.items[*]['name', 'replicas']}", "{.items[0].conditions}",
	"{.items[*].conditions[*].type}", "{.items[*].conditions[0].type}",
	`{.items[?(@.name=="front")].replicas}`, `{.items[?(@.name=='front')].replicas}`, `{.items[?(@.name == "front")].replicas}`,
	`{.items[?(@.name!="front")].replicas}`, `{.items[?(@.replicas>1)].name}`, `{.items[?(@.replicas>=1)].name}`,
	`{.items[?(@.replicas<1)].name}`, `{.items[?(@.replicas<=1)].name}`, `{.items[?(@.replicas==3)].name}`, `{.items[?(3==@.replicas)].name}`,
	`{.items[?(@.load>1.0)].name}`, `{.items[?(@.load>1)].name}`, `{.items[?(@.load==0.5)].name}`, `{.items[?(@.ready)].name}`,
	`{.items[?(@.ready==true)].name}`, `{.items[?(@.ready==false)].name}`, `{.items[?(@.ready!=true)].name}`, `{.items[?(@.ready>false)].name}`,
	`{.items[?(@.extra)].name}`, `{.items[?(@.missing)].name}`, `{.items[?(@.labels.tier=="web")].name}`, `{.items[?(@.name>"b")].name}`,
	`{.items[?(@.name=="a)b")].name}`, `{.items[?(@.name=="quo\"te")].replicas}`, `{.items[?(@.conditions[0].type=="Ready")].name}`,
	`{.items[*].conditions[?(@.type=="Ready")].status}`, `{.items[0].conditions[?(@.type=="Ready")].status}`,
	`{.items[?(@.replicas==@.replicas)].name}`, `{.items[?(@.name=3)].name}`, `{.items[?(@.name=~"f")].name}`, `{.items[?(@.name==3)].name}`,
	`{.items[?(@.conditions[*].type=="Ready")].name}`, `{.one[?(@.a==1)]}`, `{.kind[?(@.a==1)]}`, `{.nothing[?(@.a==1)]}`, `{.list[?(@>2)]}`, `{.list[?(@==2)]}`,
	`{.words[?(@=="b")]}`, `{.nested[?(@[0]==3)]}`, `{.items[?(@.name)]..type}`, "{.one..deep}", "{..deep}", "{..tier}", "{.one..}", "{...}", "{....a}",
	"{..only.deep}", "{.items[0].conditions..type}", "{..conditions[0].type}", "{.nested..[0]}", `{"text"}`, `{'text'}`, `{"a\nb"}`, `{'a\tb'}`, `{"\u00e9"}`,
	`{"a\"b"}`, `{'a\'b'}`, `{.kind}{"\n"}`, `{"{"}`, `{"unclosed}`, "{3}", "{-3}", "{+3}", "{1.5}", "{1.2.3}", "{true}", "{false}", "{word}", "{.kind", "kind}", "{{.kind}}",
	"{.kind}}", "{#}", "{.a#}", "{.kind .number}", "{.one .only}", "{.list [0]}", "{range .items[*]}{.name}{end}", `{range .items[*]}{.name}{"\n"}{end}`,
	`{range .items[*]}[{.name}, {.replicas}] {end}`, `{range .items[*]}{.name}{range .conditions[*]}{.type}{end};{end}`,
	`{range .items[*]}{.name}:{range .conditions[*]}{.type}={.status},{end}{"\n"}{end}done`, `{range .missing[*]}{.name}{end}after`,
	`{range .none[*]}{.name}{end}after`, "{range .items[*]}{.name}", "{end}", "{.kind}{end}", "{range .list[*]}{@} {end}", "{range .list[1:3]}{.}{end}",
	`{range .items[?(@.replicas>0)]}{.name} {end}`, "{range}{end}", "{range .items[*]}{.missing}{end}", "{range .items[*]}{.ready}{end}",
	"{range .labels}{.a}{end}", "{range .nested[*]}{range .[*]}{.}{end}|{end}", "{range .nested[*]}{range @[*]}{@}{end}|{end}",
}

type jsonPathRow struct {
	Template string `json:"template"`
	// Whether it cannot be read; nothing else is said then.
	Unreadable bool `json:"unreadable,omitempty"`
	// What it prints; null where there is an error: as kubectl does it, and where a missing member is one.
	Lenient *string `json:"lenient"`
	Strict  *string `json:"strict"`
}

func jsonPathTable() sections {
	var document any
	if err := json.Unmarshal([]byte(jsonPathDocument), &document); err != nil {
		fail(err)
	}
	print := func(template string, lenient bool) *string {
		path := jsonpath.New("").AllowMissingKeys(lenient)
		if err := path.Parse(template); err != nil {
			return nil
		}
		var out bytes.Buffer
		if err := path.Execute(&out, document); err != nil {
			return nil
		}
		text := out.String()
		return &text
	}
	var rows []any
	for _, template := range jsonPathTemplates {
		row := jsonPathRow{Template: template}
		if err := jsonpath.New("").Parse(template); err != nil {
			row.Unreadable = true
		} else {
			row.Lenient, row.Strict = print(template, true), print(template, false)
		}
		rows = append(rows, row)
	}
	return sections{"document": {document}, "templates": rows}
}
