package main

import (
	"encoding/json"
	"sort"
	"strings"
)

// first are the lists whose objects a server makes before anybody asks it to. Roles, and what depends on the machine
// or on the certificates, are left out.
var first = []string{
	"/api/v1/namespaces",
	"/api/v1/namespaces/default/services",
	"/apis/apiregistration.k8s.io/v1/apiservices",
	"/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas",
	"/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations",
	"/apis/networking.k8s.io/v1/ipaddresses",
	"/apis/networking.k8s.io/v1/servicecidrs",
	"/apis/scheduling.k8s.io/v1/priorityclasses",
}

// now stands for the time of the start.
const now = "NOW"

// readObjects reads the objects that are the server's own, as far as they are the same on every server.
func (c *client) readObjects(facts *Facts) error {
	for _, path := range first {
		var list struct {
			APIVersion string           `json:"apiVersion"`
			Kind       string           `json:"kind"`
			Items      []map[string]any `json:"items"`
		}
		if err := c.get(path, plain, &list); err != nil {
			return err
		}
		for _, object := range list.Items {
			if !isOwn(object) {
				continue
			}
			object["apiVersion"], object["kind"] = list.APIVersion, strings.TrimSuffix(list.Kind, "List")
			settle(object)
			line, err := encode(object)
			if err != nil {
				return err
			}
			facts.Objects = append(facts.Objects, json.RawMessage(line))
		}
	}
	sort.SliceStable(facts.Objects, func(i, j int) bool { return string(facts.Objects[i]) < string(facts.Objects[j]) })
	return nil
}

// isOwn tells whether the server made the object when it started.
func isOwn(object map[string]any) bool {
	metadata, _ := object["metadata"].(map[string]any)
	name, _ := metadata["name"].(string)
	labels, _ := metadata["labels"].(map[string]any)
	annotations, _ := metadata["annotations"].(map[string]any)
	switch {
	case labels["kube-aggregator.kubernetes.io/automanaged"] == "onstart":
		return true
	case annotations["apf.kubernetes.io/autoupdate-spec"] == "true":
		return true
	case name == "10.0.0.1" || name == "default" || name == "kubernetes":
		return true
	default:
		return strings.HasPrefix(name, "kube-") || strings.HasPrefix(name, "system-")
	}
}

// settle takes out what is different on every server.
func settle(value any) {
	switch value := value.(type) {
	case map[string]any:
		for key, member := range value {
			switch key {
			case "uid", "resourceVersion":
				delete(value, key)
			case "creationTimestamp", "lastTransitionTime", "time":
				value[key] = now
			case "targetPort":
				value[key] = 6443
			default:
				settle(member)
			}
		}
	case []any:
		for _, member := range value {
			settle(member)
		}
	}
}
