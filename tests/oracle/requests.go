package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"sort"

	appsv1 "k8s.io/api/apps/v1"
	authenticationv1 "k8s.io/api/authentication/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	certificatesv1 "k8s.io/api/certificates/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"
	autoscaling "k8s.io/client-go/applyconfigurations/autoscaling/v1"
	core "k8s.io/client-go/applyconfigurations/core/v1"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/rest"
)

func init() { table("requests", requestTable) }

// The requests that typed, dynamic and metadata clients send: each verb with each of its options.
type requestRow struct {
	// typed, dynamic or metadata.
	Client   string `json:"client"`
	Resource string `json:"resource"`
	Verb     string `json:"verb"`
	// Which of the subresources, for the verbs that have one.
	Subresource string `json:"subresource,omitempty"`
	// The options, as they are in JSON.
	Options any `json:"options,omitempty"`
	// Of the objects to delete.
	Which any `json:"which,omitempty"`
	// What is sent, as the caller has it.
	Object any    `json:"object,omitempty"`
	Patch  string `json:"patch,omitempty"`
	// What came out.
	Sent *sent `json:"sent"`
}

// sent is a request on the wire.
type sent struct {
	Method      string      `json:"method"`
	Path        string      `json:"path"`
	Query       [][2]string `json:"query,omitempty"`
	Accept      string      `json:"accept"`
	ContentType string      `json:"contentType,omitempty"`
	Body        any         `json:"body,omitempty"`
}

// recorder answers every request with nothing much, and keeps the last one.
type recorder struct{ last *sent }

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	r.last = &sent{
		Method:      request.Method,
		Path:        request.URL.EscapedPath(),
		Query:       pairs(request.URL.Query()),
		Accept:      request.Header.Get("Accept"),
		ContentType: request.Header.Get("Content-Type"),
	}
	if request.Body != nil {
		body, err := io.ReadAll(request.Body)
		if err != nil {
			return nil, err
		}
		if len(body) > 0 {
			if err := json.Unmarshal(body, &r.last.Body); err != nil {
				return nil, err
			}
		}
	}
	return &http.Response{
		StatusCode: http.StatusOK,
		Header:     http.Header{"Content-Type": {"application/json"}},
		Body:       io.NopCloser(bytes.NewReader([]byte("{}"))),
		Request:    request,
	}, nil
}

func (r *recorder) config() *rest.Config {
	// client-go's typed clients would ask for protobuf first.
	json := rest.ContentConfig{AcceptContentTypes: "application/json", ContentType: "application/json"}
	return &rest.Config{Host: "http://fake", Transport: r, QPS: -1, ContentConfig: json}
}

func pairs(values map[string][]string) [][2]string {
	var all [][2]string
	for name, values := range values {
		for _, value := range values {
			all = append(all, [2]string{name, value})
		}
	}
	sort.Slice(all, func(a, b int) bool { return all[a][0]+"="+all[a][1] < all[b][0]+"="+all[b][1] })
	return all
}

func must[T any](value T, err error) T {
	if err != nil {
		fail(err)
	}
	return value
}

// verbs is what every client can do.
type verbs struct {
	object       any
	get          func(metav1.GetOptions)
	list         func(metav1.ListOptions)
	watch        func(metav1.ListOptions)
	create       func(metav1.CreateOptions)
	update       func(metav1.UpdateOptions)
	updateStatus func(metav1.UpdateOptions)
	patch        func(types.PatchType, []byte, metav1.PatchOptions, ...string)
	remove       func(metav1.DeleteOptions)
	removeAll    func(metav1.DeleteOptions, metav1.ListOptions)
}

type typedClient[T, L any] interface {
	Create(context.Context, T, metav1.CreateOptions) (T, error)
	Update(context.Context, T, metav1.UpdateOptions) (T, error)
	Delete(context.Context, string, metav1.DeleteOptions) error
	DeleteCollection(context.Context, metav1.DeleteOptions, metav1.ListOptions) error
	Get(context.Context, string, metav1.GetOptions) (T, error)
	List(context.Context, metav1.ListOptions) (L, error)
	Watch(context.Context, metav1.ListOptions) (watch.Interface, error)
	Patch(context.Context, string, types.PatchType, []byte, metav1.PatchOptions, ...string) (T, error)
}

var ctx = context.Background()

func typed[T, L any](client typedClient[T, L], object T) verbs {
	all := verbs{
		object: object,
		get:    func(o metav1.GetOptions) { client.Get(ctx, "front", o) },
		list:   func(o metav1.ListOptions) { client.List(ctx, o) },
		watch:  func(o metav1.ListOptions) { watched(client.Watch(ctx, o)) },
		create: func(o metav1.CreateOptions) { client.Create(ctx, object, o) },
		update: func(o metav1.UpdateOptions) { client.Update(ctx, object, o) },
		patch: func(kind types.PatchType, data []byte, o metav1.PatchOptions, subresources ...string) {
			client.Patch(ctx, "front", kind, data, o, subresources...)
		},
		remove:    func(o metav1.DeleteOptions) { client.Delete(ctx, "front", o) },
		removeAll: func(o metav1.DeleteOptions, l metav1.ListOptions) { client.DeleteCollection(ctx, o, l) },
	}
	_, without := any(object).(*corev1.ConfigMap)
	if client, ok := any(client).(interface {
		UpdateStatus(context.Context, T, metav1.UpdateOptions) (T, error)
	}); ok && !without {
		all.updateStatus = func(o metav1.UpdateOptions) { client.UpdateStatus(ctx, object, o) }
	}
	return all
}

func watched(watch watch.Interface, err error) {
	if err == nil {
		watch.Stop()
	}
}

func untyped(client dynamic.ResourceInterface, object *unstructured.Unstructured) verbs {
	return verbs{
		object:       object,
		get:          func(o metav1.GetOptions) { client.Get(ctx, "front", o) },
		list:         func(o metav1.ListOptions) { client.List(ctx, o) },
		watch:        func(o metav1.ListOptions) { watched(client.Watch(ctx, o)) },
		create:       func(o metav1.CreateOptions) { client.Create(ctx, object, o) },
		update:       func(o metav1.UpdateOptions) { client.Update(ctx, object, o) },
		updateStatus: func(o metav1.UpdateOptions) { client.UpdateStatus(ctx, object, o) },
		patch: func(kind types.PatchType, data []byte, o metav1.PatchOptions, subresources ...string) {
			client.Patch(ctx, "front", kind, data, o, subresources...)
		},
		remove:    func(o metav1.DeleteOptions) { client.Delete(ctx, "front", o) },
		removeAll: func(o metav1.DeleteOptions, l metav1.ListOptions) { client.DeleteCollection(ctx, o, l) },
	}
}

func partial(client metadata.ResourceInterface) verbs {
	return verbs{
		get:   func(o metav1.GetOptions) { client.Get(ctx, "front", o) },
		list:  func(o metav1.ListOptions) { client.List(ctx, o) },
		watch: func(o metav1.ListOptions) { watched(client.Watch(ctx, o)) },
		patch: func(kind types.PatchType, data []byte, o metav1.PatchOptions, subresources ...string) {
			client.Patch(ctx, "front", kind, data, o, subresources...)
		},
		remove:    func(o metav1.DeleteOptions) { client.Delete(ctx, "front", o) },
		removeAll: func(o metav1.DeleteOptions, l metav1.ListOptions) { client.DeleteCollection(ctx, o, l) },
	}
}

// asks collects rows.
type asks struct {
	recorder *recorder
	rows     []any
}

func (a *asks) ask(row requestRow, call func()) {
	a.recorder.last = nil
	call()
	row.Sent = a.recorder.last
	a.rows = append(a.rows, row)
}

var (
	configMap = &corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{Name: "front", Namespace: "shop", ResourceVersion: "7", Labels: map[string]string{"a": "b"}},
		Data:       map[string]string{"color": "blue <&> \u2028"},
	}
	node       = &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: "front"}}
	replicas   = int32(3)
	deployment = &appsv1.Deployment{
		ObjectMeta: metav1.ObjectMeta{Name: "front", Namespace: "shop"},
		Spec:       appsv1.DeploymentSpec{Replicas: &replicas, Selector: &metav1.LabelSelector{MatchLabels: map[string]string{"a": "b"}}},
	}
	website = &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "example.com/v1", "kind": "Website",
		"metadata": map[string]any{"name": "front", "namespace": "shop"},
		"spec":     map[string]any{"bucket": "gs://a", "replicas": int64(2)},
	}}
)

func requestTable() sections {
	a := &asks{recorder: &recorder{}}
	config := a.recorder.config()
	clients := must(kubernetes.NewForConfig(config))
	untypedClients := must(dynamic.NewForConfig(config))
	partialClients := must(metadata.NewForConfig(config))
	maps := schema.GroupVersionResource{Version: "v1", Resource: "configmaps"}
	sites := schema.GroupVersionResource{Group: "example.com", Version: "v1", Resource: "websites"}

	a.every("typed", "configmaps", typed(clients.CoreV1().ConfigMaps("shop"), configMap))
	a.every("typed", "nodes", typed(clients.CoreV1().Nodes(), node))
	a.every("typed", "deployments", typed(clients.AppsV1().Deployments("shop"), deployment))
	a.every("dynamic", "websites", untyped(untypedClients.Resource(sites).Namespace("shop"), website))
	a.every("metadata", "configmaps", partial(partialClients.Resource(maps).Namespace("shop")))
	for _, options := range lists {
		row := requestRow{Client: "typed", Resource: "configmaps", Verb: "listAll", Options: options}
		a.ask(row, func() { clients.CoreV1().ConfigMaps("").List(ctx, options) })
	}
	a.special(clients)
	a.apply(clients, untypedClients.Resource(sites).Namespace("shop"))
	return sections{"requests": a.rows}
}

func int64p(value int64) *int64 { return &value }
func boolp(value bool) *bool    { return &value }

var (
	lists = []metav1.ListOptions{
		{},
		{LabelSelector: "app=web,tier in (a, b),!c"},
		{FieldSelector: "metadata.name=a,status.phase!=Running"},
		{LabelSelector: "a=b", FieldSelector: "c=d"},
		{Limit: 500},
		{Limit: 1, Continue: "eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ+/="},
		{ResourceVersion: "0", ResourceVersionMatch: metav1.ResourceVersionMatchNotOlderThan},
		{ResourceVersion: "7", ResourceVersionMatch: metav1.ResourceVersionMatchExact, Limit: 2},
		{TimeoutSeconds: int64p(90)},
	}
	writes = []struct {
		dryRun     []string
		manager    string
		validation string
	}{
		{},
		{dryRun: []string{"All"}},
		{manager: "me & you/1"},
		{validation: "Strict"},
		{validation: "Warn"},
		{validation: "Ignore"},
		{dryRun: []string{"All"}, manager: "me", validation: "Strict"},
	}
)

func propagation(value metav1.DeletionPropagation) *metav1.DeletionPropagation { return &value }

func deletes() []metav1.DeleteOptions {
	uid, version := types.UID("u-1"), "7"
	return []metav1.DeleteOptions{
		{},
		{GracePeriodSeconds: int64p(0)},
		{GracePeriodSeconds: int64p(30)},
		{PropagationPolicy: propagation(metav1.DeletePropagationForeground)},
		{PropagationPolicy: propagation(metav1.DeletePropagationBackground)},
		{PropagationPolicy: propagation(metav1.DeletePropagationOrphan)},
		{Preconditions: &metav1.Preconditions{UID: &uid}},
		{Preconditions: &metav1.Preconditions{ResourceVersion: &version}},
		{Preconditions: &metav1.Preconditions{UID: &uid, ResourceVersion: &version}, DryRun: []string{"All"}},
		{IgnoreStoreReadErrorWithClusterBreakingPotential: boolp(true)},
	}
}

var patches = []struct {
	kind types.PatchType
	data string
}{
	{types.JSONPatchType, `[{"op":"replace","path":"/spec/replicas","value":3}]`},
	{types.MergePatchType, `{"metadata":{"labels":{"a":null}},"spec":{"replicas":3}}`},
	{types.StrategicMergePatchType, `{"spec":{"replicas":3}}`},
}

func (a *asks) every(client, resource string, v verbs) {
	row := requestRow{Client: client, Resource: resource}
	with := func(verb string, options any) requestRow {
		row := row
		row.Verb, row.Options = verb, options
		return row
	}
	for _, o := range []metav1.GetOptions{{}, {ResourceVersion: "0"}} {
		a.ask(with("get", o), func() { v.get(o) })
	}
	for _, o := range lists {
		a.ask(with("list", o), func() { v.list(o) })
	}
	for _, o := range []metav1.ListOptions{
		{ResourceVersion: "7", AllowWatchBookmarks: true},
		{ResourceVersion: "7", AllowWatchBookmarks: true, LabelSelector: "a in (b)", FieldSelector: "metadata.name=x"},
	} {
		a.ask(with("watch", o), func() { v.watch(o) })
	}
	for _, w := range writes {
		if v.create != nil {
			created := with("create", metav1.CreateOptions{DryRun: w.dryRun, FieldManager: w.manager, FieldValidation: w.validation})
			created.Object = v.object
			a.ask(created, func() { v.create(created.Options.(metav1.CreateOptions)) })
			updated := with("replace", metav1.UpdateOptions{DryRun: w.dryRun, FieldManager: w.manager, FieldValidation: w.validation})
			updated.Object = v.object
			a.ask(updated, func() { v.update(updated.Options.(metav1.UpdateOptions)) })
			if v.updateStatus != nil {
				updated.Subresource = "status"
				a.ask(updated, func() { v.updateStatus(updated.Options.(metav1.UpdateOptions)) })
			}
		}
		for _, p := range patches {
			patched := with("patch", metav1.PatchOptions{DryRun: w.dryRun, FieldManager: w.manager, FieldValidation: w.validation})
			patched.Patch, patched.Object = string(p.kind), json.RawMessage(p.data)
			a.ask(patched, func() { v.patch(p.kind, []byte(p.data), patched.Options.(metav1.PatchOptions)) })
			if v.updateStatus != nil {
				patched.Subresource = "status"
				a.ask(patched, func() { v.patch(p.kind, []byte(p.data), patched.Options.(metav1.PatchOptions), "status") })
			}
		}
	}
	for _, o := range deletes() {
		a.ask(with("delete", o), func() { v.remove(o) })
		for _, which := range []metav1.ListOptions{{}, {LabelSelector: "a=b", FieldSelector: "metadata.name=x"}} {
			all := with("deleteCollection", o)
			all.Which = which
			a.ask(all, func() { v.removeAll(o, which) })
		}
	}
}

// The verbs that a few kinds have.
func (a *asks) special(clients *kubernetes.Clientset) {
	call := func(resource, verb, subresource string, object any, call func()) {
		a.ask(requestRow{Client: "typed", Resource: resource, Verb: verb, Subresource: subresource, Object: object}, call)
	}
	deployments := clients.AppsV1().Deployments("shop")
	scale := &autoscalingv1.Scale{ObjectMeta: metav1.ObjectMeta{Name: "front", Namespace: "shop"}, Spec: autoscalingv1.ScaleSpec{Replicas: 3}}
	call("deployments", "getScale", "scale", nil, func() { deployments.GetScale(ctx, "front", metav1.GetOptions{}) })
	call("deployments", "replaceScale", "scale", scale, func() { deployments.UpdateScale(ctx, "front", scale, metav1.UpdateOptions{}) })
	call("deployments", "applyScale", "scale", nil, func() {
		scale := autoscaling.Scale().WithName("front").WithSpec(autoscaling.ScaleSpec().WithReplicas(3))
		deployments.ApplyScale(ctx, "front", scale, metav1.ApplyOptions{FieldManager: "me"})
	})
	pods := clients.CoreV1().Pods("shop")
	seconds := int64p(5)
	for _, options := range []*metav1.DeleteOptions{nil, {GracePeriodSeconds: seconds}} {
		eviction := &policyv1.Eviction{ObjectMeta: metav1.ObjectMeta{Name: "front", Namespace: "shop"}, DeleteOptions: options}
		row := requestRow{Client: "typed", Resource: "pods", Verb: "evict", Subresource: "eviction"}
		if options != nil {
			row.Options = options
		}
		a.ask(row, func() { pods.EvictV1(ctx, eviction) })
	}
	binding := &corev1.Binding{ObjectMeta: metav1.ObjectMeta{Name: "front", Namespace: "shop"}, Target: corev1.ObjectReference{APIVersion: "v1", Kind: "Node", Name: "worker"}}
	call("pods", "bind", "binding", nil, func() { pods.Bind(ctx, binding, metav1.CreateOptions{}) })
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "front", Namespace: "shop"}}
	call("pods", "replaceEphemeralContainers", "ephemeralcontainers", pod, func() { pods.UpdateEphemeralContainers(ctx, "front", pod, metav1.UpdateOptions{}) })
	call("pods", "replaceResize", "resize", pod, func() { pods.UpdateResize(ctx, "front", pod, metav1.UpdateOptions{}) })
	expiry := int64p(600)
	request := &authenticationv1.TokenRequest{Spec: authenticationv1.TokenRequestSpec{Audiences: []string{"vault"}, ExpirationSeconds: expiry}}
	call("serviceaccounts", "createToken", "token", request.Spec, func() {
		clients.CoreV1().ServiceAccounts("shop").CreateToken(ctx, "front", request, metav1.CreateOptions{})
	})
	csr := &certificatesv1.CertificateSigningRequest{ObjectMeta: metav1.ObjectMeta{Name: "front"}, Status: certificatesv1.CertificateSigningRequestStatus{
		Conditions: []certificatesv1.CertificateSigningRequestCondition{{Type: certificatesv1.CertificateApproved, Status: corev1.ConditionTrue, Reason: "Checked", Message: "by hand"}},
	}}
	call("certificatesigningrequests", "replaceApproval", "approval", csr, func() {
		clients.CertificatesV1().CertificateSigningRequests().UpdateApproval(ctx, "front", csr, metav1.UpdateOptions{})
	})
	namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "front"}}
	call("namespaces", "finalize", "finalize", namespace, func() { clients.CoreV1().Namespaces().Finalize(ctx, namespace, metav1.UpdateOptions{}) })
}

// Server-side apply.
func (a *asks) apply(clients *kubernetes.Clientset, sites dynamic.ResourceInterface) {
	for _, options := range []metav1.ApplyOptions{
		{FieldManager: "me"}, {FieldManager: "me", Force: true}, {FieldManager: "me", Force: true, DryRun: []string{"All"}},
	} {
		row := requestRow{Client: "typed", Resource: "configmaps", Verb: "apply", Options: options}
		a.ask(row, func() {
			part := core.ConfigMap("front", "shop").WithData(map[string]string{"color": "blue"})
			clients.CoreV1().ConfigMaps("shop").Apply(ctx, part, options)
		})
		row.Client, row.Resource, row.Object = "dynamic", "websites", website
		a.ask(row, func() { sites.Apply(ctx, "front", website, options) })
		part := &unstructured.Unstructured{Object: map[string]any{
			"apiVersion": "example.com/v1", "kind": "Website",
			"metadata": map[string]any{"name": "front"}, "status": map[string]any{"ready": int64(1)},
		}}
		row.Subresource, row.Object = "status", part
		a.ask(row, func() { sites.ApplyStatus(ctx, "front", part, options) })
	}
}
