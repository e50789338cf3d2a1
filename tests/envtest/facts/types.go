package main

import (
	"fmt"
	"reflect"
	"sort"
	"strconv"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	extensionsserver "k8s.io/apiextensions-apiserver/pkg/apiserver"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/apiserver/pkg/endpoints/deprecation"
	aggregator "k8s.io/kube-aggregator/pkg/apiserver/scheme"
	"k8s.io/kube-openapi/pkg/common"
	"k8s.io/kube-openapi/pkg/validation/spec"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/controlplane" // fills the scheme
	"k8s.io/kubernetes/pkg/generated/openapi"
)

// Type is a Go struct, under the name that OpenAPI gives it.
type Type struct {
	Name       string  `json:"name"`
	APIVersion string  `json:"apiVersion,omitempty"` // of a kind
	Atomic     bool    `json:"atomic,omitempty"`
	Unions     any     `json:"unions,omitempty"`
	Fields     []Field `json:"fields"`
}

// Field is a member of a struct. One without a name in JSON is a message of its own in protobuf, and its fields are
// the outer struct's in JSON.
type Field struct {
	JSON       string   `json:"json,omitempty"`
	Go         string   `json:"go,omitempty"` // where it is not the JSON name with a capital
	Number     int      `json:"number,omitempty"`
	Type       string   `json:"type"`
	GoType     string   `json:"goType,omitempty"` // where a type without fields has a name of its own
	Pointer    bool     `json:"pointer,omitempty"`
	Required   bool     `json:"required,omitempty"`
	OmitEmpty  bool     `json:"omitempty,omitempty"`
	OmitZero   bool     `json:"omitzero,omitempty"`
	List       string   `json:"list,omitempty"`
	Keys       []string `json:"keys,omitempty"`
	Map        string   `json:"map,omitempty"`
	Merge      bool     `json:"merge,omitempty"`
	MergeKey   string   `json:"mergeKey,omitempty"`
	RetainKeys bool     `json:"retainKeys,omitempty"`
	Replace    bool     `json:"replace,omitempty"`
	Default    any      `json:"default,omitempty"`
	Enum       []string `json:"enum,omitempty"`
}

// schemes hold every type that the server knows.
func schemes() []*runtime.Scheme {
	return []*runtime.Scheme{legacyscheme.Scheme, extensionsserver.Scheme, aggregator.Scheme}
}

// goType finds the struct of a kind.
func goType(gvk schema.GroupVersionKind) (reflect.Type, bool) {
	for _, scheme := range schemes() {
		if object, err := scheme.New(gvk); err == nil {
			return reflect.TypeOf(object).Elem(), true
		}
	}
	return nil, false
}

// special are the types with a JSON form of their own.
var special = map[reflect.Type]string{
	reflect.TypeFor[metav1.Time]():                                "Time",
	reflect.TypeFor[metav1.MicroTime]():                           "MicroTime",
	reflect.TypeFor[metav1.Duration]():                            "Duration",
	reflect.TypeFor[metav1.FieldsV1]():                            "FieldsV1",
	reflect.TypeFor[resource.Quantity]():                          "Quantity",
	reflect.TypeFor[intstr.IntOrString]():                         "IntOrString",
	reflect.TypeFor[runtime.RawExtension]():                       "Raw",
	reflect.TypeFor[apiextensions.JSON]():                         "JSON",
	reflect.TypeFor[apiextensions.JSONSchemaPropsOrBool]():        "JSONSchemaPropsOrBool",
	reflect.TypeFor[apiextensions.JSONSchemaPropsOrArray]():       "JSONSchemaPropsOrArray",
	reflect.TypeFor[apiextensions.JSONSchemaPropsOrStringArray](): "JSONSchemaPropsOrStringArray",
	reflect.TypeFor[[]byte]():                                     "bytes",
}

// reader collects types until all that are named are there.
type reader struct {
	definitions map[string]common.OpenAPIDefinition
	types       map[string]*Type
}

// readTypes reads the types of the kinds, and all that those need.
func readTypes(kinds []Kind) (map[string]*Type, error) {
	refer := func(name string) spec.Ref { return spec.MustCreateRef("#/components/schemas/" + name) }
	r := &reader{openapi.GetOpenAPIDefinitions(refer), map[string]*Type{}}
	for i := range kinds {
		kind := &kinds[i]
		name, err := r.kindOf(kind.gvk())
		if err != nil {
			return nil, err
		}
		kind.Type, kind.Warning = name, warning(kind.gvk())
		for _, other := range append(kind.parts(), kind.gvk().GroupVersion().WithKind(kind.Kind+"List")) {
			if _, ok := goType(other); !ok {
				continue
			}
			if _, err := r.kindOf(other); err != nil {
				return nil, err
			}
		}
	}
	for _, of := range []reflect.Type{
		reflect.TypeFor[metav1.APIGroup](),
		reflect.TypeFor[metav1.APIGroupList](),
		reflect.TypeFor[metav1.APIResourceList](),
		reflect.TypeFor[metav1.APIVersions](),
		reflect.TypeFor[metav1.DeleteOptions](),
		reflect.TypeFor[metav1.PartialObjectMetadataList](),
		reflect.TypeFor[metav1.Status](),
		reflect.TypeFor[metav1.WatchEvent](),
	} {
		if _, err := r.structOf(of); err != nil {
			return nil, err
		}
	}
	return r.types, nil
}

// kindOf reads the type of a kind, and notes whose it is.
func (r *reader) kindOf(gvk schema.GroupVersionKind) (string, error) {
	of, ok := goType(gvk)
	if !ok {
		return "", fmt.Errorf("no type for %v", gvk)
	}
	name, err := r.structOf(of)
	if err == nil {
		r.types[name].APIVersion = gvk.GroupVersion().String()
	}
	return name, err
}

// warning is what the server tells about a kind that is going away.
func warning(gvk schema.GroupVersionKind) string {
	for _, scheme := range schemes() {
		if object, err := scheme.New(gvk); err == nil {
			object.GetObjectKind().SetGroupVersionKind(gvk)
			return deprecation.WarningMessage(object)
		}
	}
	return ""
}

func modelName(of reflect.Type) (string, error) {
	namer, ok := reflect.Zero(of).Interface().(interface{ OpenAPIModelName() string })
	if !ok {
		return "", fmt.Errorf("%v has no name in OpenAPI", of)
	}
	return namer.OpenAPIModelName(), nil
}

func (r *reader) structOf(of reflect.Type) (string, error) {
	name, err := modelName(of)
	if err != nil || r.types[name] != nil {
		return name, err
	}
	definition, ok := r.definitions[name]
	if !ok {
		return "", fmt.Errorf("%s has no definition in OpenAPI", name)
	}
	extensions := definition.Schema.Extensions
	found := &Type{
		Name:   of.Name(),
		Atomic: extensions["x-kubernetes-map-type"] == "atomic",
		Unions: extensions["x-kubernetes-unions"],
	}
	r.types[name] = found
	fields, err := r.fields(of, &definition.Schema)
	found.Fields = fields
	return name, err
}

func (r *reader) fields(of reflect.Type, schema *spec.Schema) ([]Field, error) {
	fields := []Field{}
	for i := range of.NumField() {
		member := of.Field(i)
		if !member.IsExported() {
			continue
		}
		name, options, _ := strings.Cut(member.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		number, err := protobufNumber(member.Tag.Get("protobuf"))
		if err != nil {
			return nil, err
		}
		if name == "" && member.Anonymous && number == 0 {
			inner, err := r.fields(member.Type, schema)
			if err != nil {
				return nil, err
			}
			for _, field := range inner {
				field.Number = 0 // it is not part of the message
				fields = append(fields, field)
			}
			continue
		}
		field := Field{JSON: name, Number: number}
		if capital(name) != member.Name {
			field.Go = member.Name
		}
		flags := strings.Split(options, ",")
		field.OmitEmpty, field.OmitZero = contains(flags, "omitempty"), contains(flags, "omitzero")
		of := member.Type
		if of.Kind() == reflect.Pointer {
			field.Pointer = true
			of = of.Elem()
		}
		if field.Type, err = r.typeName(of); err != nil {
			return nil, fmt.Errorf("%s: %w", member.Name, err)
		}
		if isNamed(of) {
			field.GoType = of.String()
		}
		strategies := strings.Split(member.Tag.Get("patchStrategy"), ",")
		field.Merge, field.RetainKeys = contains(strategies, "merge"), contains(strategies, "retainKeys")
		field.Replace = contains(strategies, "replace")
		field.MergeKey = member.Tag.Get("patchMergeKey")
		field.describe(schema)
		fields = append(fields, field)
	}
	return fields, nil
}

// describe adds what OpenAPI tells of a field.
func (field *Field) describe(schema *spec.Schema) {
	field.Required = contains(schema.Required, field.JSON)
	property, ok := schema.Properties[field.JSON]
	if !ok {
		return
	}
	field.Default = property.Default
	field.Map, _ = property.Extensions["x-kubernetes-map-type"].(string)
	field.List, _ = property.Extensions["x-kubernetes-list-type"].(string)
	if keys, ok := property.Extensions["x-kubernetes-list-map-keys"].([]any); ok {
		for _, key := range keys {
			field.Keys = append(field.Keys, fmt.Sprint(key))
		}
	}
	values := property.Enum
	switch {
	case property.Items != nil:
		values = property.Items.Schema.Enum
	case property.AdditionalProperties != nil && property.AdditionalProperties.Schema != nil:
		values = property.AdditionalProperties.Schema.Enum
	}
	for _, value := range values {
		field.Enum = append(field.Enum, fmt.Sprint(value))
	}
}

// typeName spells a type: a scalar, a special one, `[]T`, `map[string]T`, or the name of a struct.
func (r *reader) typeName(of reflect.Type) (string, error) {
	if name, ok := special[of]; ok {
		return name, nil
	}
	switch of.Kind() {
	case reflect.String, reflect.Bool, reflect.Int32, reflect.Int64, reflect.Float64:
		return of.Kind().String(), nil
	case reflect.Slice:
		name, err := r.typeName(of.Elem())
		return "[]" + name, err
	case reflect.Map:
		if of.Key().Kind() != reflect.String {
			return "", fmt.Errorf("%v has keys that are not strings", of)
		}
		name, err := r.typeName(of.Elem())
		return "map[string]" + name, err
	case reflect.Struct:
		return r.structOf(of)
	default:
		return "", fmt.Errorf("%v is of no known kind", of)
	}
}

// isNamed tells whether the decoder's texts show a type by a name that its kind does not have.
func isNamed(of reflect.Type) bool {
	if _, ok := special[of]; ok {
		return false
	}
	switch of.Kind() {
	case reflect.String, reflect.Bool, reflect.Int32, reflect.Int64, reflect.Float64:
		return of.Name() != of.Kind().String()
	case reflect.Slice, reflect.Map:
		return of.Name() != "" || isNamed(of.Elem())
	default:
		return false
	}
}

func protobufNumber(tag string) (int, error) {
	parts := strings.Split(tag, ",")
	if len(parts) < 2 {
		return 0, nil
	}
	return strconv.Atoi(parts[1])
}

func capital(name string) string {
	if name == "" {
		return ""
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

func contains(values []string, value string) bool {
	for _, other := range values {
		if other == value {
			return true
		}
	}
	return false
}

func sortedKeys[T any](values map[string]T) []string {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
