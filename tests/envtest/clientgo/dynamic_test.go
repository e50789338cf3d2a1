package clientgo

import (
	"context"
	"testing"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/restmapper"
	"sigs.k8s.io/yaml"
)

const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: gophers.clientgo.example.com
spec:
  group: clientgo.example.com
  scope: Namespaced
  names: {plural: gophers, kind: Gopher}
  versions:
  - name: v1
    served: true
    storage: true
    subresources: {status: {}}
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: {type: object, properties: {legs: {type: integer, default: 4}}}
          status: {type: object, properties: {awake: {type: boolean}}}
`

var definitions = schema.GroupVersionResource{
	Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions",
}

// define makes the definition, and waits until a mapper finds its kind.
func define(t *testing.T, client dynamic.Interface, mapper *restmapper.DeferredDiscoveryRESTMapper) *meta.RESTMapping {
	t.Helper()
	ctx := context.Background()
	object := &unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte(definition), &object.Object); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Resource(definitions).Create(ctx, object, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = client.Resource(definitions).Delete(ctx, object.GetName(), metav1.DeleteOptions{})
	})
	var mapping *meta.RESTMapping
	eventually(t, func() (err error) {
		mapper.Reset()
		mapping, err = mapper.RESTMapping(schema.GroupKind{Group: "clientgo.example.com", Kind: "Gopher"})
		return err
	})
	return mapping
}

func TestADynamicInformerFollowsADefinedKind(t *testing.T) {
	config := configuration(t)
	client := dynamic.NewForConfigOrDie(config)
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(
		memory.NewMemCacheClient(discovery.NewDiscoveryClientForConfigOrDie(config)))
	mapping := define(t, client, mapper)
	namespace := newNamespace(t, kubernetes.NewForConfigOrDie(config))
	gophers := client.Resource(mapping.Resource).Namespace(namespace)

	factory := dynamicinformer.NewFilteredDynamicSharedInformerFactory(client, 0, namespace, nil)
	informer := factory.ForResource(mapping.Resource)
	seen := watchChanges(t, informer.Informer())
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() { cancel(); factory.Shutdown() })
	factory.Start(ctx.Done())
	limited, cancelLimited := context.WithTimeout(ctx, patience)
	defer cancelLimited()
	for kind, synced := range factory.WaitForCacheSync(limited.Done()) {
		if !synced {
			t.Fatalf("%v did not sync", kind)
		}
	}

	gopher := &unstructured.Unstructured{Object: map[string]any{"spec": map[string]any{}}}
	gopher.SetGroupVersionKind(mapping.GroupVersionKind)
	gopher.SetName("a")
	made, err := gophers.Create(ctx, gopher, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if legs, _, _ := unstructured.NestedInt64(made.Object, "spec", "legs"); legs != 4 {
		t.Fatalf("%d legs by default", legs)
	}
	seen.expect("add a")

	if err := unstructured.SetNestedField(made.Object, true, "status", "awake"); err != nil {
		t.Fatal(err)
	}
	if _, err := gophers.UpdateStatus(ctx, made, metav1.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
	seen.expect("update a")
	cached, err := informer.Lister().ByNamespace(namespace).Get("a")
	if err != nil {
		t.Fatal(err)
	}
	if awake, _, _ := unstructured.NestedBool(cached.(*unstructured.Unstructured).Object, "status", "awake"); !awake {
		t.Fatal("the status is not in the cache")
	}

	if err := gophers.Delete(ctx, "a", metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	seen.expect("delete a")
}
