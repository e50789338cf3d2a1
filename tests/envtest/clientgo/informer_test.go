// Package clientgo runs client-go, as controllers use it, on the server that KUBECONFIG names.
package clientgo

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

// Nothing here takes so long, unless it never comes.
const patience = 30 * time.Second

func configuration(t *testing.T) *rest.Config {
	t.Helper()
	path := os.Getenv("KUBECONFIG")
	if path == "" {
		t.Skip("KUBECONFIG is not set: there is no server")
	}
	config, err := clientcmd.BuildConfigFromFlags("", path)
	if err != nil {
		t.Fatal(err)
	}
	return config
}

// changes is a handler that keeps what it is told, as "add name", "update name" and "delete name".
type changes struct {
	t    *testing.T
	told chan string
}

func watchChanges(t *testing.T, informer cache.SharedIndexInformer) *changes {
	t.Helper()
	seen := &changes{t: t, told: make(chan string, 1000)}
	tell := func(what string, object any) {
		if gone, ok := object.(cache.DeletedFinalStateUnknown); ok {
			object = gone.Obj
		}
		accessor, err := meta.Accessor(object)
		if err != nil {
			t.Error(err)
			return
		}
		seen.told <- what + " " + accessor.GetName()
	}
	_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { tell("add", object) },
		DeleteFunc: func(object any) { tell("delete", object) },
		UpdateFunc: func(old, object any) {
			before, _ := meta.Accessor(old)
			after, err := meta.Accessor(object)
			// A list that is made again brings what is known already.
			if err == nil && before.GetResourceVersion() != after.GetResourceVersion() {
				tell("update", object)
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

// expect waits for changes that must come next, in this order.
func (c *changes) expect(wanted ...string) {
	c.t.Helper()
	for _, want := range wanted {
		select {
		case got := <-c.told:
			if got != want {
				c.t.Fatalf("told %q instead of %q", got, want)
			}
		case <-time.After(patience):
			c.t.Fatalf("%q did not come", want)
		}
	}
}

// until skips what comes before this change.
func (c *changes) until(wanted string) {
	c.t.Helper()
	end := time.After(patience)
	for {
		select {
		case got := <-c.told:
			if got == wanted {
				return
			}
		case <-end:
			c.t.Fatalf("%q did not come", wanted)
		}
	}
}

// eventually retries what a server that just restarts may refuse.
func eventually(t *testing.T, do func() error) {
	t.Helper()
	end := time.Now().Add(patience)
	for {
		err := do()
		if err == nil {
			return
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func newNamespace(t *testing.T, client kubernetes.Interface) string {
	t.Helper()
	namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{GenerateName: "clientgo-"}}
	made, err := client.CoreV1().Namespaces().Create(context.Background(), namespace, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = client.CoreV1().Namespaces().Delete(context.Background(), made.Name, metav1.DeleteOptions{})
	})
	return made.Name
}

func configMap(name string, value string) *corev1.ConfigMap {
	return &corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{"of": "test"}},
		Data:       map[string]string{"value": value},
	}
}

func pod(name string) *corev1.Pod {
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec:       corev1.PodSpec{Containers: []corev1.Container{{Name: "main", Image: "nginx:1"}}},
	}
}

// world is a namespace that an informer factory watches.
type world struct {
	t          *testing.T
	client     *kubernetes.Clientset
	namespace  string
	factory    informers.SharedInformerFactory
	configMaps *changes
	pods       *changes
}

// begin makes one object of each kind, and informers that know them.
func begin(t *testing.T) *world {
	t.Helper()
	client, err := kubernetes.NewForConfig(configuration(t))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, client: client, namespace: newNamespace(t, client)}
	w.create("first")
	if _, err := client.CoreV1().Pods(w.namespace).Create(context.Background(), pod("first"), metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	w.factory = informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithNamespace(w.namespace))
	w.configMaps = watchChanges(t, w.factory.Core().V1().ConfigMaps().Informer())
	w.pods = watchChanges(t, w.factory.Core().V1().Pods().Informer())
	stop, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() { cancel(); w.factory.Shutdown() })
	w.factory.Start(stop.Done())
	limited, cancelLimited := context.WithTimeout(stop, patience)
	defer cancelLimited()
	for kind, synced := range w.factory.WaitForCacheSync(limited.Done()) {
		if !synced {
			t.Fatalf("%v did not sync", kind)
		}
	}
	w.configMaps.expect("add first")
	w.pods.expect("add first")
	return w
}

func (w *world) create(name string) {
	w.t.Helper()
	eventually(w.t, func() error {
		_, err := w.client.CoreV1().ConfigMaps(w.namespace).Create(context.Background(), configMap(name, "1"), metav1.CreateOptions{})
		if apierrors.IsAlreadyExists(err) {
			return nil
		}
		return err
	})
}

// holds checks that the lister has exactly these config maps.
func (w *world) holds(names ...string) {
	w.t.Helper()
	lister := w.factory.Core().V1().ConfigMaps().Lister().ConfigMaps(w.namespace)
	listed, err := lister.List(labels.SelectorFromSet(labels.Set{"of": "test"}))
	if err != nil {
		w.t.Fatal(err)
	}
	if len(listed) != len(names) {
		w.t.Fatalf("%d config maps instead of %v", len(listed), names)
	}
	for _, name := range names {
		if _, err := lister.Get(name); err != nil {
			w.t.Fatal(err)
		}
	}
}

func TestInformersSyncAndFollow(t *testing.T) {
	w := begin(t)
	ctx := context.Background()
	configMaps := w.client.CoreV1().ConfigMaps(w.namespace)
	for i := range 3 {
		w.create(fmt.Sprint("more-", i))
	}
	w.configMaps.expect("add more-0", "add more-1", "add more-2")

	changed := configMap("more-1", "2")
	if _, err := configMaps.Update(ctx, changed, metav1.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
	w.configMaps.expect("update more-1")
	cached, err := w.factory.Core().V1().ConfigMaps().Lister().ConfigMaps(w.namespace).Get("more-1")
	if err != nil || cached.Data["value"] != "2" {
		t.Fatalf("%v, %v", cached, err)
	}

	if err := configMaps.Delete(ctx, "more-0", metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	w.configMaps.expect("delete more-0")
	w.holds("first", "more-1", "more-2")

	// A pod's status is written apart. One without a node goes at once, perhaps after a last update.
	pods := w.client.CoreV1().Pods(w.namespace)
	first, err := pods.Get(ctx, "first", metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	first.Status.Phase = corev1.PodRunning
	if _, err := pods.UpdateStatus(ctx, first, metav1.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
	w.pods.expect("update first")
	if err := pods.Delete(ctx, "first", *metav1.NewDeleteOptions(0)); err != nil {
		t.Fatal(err)
	}
	w.pods.until("delete first")
}

func TestInformersSurviveARestart(t *testing.T) {
	w := begin(t)
	ask(t, "restart")
	w.create("second")
	w.configMaps.expect("add second")
	w.holds("first", "second")
}

func TestInformersSurviveAnExpiredVersion(t *testing.T) {
	w := begin(t)
	ask(t, "expire")
	w.create("second")
	w.configMaps.expect("add second")
	eventually(t, func() error {
		return w.client.CoreV1().ConfigMaps(w.namespace).Delete(context.Background(), "first", metav1.DeleteOptions{})
	})
	w.configMaps.expect("delete first")
	w.holds("second")
}
