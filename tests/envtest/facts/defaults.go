package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Defaulting is found by trying: an object whose optional structs, lists and maps are all there and whose values are
// all missing goes through the scheme, and what the scheme has filled in is a default. It counts as unconditional
// when it is the same in an object where everything else has a value, and in one where nothing else is there. What
// depends on more than its own absence is not data: the server's code has it.

// readDefaults gives, for each kind that has any, the unconditional defaults: path to value.
func readDefaults(facts *Facts) (map[string]json.RawMessage, error) {
	found := map[string]json.RawMessage{}
	for _, gvk := range facts.bodies() {
		of, ok := goType(gvk)
		if !ok {
			continue
		}
		scheme := schemeOf(of)
		if scheme == nil {
			continue
		}
		prober := &prober{scheme: scheme, of: of}
		defaults, err := prober.unconditional()
		if err != nil {
			return nil, fmt.Errorf("%v: %w", gvk, err)
		}
		if len(defaults) == 0 {
			continue
		}
		line, err := encode(defaults)
		if err != nil {
			return nil, err
		}
		found[gvk.GroupVersion().String()+" "+gvk.Kind] = line
	}
	return found, nil
}

// bodies are the kinds of which objects are sent: the resources' own, and those of their parts.
func (facts *Facts) bodies() []schema.GroupVersionKind {
	var bodies []schema.GroupVersionKind
	for _, kind := range facts.Kinds {
		bodies = append(bodies, kind.gvk())
		for _, part := range kind.Subresources {
			if part.Version != "" {
				gvk := schema.GroupVersionKind{Group: part.Group, Version: part.Version, Kind: part.Kind}
				bodies = append(bodies, gvk)
			}
		}
	}
	return bodies
}

// schemeOf is the scheme that fills in defaults for a type.
func schemeOf(of reflect.Type) *runtime.Scheme {
	object, ok := reflect.New(of).Interface().(runtime.Object)
	if !ok {
		return nil
	}
	for _, scheme := range schemes() {
		if _, _, err := scheme.ObjectKinds(object); err == nil {
			return scheme
		}
	}
	return nil
}

// prober makes objects of one type and looks at what defaulting does to them.
type prober struct {
	scheme *runtime.Scheme
	of     reflect.Type
}

// recipe says what an object is made of.
type recipe struct {
	// present says whether the optional struct, the list or the map at a path is there.
	present func(path string) bool
	// filled says whether the value at a path is there.
	filled func(path string) bool
}

func always(string) bool { return true }
func never(string) bool  { return false }
func but(left string) func(string) bool {
	return func(path string) bool { return path != left }
}

// unconditional finds the defaults that depend on nothing but their own absence.
func (p *prober) unconditional() (map[string]json.RawMessage, error) {
	candidates := map[string]json.RawMessage{}
	optional, err := p.try(recipe{always, never}, func(path string, before, after reflect.Value) error {
		return note(candidates, path, before, after)
	})
	if err != nil {
		return nil, err
	}
	for _, left := range optional {
		_, err := p.try(recipe{but(left), never}, func(path string, before, after reflect.Value) error {
			if path != left {
				return nil
			}
			return note(candidates, path, before, after)
		})
		if err != nil {
			return nil, err
		}
	}
	for path, value := range candidates {
		for _, recipe := range []recipe{{but(path), but(path)}, {leadingTo(path), never}} {
			again := map[string]json.RawMessage{}
			_, err := p.try(recipe, func(at string, before, after reflect.Value) error {
				return note(again, at, before, after)
			})
			if err != nil {
				return nil, err
			}
			if string(again[path]) != string(value) {
				delete(candidates, path)
			}
		}
	}
	return candidates, nil
}

// leadingTo is true for the paths above one.
func leadingTo(path string) func(string) bool {
	return func(above string) bool {
		rest, ok := strings.CutPrefix(path, above)
		return ok && (strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, "["))
	}
}

// note keeps what defaulting put where nothing was. The time of day is no default.
func note(into map[string]json.RawMessage, path string, before, after reflect.Value) error {
	if _, ok := after.Interface().(*metav1.Time); ok {
		return nil
	}
	if !before.IsZero() || after.IsZero() || (isCollection(after.Kind()) && after.Len() == 0) {
		return nil
	}
	value, err := encode(after.Interface())
	into[path] = value
	return err
}

func isCollection(kind reflect.Kind) bool {
	return kind == reflect.Slice || kind == reflect.Map
}

// try makes an object, fills in its defaults and visits every place that differs or was left out. It returns the
// paths of the optional structs, lists and maps.
func (p *prober) try(recipe recipe, visit func(path string, before, after reflect.Value) error) ([]string, error) {
	maker := &maker{recipe: recipe}
	made := reflect.New(p.of)
	maker.fill(made.Elem(), "", nil)
	before := made.Interface().(runtime.Object).DeepCopyObject()
	p.scheme.Default(made.Interface().(runtime.Object))
	return maker.optional, compare(reflect.ValueOf(before).Elem(), made.Elem(), "", visit)
}

// maker builds a value by a recipe.
type maker struct {
	recipe   recipe
	optional []string
}

func isLeaf(of reflect.Type) bool {
	_, ok := special[of]
	return ok || of.Kind() != reflect.Struct
}

func (m *maker) fill(value reflect.Value, path string, above []reflect.Type) {
	of := value.Type()
	switch {
	case of.Kind() == reflect.Pointer && !isLeaf(of.Elem()):
		if within(above, of.Elem()) || !m.choose(path) {
			return
		}
		value.Set(reflect.New(of.Elem()))
		m.fill(value.Elem(), path, above)
	case of.Kind() == reflect.Slice && !isLeaf(of.Elem()):
		if within(above, of.Elem()) || !m.choose(path) {
			return
		}
		value.Set(reflect.MakeSlice(of, 1, 1))
		m.fill(value.Index(0), path+"[]", above)
	case !isLeaf(of):
		for i := range of.NumField() {
			member := of.Field(i)
			name, _, _ := strings.Cut(member.Tag.Get("json"), ",")
			switch {
			case !member.IsExported() || name == "-" || isIdentity(member.Type):
			case name == "" && member.Anonymous:
				m.fill(value.Field(i), path, above)
			default:
				m.fill(value.Field(i), join(path, name), append(above[:len(above):len(above)], of))
			}
		}
	case m.recipe.filled(path):
		fillLeaf(value)
	}
}

// choose records that a part is optional and says whether it is there.
func (m *maker) choose(path string) bool {
	m.optional = append(m.optional, path)
	return m.recipe.present(path)
}

func within(above []reflect.Type, of reflect.Type) bool {
	for _, other := range above {
		if other == of {
			return true
		}
	}
	return false
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// fillLeaf gives a scalar, a list of scalars or a map of scalars some value.
func fillLeaf(value reflect.Value) {
	switch value.Kind() {
	case reflect.Pointer:
		value.Set(reflect.New(value.Type().Elem()))
		fillLeaf(value.Elem())
	case reflect.String:
		value.SetString("x")
	case reflect.Bool:
		value.SetBool(true)
	case reflect.Int32, reflect.Int64:
		value.SetInt(7)
	case reflect.Float64:
		value.SetFloat(7)
	case reflect.Slice:
		value.Set(reflect.MakeSlice(value.Type(), 1, 1))
		fillLeaf(value.Index(0))
	case reflect.Map:
		element := reflect.New(value.Type().Elem()).Elem()
		fillLeaf(element)
		value.Set(reflect.MakeMap(value.Type()))
		value.SetMapIndex(reflect.ValueOf("x").Convert(value.Type().Key()), element)
	}
}

// compare visits every value of two objects that are built alike.
func compare(before, after reflect.Value, path string, visit func(string, reflect.Value, reflect.Value) error) error {
	of := before.Type()
	switch {
	case of.Kind() == reflect.Pointer && !isLeaf(of.Elem()) && !before.IsNil() && !after.IsNil():
		return compare(before.Elem(), after.Elem(), path, visit)
	case of.Kind() == reflect.Slice && !isLeaf(of.Elem()) && before.Len() == 1 && after.Len() == 1:
		return compare(before.Index(0), after.Index(0), path+"[]", visit)
	case !isLeaf(of):
		for i := range of.NumField() {
			member := of.Field(i)
			name, _, _ := strings.Cut(member.Tag.Get("json"), ",")
			if !member.IsExported() || name == "-" || isIdentity(member.Type) {
				continue
			}
			at := path
			if name != "" || !member.Anonymous {
				at = join(path, name)
			}
			if err := compare(before.Field(i), after.Field(i), at, visit); err != nil {
				return err
			}
		}
		return nil
	default:
		return visit(path, before, after)
	}
}

// isIdentity is true for the parts of an object that say which it is.
func isIdentity(of reflect.Type) bool {
	return of == reflect.TypeFor[metav1.TypeMeta]() || of == reflect.TypeFor[metav1.ObjectMeta]()
}
