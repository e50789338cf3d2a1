package main

import (
	"context"
	"encoding/json"
	"fmt"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// client asks one server.
type client struct {
	rest rest.Interface
}

func newClient(kubeconfig, server, token string) (*client, error) {
	var config *rest.Config
	switch {
	case kubeconfig != "":
		var err error
		if config, err = clientcmd.BuildConfigFromFlags("", kubeconfig); err != nil {
			return nil, err
		}
	case server != "":
		config = &rest.Config{Host: server, BearerToken: token, TLSClientConfig: rest.TLSClientConfig{Insecure: true}}
	default:
		return nil, fmt.Errorf("either --kubeconfig or --server is needed")
	}
	config.QPS, config.Burst = -1, 0
	transport, err := rest.HTTPClientFor(config)
	if err != nil {
		return nil, err
	}
	connection, err := rest.UnversionedRESTClientForConfigAndClient(withCodec(config), transport)
	if err != nil {
		return nil, err
	}
	return &client{rest: connection}, nil
}

// get reads one document, in the form that accept asks for.
func (c *client) get(path, accept string, into any) error {
	text, err := c.rest.Get().AbsPath(path).SetHeader("Accept", accept).DoRaw(context.Background())
	if err != nil {
		return fmt.Errorf("GET %s: %w", path, err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("GET %s: %w", path, err)
	}
	return nil
}

func (c *client) readVersion(facts *Facts) error {
	var version struct {
		GitVersion string `json:"gitVersion"`
	}
	if err := c.get("/version", "application/json", &version); err != nil {
		return err
	}
	facts.Version = version.GitVersion
	return nil
}
