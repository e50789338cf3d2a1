package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"syscall"
	"time"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
)

func init() { table("retry", retryTable) }

// What a server does, try for try, and what client-go makes of it. After the last of the answers comes success.
type retryRow struct {
	Method string `json:"method"`
	// A status, with "status/seconds" and a Retry-After; or eof, or reset.
	Answers []string `json:"answers"`
	// How often it was sent.
	Tries int `json:"tries"`
	// Whether the last answer was a success.
	Success bool `json:"success"`
	// The seconds it waited for in all.
	Waited float64 `json:"waited"`
}

type script struct {
	answers []string
	tries   int
}

func (s *script) RoundTrip(request *http.Request) (*http.Response, error) {
	s.tries++
	answer := "200"
	if s.tries <= len(s.answers) {
		answer = s.answers[s.tries-1]
	}
	switch answer {
	case "eof":
		return nil, io.EOF
	case "reset":
		return nil, syscall.ECONNRESET
	case "other":
		return nil, errors.New("something else")
	}
	header := http.Header{"Content-Type": {"application/json"}}
	status, after, _ := bytes.Cut([]byte(answer), []byte("/"))
	if len(after) > 0 {
		header.Set("Retry-After", string(after))
	}
	code := must(strconv.Atoi(string(status)))
	return &http.Response{StatusCode: code, Header: header, Body: io.NopCloser(bytes.NewReader([]byte("{}"))), Request: request}, nil
}

// sleeper does not sleep, and adds up.
type sleeper struct{ waited time.Duration }

func (s *sleeper) UpdateBackoffWithContext(context.Context, *url.URL, error, int) {}
func (s *sleeper) CalculateBackoffWithContext(context.Context, *url.URL) time.Duration {
	return 0
}
func (s *sleeper) SleepWithContext(_ context.Context, d time.Duration) { s.waited += d }

func retryTable() sections {
	repeat := func(answer string, times int) []string {
		var all []string
		for range times {
			all = append(all, answer)
		}
		return all
	}
	scripts := [][]string{{}}
	for _, answer := range []string{
		"429", "429/1", "429/0", "429/40", "429/x", "503", "503/1", "500", "500/1", "502", "502/1", "504", "504/1", "505/1", "529/1", "400", "401", "403",
		"404", "409", "409/1", "410", "422", "408", "418/1", "eof", "reset", "other",
	} {
		scripts = append(scripts, []string{answer})
	}
	for _, answer := range []string{"429/1", "503/1", "429", "eof", "500", "503"} {
		scripts = append(scripts, repeat(answer, 3), repeat(answer, 9), repeat(answer, 10), repeat(answer, 11), repeat(answer, 20))
	}
	scripts = append(scripts, []string{"429/1", "503/2", "eof", "404"}, []string{"eof", "429/1"}, []string{"503/1", "409"}, repeat("429/10", 5))
	var rows []any
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		for _, answers := range scripts {
			server, sleeper := &script{answers: answers}, &sleeper{}
			config := &rest.Config{Host: "http://fake", APIPath: "/api", QPS: -1}
			config.GroupVersion = &schema.GroupVersion{Version: "v1"}
			config.NegotiatedSerializer = scheme.Codecs.WithoutConversion()
			client := must(rest.RESTClientForConfigAndClient(config, &http.Client{Transport: server}))
			request := client.Verb(method).AbsPath("/x").BackOffWithContext(sleeper)
			if method != "GET" && method != "DELETE" {
				request = request.Body([]byte("{}"))
			}
			err := request.Do(context.Background()).Error()
			if answers == nil {
				answers = []string{}
			}
			rows = append(rows, retryRow{
				Method: method, Answers: answers, Tries: server.tries, Success: err == nil && server.tries > len(answers),
				Waited: sleeper.waited.Seconds(),
			})
		}
	}
	return sections{"tries": rows}
}
