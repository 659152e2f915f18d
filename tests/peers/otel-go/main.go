// Two services traced by OpenTelemetry's SDK for Go and its net/http instrumentation: `traceparent` between
// them, spans sent over OTLP.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

func main() {
	ctx := context.Background()
	frontProvider := provider(ctx, os.Getenv("PEER_FRONT"))
	backProvider := provider(ctx, os.Getenv("PEER_BACK"))
	backAddress := serve(backProvider, http.HandlerFunc(answerItem))
	frontAddress := serve(frontProvider, front(frontProvider, backAddress))
	var traces []string
	for _, order := range []string{"1", "2", "broken"} {
		answer, err := http.Get("http://" + frontAddress + "/orders/" + order)
		must(err)
		must(answer.Body.Close())
		traces = append(traces, answer.Header.Get("trace-id"))
	}
	must(frontProvider.Shutdown(ctx))
	must(backProvider.Shutdown(ctx))
	must(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"client": "OpenTelemetry Go v" + otel.Version(), "traces": traces[:2], "broken": traces[2],
	}))
}

func provider(ctx context.Context, service string) *sdktrace.TracerProvider {
	attributes := resource.NewSchemaless(
		attribute.String("service.name", service),
		attribute.String("deployment.environment.name", "peers"),
	)
	merged, err := resource.Merge(resource.Default(), attributes)
	must(err)
	return sdktrace.NewTracerProvider(sdktrace.WithResource(merged), sdktrace.WithBatcher(exporter(ctx)))
}

func exporter(ctx context.Context) sdktrace.SpanExporter {
	url := otlptracehttp.WithEndpointURL(os.Getenv("PEER_OTLP_HTTP") + "/v1/traces")
	var spans sdktrace.SpanExporter
	var err error
	switch os.Getenv("PEER_ENCODING") {
	case "protobuf":
		spans, err = otlptracehttp.New(ctx, url)
	case "gzip":
		spans, err = otlptracehttp.New(ctx, url, otlptracehttp.WithCompression(otlptracehttp.GzipCompression))
	case "grpc":
		spans, err = otlptracegrpc.New(ctx, otlptracegrpc.WithEndpointURL(os.Getenv("PEER_OTLP_GRPC")))
	default:
		log.Fatal("PEER_ENCODING")
	}
	must(err)
	return spans
}

// serve starts one service on a free port, its server spans made by the instrumentation.
func serve(provider *sdktrace.TracerProvider, handler http.Handler) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	traced := otelhttp.NewHandler(handler, "GET", options(provider)...)
	go func() { log.Fatal(http.Serve(listener, traced)) }()
	return listener.Addr().String()
}

func options(provider *sdktrace.TracerProvider) []otelhttp.Option {
	return []otelhttp.Option{
		otelhttp.WithTracerProvider(provider),
		otelhttp.WithPropagators(propagation.TraceContext{}),
	}
}

func answerItem(answer http.ResponseWriter, request *http.Request) {
	// Without work a span may take no microsecond.
	time.Sleep(time.Millisecond)
	order := path.Base(request.URL.Path)
	span := trace.SpanFromContext(request.Context())
	span.SetAttributes(attribute.String("order.id", order))
	span.AddEvent("stock.read", trace.WithAttributes(attribute.Int("rows", 3)))
	if order == "broken" {
		answer.WriteHeader(http.StatusInternalServerError)
	}
}

func front(provider *sdktrace.TracerProvider, backAddress string) http.Handler {
	client := &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport, options(provider)...)}
	return http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		answer.Header().Set("trace-id", trace.SpanContextFromContext(request.Context()).TraceID().String())
		url := fmt.Sprintf("http://%s/items/%s", backAddress, path.Base(request.URL.Path))
		question, err := http.NewRequestWithContext(request.Context(), http.MethodGet, url, nil)
		must(err)
		item, err := client.Do(question)
		must(err)
		// The client's span ends when the body is read and closed.
		_, err = io.Copy(io.Discard, item.Body)
		must(err)
		must(item.Body.Close())
		if item.StatusCode != http.StatusOK {
			answer.WriteHeader(http.StatusBadGateway)
		}
	})
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
