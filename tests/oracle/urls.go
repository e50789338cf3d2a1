package main

import (
	"net/http"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
)

func init() { table("urls", urlTable) }

// A request as RESTClient builds it, and its line.
type urlRow struct {
	Base        string      `json:"base"`
	Group       string      `json:"group,omitempty"`
	Version     string      `json:"version,omitempty"`
	Namespace   *string     `json:"namespace,omitempty"`
	Resource    string      `json:"resource,omitempty"`
	Name        *string     `json:"name,omitempty"`
	Subresource string      `json:"subresource,omitempty"`
	Suffix      string      `json:"suffix,omitempty"`
	Absolute    string      `json:"absolute,omitempty"`
	Params      [][2]string `json:"params,omitempty"`
	// Whether it is refused; nothing else is said then.
	Error bool   `json:"error,omitempty"`
	Path  string `json:"path,omitempty"`
	// The pairs of the query.
	Query [][2]string `json:"query,omitempty"`
}

func restClient(base, group, version string) (*rest.RESTClient, error) {
	path := "/apis"
	if group == "" {
		path = "/api"
	}
	config := &rest.Config{Host: base, APIPath: path, QPS: -1}
	config.GroupVersion = &schema.GroupVersion{Group: group, Version: version}
	config.NegotiatedSerializer = scheme.Codecs.WithoutConversion()
	return rest.RESTClientForConfigAndClient(config, http.DefaultClient)
}

func (row urlRow) build() urlRow {
	version := row.Version
	if version == "" {
		version = "v1"
	}
	client, err := restClient(row.Base, row.Group, version)
	if err != nil {
		row.Error = true
		return row
	}
	request := client.Get()
	if row.Absolute != "" {
		request.RequestURI(row.Absolute)
	}
	if row.Namespace != nil {
		request.Namespace(*row.Namespace)
	}
	if row.Resource != "" {
		request.Resource(row.Resource)
	}
	if row.Name != nil {
		request.Name(*row.Name)
	}
	if row.Subresource != "" {
		request.SubResource(row.Subresource)
	}
	if row.Suffix != "" {
		request.Suffix(row.Suffix)
	}
	for _, pair := range row.Params {
		request.Param(pair[0], pair[1])
	}
	if request.Error() != nil {
		row.Error = true
		return row
	}
	url := request.URL()
	row.Path, row.Query = url.EscapedPath(), pairs(url.Query())
	return row
}

func urlTable() sections {
	text := func(text string) *string { return &text }
	bases := []string{
		"http://fake", "http://fake/", "https://fake:6443", "https://fake/k8s/clusters/c-1", "https://fake/k8s/clusters/c-1/",
		"http://fake//", "http://fake/a//b", "http://fake/a%20b", "http://fake/a%2Fb", "http://[::1]:8080/x",
	}
	names := []string{
		"front", "a.b-c", "system:node:x", "a b", "a+b", "a;b", "a,b", "a@b", "a=b", "a&b", "(a)", "a*", "a'b", "a!b", "a$b", "~a", "_a",
		"A", "ü", "日本", "a\"b", "<a>", "[a]", "{a}", "a|b", "a^b", "a`b", "...", ".a", "a..", "", ".", "..", "a/b", "../b", "a%b",
		"a%2fb", "%", "a\\b", "a?b", "a#b", "a\nb", "a\x00b", "a\x7fb", strings.Repeat("a", 300),
	}
	var rows []any
	add := func(row urlRow) { rows = append(rows, row.build()) }
	for _, base := range bases {
		add(urlRow{Base: base, Version: "v1", Resource: "nodes"})
		add(urlRow{Base: base, Version: "v1", Namespace: text("shop"), Resource: "pods", Name: text("front"), Subresource: "log", Params: [][2]string{{"follow", "true"}}})
		add(urlRow{Base: base, Group: "example.com", Version: "v1beta1", Resource: "websites", Name: text("front"), Subresource: "scale"})
		for _, path := range []string{"/", "/version", "/healthz", "/apis", "/apis/", "/openapi/v3?hash=x"} {
			add(urlRow{Base: base, Absolute: path})
		}
	}
	for _, name := range names {
		add(urlRow{Base: "http://fake", Version: "v1", Namespace: text("shop"), Resource: "pods", Name: text(name)})
		add(urlRow{Base: "http://fake", Version: "v1", Namespace: text("shop"), Resource: "pods", Name: text(name), Subresource: "status"})
		add(urlRow{Base: "http://fake", Version: "v1", Namespace: text(name), Resource: "pods", Name: text("front")})
		add(urlRow{Base: "http://fake", Version: "v1", Resource: "pods", Name: text("front"), Subresource: name})
		add(urlRow{Base: "http://fake", Version: "v1", Resource: name})
	}
	for _, resource := range []string{"Pods", "pOdS", "certificatesigningrequests"} {
		add(urlRow{Base: "http://fake", Group: "Example.com", Version: "V1", Resource: resource, Name: text("Front")})
	}
	for _, suffix := range []string{"/", "/healthz", "/a/b/", "/a b", "/a%20b", "/a//b", "/../x", "/a/../b", "/./a", "/a?b", "/ü", "a/b"} {
		add(urlRow{Base: "http://fake", Version: "v1", Namespace: text("shop"), Resource: "services", Name: text("front"), Subresource: "proxy", Suffix: suffix})
	}
	add(urlRow{Base: "http://fake", Version: "v1", Resource: "pods", Subresource: "status"})
	for _, path := range []string{
		"/api/v1/nodes", "/api/v1/namespaces/shop/pods/front/status", "/a%20b", "/a b", "/a%2Fb", "/a//b", "/a/", "/a/./b", "/a/../b", "/..",
		"/a%2e%2e/b", "/%2e%2e/b", "/a?x=1", "/a?x=1&y=2&x=3", "/a#b", "/%C3%BC", "/ü", "/a%", "/a%zz", "/a:b", "/a;b", "/a@b", "/a+b", "/a\\b",
		"api/v1/nodes", "/a\nb",
	} {
		add(urlRow{Base: "http://fake", Absolute: path})
		add(urlRow{Base: "http://fake/prefix/", Absolute: path})
	}
	values := []string{
		"", "a", "a b", "a+b", "a&b=c", "a#b", "a%b", "a/b?c", "ü", "a,b in (c)", "a!=b", "\"{}\"", "a\nb", "a;b", "~!*'()", "\x00", "\u2028",
	}
	for _, value := range values {
		add(urlRow{Base: "http://fake", Absolute: "/version", Params: [][2]string{{"labelSelector", value}}})
		add(urlRow{Base: "http://fake", Version: "v1", Resource: "pods", Params: [][2]string{{"a b&" + value, "1"}, {"x", value}, {"x", "2"}}})
	}
	return sections{"requests": rows}
}
