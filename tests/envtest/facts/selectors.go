package main

import (
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// odd are labels that name no field, or one of another version.
var odd = []string{
	"involvedObject.apiVersion", "involvedObject.fieldPath", "involvedObject.kind",
	"involvedObject.name", "involvedObject.namespace", "involvedObject.resourceVersion", "involvedObject.uid",
	"reason", "reportingComponent", "source", "spec.host", "status.successful", "type",
}

// readSelectors tries as a field selector, on every kind with a rule of its own for them, each of its fields down to
// the third level and the odd ones. All other kinds know the name and the namespace.
func readSelectors(facts *Facts) {
	for i := range facts.Kinds {
		kind := &facts.Kinds[i]
		_, _, err := convert(kind.gvk(), unknown)
		if err == nil || strings.Contains(err.Error(), "known field selector") {
			continue
		}
		kind.Unselectable = err.Error()
		kind.Selectors = map[string]string{}
		for _, label := range append(paths(facts.Types, kind.Type, 3), odd...) {
			if internal, _, err := convert(kind.gvk(), label); err == nil {
				kind.Selectors[label] = internal
			}
		}
	}
}

// unknown is a label that no kind has.
const unknown = "LABEL"

func convert(gvk schema.GroupVersionKind, label string) (string, string, error) {
	for _, scheme := range schemes() {
		if scheme.Recognizes(gvk) {
			return scheme.ConvertFieldLabel(gvk, label, "x")
		}
	}
	return "", "", fmt.Errorf("%v is in no scheme", gvk)
}

func paths(types map[string]*Type, name string, depth int) []string {
	var found []string
	if types[name] == nil {
		return found
	}
	for _, field := range types[name].Fields {
		if field.JSON == "" {
			found = append(found, paths(types, field.Type, depth)...)
			continue
		}
		found = append(found, field.JSON)
		if depth > 1 && !strings.HasPrefix(field.Type, "[]") {
			for _, path := range paths(types, field.Type, depth-1) {
				found = append(found, field.JSON+"."+path)
			}
		}
	}
	return found
}
