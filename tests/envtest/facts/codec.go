package main

import (
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/rest"

	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

// withCodec gives a client what it needs to read the errors of the server.
func withCodec(config *rest.Config) *rest.Config {
	config.NegotiatedSerializer = serializer.NewCodecFactory(legacyscheme.Scheme).WithoutConversion()
	return config
}
