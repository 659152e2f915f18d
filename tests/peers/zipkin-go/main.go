// Two services traced by zipkin-go: B3 headers between them, spans sent once the reporter is closed.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path"
	"runtime/debug"
	"time"

	"github.com/openzipkin/zipkin-go"
	zipkinhttp "github.com/openzipkin/zipkin-go/middleware/http"
	"github.com/openzipkin/zipkin-go/proto/zipkin_proto3"
	"github.com/openzipkin/zipkin-go/reporter"
	reporterhttp "github.com/openzipkin/zipkin-go/reporter/http"
)

const library = "github.com/openzipkin/zipkin-go"

var serializers = map[string]reporter.SpanSerializer{
	"json-v2": reporter.JSONSerializer{},
	"proto3":  zipkin_proto3.SpanSerializer{},
}

func main() {
	spans := reporterhttp.NewReporter(
		os.Getenv("PEER_ZIPKIN")+"/api/v2/spans",
		reporterhttp.Serializer(serializers[os.Getenv("PEER_ENCODING")]),
	)
	backAddress := serve(spans, os.Getenv("PEER_BACK"), func(tracer *zipkin.Tracer) http.Handler {
		return http.HandlerFunc(answerItem)
	})
	frontAddress := serve(spans, os.Getenv("PEER_FRONT"), func(tracer *zipkin.Tracer) http.Handler {
		return front(tracer, backAddress)
	})
	var traces []string
	for _, order := range []string{"1", "2", "broken"} {
		answer, err := http.Get("http://" + frontAddress + "/orders/" + order)
		must(err)
		must(answer.Body.Close())
		traces = append(traces, answer.Header.Get("trace-id"))
	}
	must(spans.Close())
	must(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"client": "zipkin-go " + versionOf(library), "traces": traces[:2], "broken": traces[2],
	}))
}

// serve starts one service on a free port, with a tracer and the server middleware of its own.
func serve(spans reporter.Reporter, name string, handler func(*zipkin.Tracer) http.Handler) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	address := listener.Addr().String()
	endpoint, err := zipkin.NewEndpoint(name, address)
	must(err)
	tracer, err := zipkin.NewTracer(spans, zipkin.WithLocalEndpoint(endpoint), zipkin.WithSharedSpans(true))
	must(err)
	traced := zipkinhttp.NewServerMiddleware(tracer)(handler(tracer))
	go func() { log.Fatal(http.Serve(listener, traced)) }()
	return address
}

func answerItem(answer http.ResponseWriter, request *http.Request) {
	// Without work a span may take no microsecond, and zipkin-go's proto3 then sends no duration.
	time.Sleep(time.Millisecond)
	if path.Base(request.URL.Path) == "broken" {
		answer.WriteHeader(http.StatusInternalServerError)
	}
}

func front(tracer *zipkin.Tracer, backAddress string) http.Handler {
	remote, err := zipkin.NewEndpoint("peer-of-front", backAddress)
	must(err)
	transport, err := zipkinhttp.NewTransport(tracer, zipkinhttp.TransportRemoteEndpoint(remote))
	must(err)
	client := &http.Client{Transport: transport}
	return http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		context := zipkin.SpanFromContext(request.Context()).Context()
		answer.Header().Set("trace-id", context.TraceID.String())
		url := fmt.Sprintf("http://%s/items/%s", backAddress, path.Base(request.URL.Path))
		question, err := http.NewRequestWithContext(request.Context(), http.MethodGet, url, nil)
		must(err)
		item, err := client.Do(question)
		must(err)
		_, err = io.Copy(io.Discard, item.Body)
		must(err)
		// The client's span ends when the body is closed.
		must(item.Body.Close())
		if item.StatusCode != http.StatusOK {
			answer.WriteHeader(http.StatusBadGateway)
		}
	})
}

func versionOf(module string) string {
	build, _ := debug.ReadBuildInfo()
	for _, dependency := range build.Deps {
		if dependency.Path == module {
			return dependency.Version
		}
	}
	return "of unknown version"
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
