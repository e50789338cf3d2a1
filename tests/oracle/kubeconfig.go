package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

func init() { table("kubeconfig", kubeconfigTable) }

// Kubeconfig files, merged in their order, with what flags override, and the configuration that comes of them.
type kubeconfigRow struct {
	Files     []string  `json:"files"`
	Overrides overrides `json:"overrides"`
	// Whether there is no configuration; nothing else is said then but how many things are wrong, if that is told.
	Error    bool   `json:"error,omitempty"`
	Problems int    `json:"problems,omitempty"`
	Message  string `json:"message,omitempty"`

	Server      string         `json:"server,omitempty"`
	Namespace   string         `json:"namespace,omitempty"`
	Credentials string         `json:"credentials,omitempty"`
	Insecure    bool           `json:"insecure,omitempty"`
	ServerName  string         `json:"serverName,omitempty"`
	Proxy       bool           `json:"proxy,omitempty"`
	Plain       bool           `json:"plain,omitempty"`
	Impersonate *impersonation `json:"impersonate,omitempty"`
}

type impersonation struct {
	User   string              `json:"user"`
	Uid    string              `json:"uid"`
	Groups []string            `json:"groups"`
	Extra  map[string][]string `json:"extra"`
}

type overrides struct {
	Context    string `json:"context,omitempty"`
	Cluster    string `json:"cluster,omitempty"`
	User       string `json:"user,omitempty"`
	Namespace  string `json:"namespace,omitempty"`
	Server     string `json:"server,omitempty"`
	ServerName string `json:"serverName,omitempty"`
	Insecure   bool   `json:"insecure,omitempty"`
	Token      string `json:"token,omitempty"`
	Username   string `json:"username,omitempty"`
	ActAs      string `json:"actAs,omitempty"`
}

func (o overrides) flags() *clientcmd.ConfigOverrides {
	flags := &clientcmd.ConfigOverrides{CurrentContext: o.Context}
	flags.Context = clientcmdapi.Context{Cluster: o.Cluster, AuthInfo: o.User, Namespace: o.Namespace}
	flags.ClusterInfo = clientcmdapi.Cluster{Server: o.Server, TLSServerName: o.ServerName, InsecureSkipTLSVerify: o.Insecure}
	flags.AuthInfo = clientcmdapi.AuthInfo{Token: o.Token, Username: o.Username, Impersonate: o.ActAs}
	if o.Username != "" {
		flags.AuthInfo.Password = "hunter2"
	}
	return flags
}

// A real certificate and its key, for those who look.
const (
	certificate = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJlVENDQVIrZ0F3SUJBZ0lVT2htYnJwOXlRYytwOEM2ZWlsM25nb2xsQm9Rd0NnWUlLb1pJemowRUF3SXcKRVRFUE1BMEdBMVVFQXd3R2IzSmhZMnhsTUNBWERUSTJNVEV5TkRFNU1ESXhNMW9ZRHpJeE1qWXhNRE14TVRrdwpNakV6V2pBUk1ROHdEUVlEVlFRRERBWnZjbUZqYkdVd1dUQVRCZ2NxaGtqT1BRSUJCZ2dxaGtqT1BRTUJCd05DCkFBUkFLczl5S05HQzBXeTFvZDVkclVuOXJZK2svR3IzQW5veCtZcloxajdRdXl6VGpZc1N0aitRcitZWGE2a2UKWkkxSUhKQjg4cVphZUQwVkp4RVp2QlBhbzFNd1VUQWRCZ05WSFE0RUZnUVVaMDBuR2l0MmRWSlBXK2VucTliNQoySkdTN0xzd0h3WURWUjBqQkJnd0ZvQVVaMDBuR2l0MmRWSlBXK2VucTliNTJKR1M3THN3RHdZRFZSMFRBUUgvCkJBVXdBd0VCL3pBS0JnZ3Foa2pPUFFRREFnTklBREJGQWlFQTJyZmdrc0tEbWcxWWNvNEV4dnF3dWF0RWswQVQKOXFHZXFERVpkenJKRHVFQ0lIcURzUTlCSzRMVUJ6N3VURE12Zkp3ZjYzdVV1SVduRjkzVXhRNGZJZllCCi0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K"
	key         = "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JR0hBZ0VBTUJNR0J5cUdTTTQ5QWdFR0NDcUdTTTQ5QXdFSEJHMHdhd0lCQVFRZ083eS9sb0M4NnFFanFyTEcKaGNlN3BqQTZBaDM3ZXVsdkdPZ1p6SjFBVXl1aFJBTkNBQVJBS3M5eUtOR0MwV3kxb2Q1ZHJVbjlyWStrL0dyMwpBbm94K1lyWjFqN1F1eXpUallzU3RqK1FyK1lYYTZrZVpJMUlISkI4OHFaYWVEMFZKeEVadkJQYQotLS0tLUVORCBQUklWQVRFIEtFWS0tLS0tCg=="
)

func (row kubeconfigRow) ask() kubeconfigRow {
	folder := must(os.MkdirTemp("", "oracle"))
	defer os.RemoveAll(folder)
	var paths []string
	for at, text := range row.Files {
		path := filepath.Join(folder, fmt.Sprint(at))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			fail(err)
		}
		paths = append(paths, path)
	}
	rules := &clientcmd.ClientConfigLoadingRules{Precedence: paths}
	config, err := load(rules, row.Overrides)
	if err != nil {
		row.Error = true
		var all utilerrors.Aggregate
		if errors.As(err, &all) {
			row.Problems = len(utilerrors.Flatten(all).Errors())
		}
		row.Message = strings.ReplaceAll(err.Error(), folder, "")
		return row
	}
	row.describe(config)
	row.Namespace, _, err = clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, row.Overrides.flags()).Namespace()
	if err != nil {
		fail(err)
	}
	return row
}

func load(rules *clientcmd.ClientConfigLoadingRules, o overrides) (*rest.Config, error) {
	kubeconfig, err := rules.Load()
	if err != nil {
		return nil, err
	}
	config, err := clientcmd.NewNonInteractiveClientConfig(*kubeconfig, o.Context, o.flags(), rules).ClientConfig()
	if err != nil {
		return nil, err
	}
	// Files and URLs are looked at only when something is made of them.
	if _, err := rest.TLSConfigFor(config); err != nil {
		return nil, err
	}
	_, _, err = rest.DefaultServerUrlFor(config)
	return config, err
}

func (row *kubeconfigRow) describe(config *rest.Config) {
	url, _, err := rest.DefaultServerUrlFor(config)
	if err != nil {
		fail(err)
	}
	row.Server = url.String()
	row.Insecure, row.ServerName = config.Insecure, config.ServerName
	row.Proxy, row.Plain = config.Proxy != nil, config.DisableCompression
	switch {
	case config.BearerTokenFile != "":
		row.Credentials = "token file"
	case config.BearerToken != "":
		row.Credentials = "token"
	case config.Username != "":
		row.Credentials = "basic"
	// The plugin comes after those above: it leaves requests alone that have a token.
	case config.ExecProvider != nil:
		row.Credentials = "exec"
	case len(config.CertData) > 0 || config.CertFile != "":
		row.Credentials = "client certificate"
	default:
		row.Credentials = "none"
	}
	act := config.Impersonate
	if act.UserName != "" || act.UID != "" || len(act.Groups) > 0 || len(act.Extra) > 0 {
		row.Impersonate = &impersonation{User: act.UserName, Uid: act.UID, Groups: act.Groups, Extra: act.Extra}
	}
}

type mergeRow struct {
	Files []string `json:"files"`
	// The merged file, as JSON, with the folder of the files as FOLDER.
	Merged json.RawMessage `json:"merged"`
}

func merged(files []string) mergeRow {
	folder := must(os.MkdirTemp("", "oracle"))
	defer os.RemoveAll(folder)
	var paths []string
	for at, text := range files {
		path := filepath.Join(folder, fmt.Sprint(at))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			fail(err)
		}
		paths = append(paths, path)
	}
	kubeconfig := must((&clientcmd.ClientConfigLoadingRules{Precedence: paths}).Load())
	text := strings.ReplaceAll(string(must(clientcmd.Write(*kubeconfig))), folder, "FOLDER")
	return mergeRow{Files: files, Merged: must(yaml.ToJSON([]byte(text)))}
}

// one is a file with a cluster, a user and a context.
func one(cluster, user string) string {
	return fmt.Sprintf(`{current-context: dev, clusters: [{name: c, cluster: {%s}}], users: [{name: u, user: {%s}}], contexts: [{name: dev, context: {cluster: c, user: u}}]}`, cluster, user)
}

const two = `current-context: dev
clusters:
- {name: c, cluster: {server: "https://c:6443", certificate-authority: pki/ca.pem}}
- {name: d, cluster: {server: "https://d", tls-server-name: other, insecure-skip-tls-verify: true}}
users:
- {name: u, user: {token: secret}}
- {name: v, user: {username: me, password: hunter2}}
contexts:
- {name: dev, context: {cluster: d, user: u, namespace: shop}}
- {name: prod, context: {cluster: d, user: v}}
`

const others = `current-context: prod
clusters:
- {name: c, cluster: {server: "https://elsewhere", proxy-url: "http://proxy"}}
- {name: e, cluster: {server: "https://e"}}
users:
- {name: u, user: {token: another, as: somebody}}
- {name: w, user: {tokenFile: token, client-certificate: a.crt, client-key: /b.key}}
contexts:
- {name: dev, context: {cluster: e, user: w}}
- {name: test, context: {cluster: e, user: u, namespace: test}}
`

func kubeconfigTable() sections {
	pair := "client-certificate-data: " + certificate + ", client-key-data: " + key
	plugin := func(more string) string {
		return "exec: {apiVersion: client.authentication.k8s.io/v1, command: aws" + more + "}"
	}
	servers := []string{
		"server: 'https://c:6443'", "server: 'https://c:6443/'", "server: 'https://c/k8s/c1'", "server: 'https://c/k8s/c1/'", "server: 'http://c'",
		"server: 'c:6443'", "server: 'c'", "server: '10.0.0.1'", "server: 'localhost:8080/x'", "server: '[::1]:6443'", "server: ''", "", "server: 'ftp://c'",
		"server: 'https://'", "server: 'https://c?x=1'", "server: 'https://c#x'", "server: 'https://me:hunter2@c'", "server: 'https://c c'",
		"server: 'c:6443', insecure-skip-tls-verify: true", "server: 'https://c', insecure-skip-tls-verify: true",
		"server: 'https://c', certificate-authority-data: " + certificate, "server: 'c', certificate-authority-data: " + certificate,
		"server: 'https://c', insecure-skip-tls-verify: true, certificate-authority-data: " + certificate,
		"server: 'https://c', certificate-authority: missing.pem", "server: 'https://c', certificate-authority-data: 'no base64!'",
		"server: 'https://c', certificate-authority-data: bm8gUEVN", "server: 'https://c', certificate-authority: missing.pem, certificate-authority-data: " + certificate,
		"server: 'https://c', tls-server-name: other", "server: 'https://c', proxy-url: 'http://p:3128'", "server: 'https://c', proxy-url: 'socks5://p'",
		"server: 'https://c', proxy-url: 'ftp://p'", "server: 'https://c', proxy-url: 'p:3128'", "server: 'https://c', disable-compression: true",
		"server: 'https://c', some-day: 1",
	}
	users := []string{
		"", "token: x", "tokenFile: missing", "token: x, tokenFile: missing", "username: me, password: hunter2", "username: me", "password: hunter2",
		"token: x, username: me, password: hunter2", "tokenFile: missing, username: me", pair, pair + ", token: x", pair + ", username: me, password: p",
		"client-certificate-data: " + certificate, "client-key-data: " + key, "client-certificate: missing.crt, client-key: missing.key",
		pair + ", client-certificate: missing.crt", pair + ", client-key: missing.key", "client-certificate-data: bm8=, client-key-data: bm8=",
		plugin(", interactiveMode: Never"), plugin(", interactiveMode: IfAvailable"), plugin(", interactiveMode: Sometimes"), plugin(""),
		"exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: aws}", "exec: {command: aws, interactiveMode: Never}",
		"exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}", plugin(", interactiveMode: Never") + ", token: x",
		plugin(", interactiveMode: Never") + ", auth-provider: {name: oidc}", plugin(", interactiveMode: Never, env: [{name: '', value: x}]"),
		"as: somebody", "as: somebody, as-uid: '7', as-groups: [a, b], as-user-extra: {x: [q, z]}", "as-uid: '7'", "as-groups: [a]", "as-user-extra: {x: [q]}",
		"token: x, as: somebody, as-groups: [a]", "token: ''", "as: yes", "token: 7", "token: null", "some-day: 1",
	}
	var rows []any
	add := func(o overrides, files ...string) {
		rows = append(rows, kubeconfigRow{Files: files, Overrides: o}.ask())
	}
	for _, server := range servers {
		add(overrides{}, one(server, "token: x"))
		add(overrides{}, one(server, ""))
	}
	for _, user := range users {
		add(overrides{}, one("server: 'https://c'", user))
		add(overrides{}, one("server: 'http://c'", user))
	}
	for _, o := range []overrides{
		{}, {Context: "dev"}, {Context: "prod"}, {Context: "test"}, {Context: "nowhere"}, {Namespace: "mine"}, {Context: "prod", Namespace: "mine"},
		{Cluster: "d"}, {Cluster: "e"}, {Cluster: "nowhere"}, {User: "v"}, {User: "w"}, {User: "nobody"}, {Context: "prod", User: "u"},
		{Server: "https://over"}, {Server: "http://over"}, {Server: "over:1"}, {Server: "https://over", Insecure: true}, {ServerName: "name"}, {Insecure: true},
		{Cluster: "e", Server: "https://over"}, {Server: "https://over", ServerName: "name"}, {Token: "over"}, {Context: "prod", Token: "over"},
		{Username: "over"}, {User: "v", Username: "over"}, {ActAs: "robot"}, {Context: "test", ActAs: "robot"}, {User: "v", Token: "over", Server: "https://over"},
	} {
		add(o, two)
		add(o, two, others)
		add(o, others, two)
		add(o, "", two)
		add(o, "{}")
	}
	for _, text := range []string{
		"current-context: dev", "current-context: ''", "{current-context: dev, contexts: [{name: dev, context: {}}]}",
		"{current-context: dev, contexts: [{name: dev, context: {cluster: c}}], clusters: [{name: c, cluster: {server: 'https://c'}}]}",
		"{current-context: dev, contexts: [{name: dev, context: {user: u}}], users: [{name: u, user: {}}]}",
		"{contexts: [{name: dev, context: {cluster: c}}], clusters: [{name: c, cluster: {server: 'https://c'}}]}",
		"{current-context: dev, contexts: [{name: dev, context: {cluster: c, user: nobody}}], clusters: [{name: c, cluster: {server: 'https://c'}}]}",
		"{current-context: dev, contexts: [{name: dev, context: {cluster: c, namespace: 'Not A Name'}}], clusters: [{name: c, cluster: {server: 'https://c'}}]}",
		"{current-context: dev, contexts: [{name: dev, context: {cluster: c}}, {name: dev, context: {cluster: d}}], clusters: [{name: c, cluster: {server: 'https://c'}}, {name: d, cluster: {server: 'https://d'}}]}",
		"{apiVersion: v1, kind: Config, preferences: {colors: true}, extensions: [{name: x, extension: {a: 1}}]}", "{apiVersion: v2, kind: Config}",
		"{kind: Pod, apiVersion: v1}", "[]", "a", "null", "a: [", "users: {}", "clusters: null\nusers: null\ncontexts: null", "\t", "--- {}\n--- {}", "users: [{user: {}}]",
		one("server: 'https://c', insecure-skip-tls-verify: true, certificate-authority-data: "+certificate, "client-key-data: "+key+", token: x, username: me"),
	} {
		add(overrides{}, text)
		add(overrides{Server: "https://over"}, text)
	}
	merges := []any{merged([]string{two}), merged([]string{others}), merged([]string{two, others}), merged([]string{others, two}), merged([]string{"", two, "{}"})}
	extended := "{apiVersion: v1, kind: Config, extensions: [{name: x, extension: {a: 1}}], clusters: [{name: c, cluster: {server: s, extensions: [{name: q, extension: {b: [1]}}]}}]}"
	merges = append(merges, merged([]string{extended}), merged([]string{extended, two}), merged([]string{two, extended}))
	return sections{"configurations": rows, "merges": merges}
}
