package main

import (
	"sort"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	apidiscovery "k8s.io/api/apidiscovery/v2"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

const (
	plain      = "application/json"
	aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
	table      = "application/json;as=Table;v=v1;g=meta.k8s.io"
)

// Group is one version of an API group, in the order of discovery.
type Group struct {
	Group           string `json:"group"`
	Version         string `json:"version"`
	GroupPriority   int32  `json:"groupPriority"`
	VersionPriority int32  `json:"versionPriority"`
}

// Kind is one resource in one version.
type Kind struct {
	Group              string            `json:"group"`
	Version            string            `json:"version"`
	Kind               string            `json:"kind"`
	Plural             string            `json:"plural"`
	Singular           string            `json:"singular"`
	ShortNames         []string          `json:"shortNames,omitempty"`
	Categories         []string          `json:"categories,omitempty"`
	Namespaced         bool              `json:"namespaced,omitempty"`
	Verbs              []string          `json:"verbs"`
	StorageVersionHash string            `json:"storageVersionHash,omitempty"`
	Warning            string            `json:"warning,omitempty"` // comes with every answer
	Type               string            `json:"type"`
	Subresources       []Subresource     `json:"subresources,omitempty"`
	Selectors          map[string]string `json:"selectors,omitempty"`    // label to the name within the server
	Unselectable       string            `json:"unselectable,omitempty"` // the error for a label named LABEL
	Columns            []Column          `json:"columns,omitempty"`
}

// Subresource is a part of a resource. Without a group and version its kind is of the resource's own.
type Subresource struct {
	Name    string   `json:"name"`
	Group   string   `json:"group,omitempty"`
	Version string   `json:"version,omitempty"`
	Kind    string   `json:"kind"`
	Verbs   []string `json:"verbs"`
}

// Column is one column of the table that a list can be shown as.
type Column struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Format   string `json:"format,omitempty"`
	Priority int32  `json:"priority,omitempty"`
}

func (kind *Kind) gvk() schema.GroupVersionKind {
	return schema.GroupVersionKind{Group: kind.Group, Version: kind.Version, Kind: kind.Kind}
}

// parts are the kinds of the subresources.
func (kind *Kind) parts() []schema.GroupVersionKind {
	var parts []schema.GroupVersionKind
	for _, part := range kind.Subresources {
		group, version := part.Group, part.Version
		if group == "" && version == "" {
			group, version = kind.Group, kind.Version
		}
		parts = append(parts, schema.GroupVersionKind{Group: group, Version: version, Kind: part.Kind})
	}
	return parts
}

func (kind *Kind) path() string {
	if kind.Group == "" {
		return "/api/" + kind.Version
	}
	return "/apis/" + kind.Group + "/" + kind.Version
}

// readKinds reads discovery. Kinds that a CustomResourceDefinition brought are not the server's own.
func (c *client) readKinds(facts *Facts) error {
	if err := c.readGroups(facts); err != nil {
		return err
	}
	var definitions apiextensions.CustomResourceDefinitionList
	if err := c.get("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", plain, &definitions); err != nil {
		return err
	}
	custom := map[string]bool{}
	for _, definition := range definitions.Items {
		custom[definition.Name] = true
	}
	for _, path := range []string{"/api", "/apis"} {
		var groups apidiscovery.APIGroupDiscoveryList
		if err := c.get(path, aggregated, &groups); err != nil {
			return err
		}
		for _, group := range groups.Items {
			for _, version := range group.Versions {
				for _, resource := range version.Resources {
					if !custom[resource.Resource+"."+group.Name] {
						facts.Kinds = append(facts.Kinds, newKind(group.Name, version.Version, resource))
					}
				}
			}
		}
	}
	for i := range facts.Kinds {
		if err := c.complete(&facts.Kinds[i]); err != nil {
			return err
		}
	}
	return nil
}

func (c *client) readGroups(facts *Facts) error {
	var services apiregistration.APIServiceList
	if err := c.get("/apis/apiregistration.k8s.io/v1/apiservices", plain, &services); err != nil {
		return err
	}
	for _, service := range services.Items {
		if service.Labels["kube-aggregator.kubernetes.io/automanaged"] == "onstart" {
			spec := service.Spec
			group := Group{spec.Group, spec.Version, spec.GroupPriorityMinimum, spec.VersionPriority}
			facts.Groups = append(facts.Groups, group)
		}
	}
	sort.SliceStable(facts.Groups, func(i, j int) bool {
		left, right := facts.Groups[i], facts.Groups[j]
		if left.GroupPriority != right.GroupPriority {
			return left.GroupPriority > right.GroupPriority
		}
		if left.Group != right.Group {
			return left.Group < right.Group
		}
		return left.VersionPriority > right.VersionPriority
	})
	return nil
}

func newKind(group, version string, resource apidiscovery.APIResourceDiscovery) Kind {
	kind := Kind{
		Group:      group,
		Version:    version,
		Kind:       resource.ResponseKind.Kind,
		Plural:     resource.Resource,
		Singular:   resource.SingularResource,
		ShortNames: resource.ShortNames,
		Categories: resource.Categories,
		Namespaced: resource.Scope == apidiscovery.ScopeNamespace,
		Verbs:      resource.Verbs,
	}
	for _, part := range resource.Subresources {
		subresource := Subresource{Name: part.Subresource, Verbs: part.Verbs}
		if of := part.ResponseKind; of != nil {
			subresource.Group, subresource.Version, subresource.Kind = of.Group, of.Version, of.Kind
		}
		kind.Subresources = append(kind.Subresources, subresource)
	}
	return kind
}

// complete adds what aggregated discovery does not tell.
func (c *client) complete(kind *Kind) error {
	var resources metav1.APIResourceList
	if err := c.get(kind.path(), plain, &resources); err != nil {
		return err
	}
	for _, resource := range resources.APIResources {
		if resource.Name == kind.Plural {
			kind.StorageVersionHash = resource.StorageVersionHash
		}
	}
	if !strings.Contains(strings.Join(kind.Verbs, " "), "list") {
		return nil
	}
	var list metav1.Table
	if err := c.get(kind.path()+"/"+kind.Plural, table, &list); err != nil {
		return err
	}
	for _, column := range list.ColumnDefinitions {
		kind.Columns = append(kind.Columns, Column{column.Name, column.Type, column.Format, column.Priority})
	}
	return nil
}
