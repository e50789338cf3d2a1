package main

import (
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// odd are labels that name no field, or one of another version.
var odd = []string{
	"clusterIP", "involvedObject.apiVersion", "involvedObject.fieldPath", "involvedObject.kind",
	"involvedObject.name", "involvedObject.namespace", "involvedObject.resourceVersion", "involvedObject.uid",
	"name", "reason", "reportingComponent", "source", "spec.host", "status", "status.podIPs", "type",
}

// readSelectors tries as a field selector, on every kind, each of its fields down to the third level and the odd
// ones. The two that every kind has are left out.
func readSelectors(facts *Facts) {
	for i := range facts.Kinds {
		kind := &facts.Kinds[i]
		labels := append(paths(facts.Types, kind.Type, 3), odd...)
		for _, label := range labels {
			if label == "metadata.name" || label == "metadata.namespace" {
				continue
			}
			if internal, ok := convert(kind.gvk(), label); ok {
				if kind.Selectors == nil {
					kind.Selectors = map[string]string{}
				}
				kind.Selectors[label] = internal
			}
		}
	}
}

func convert(gvk schema.GroupVersionKind, label string) (string, bool) {
	for _, scheme := range schemes() {
		if !scheme.Recognizes(gvk) {
			continue
		}
		internal, _, err := scheme.ConvertFieldLabel(gvk, label, "x")
		return internal, err == nil
	}
	return "", false
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
