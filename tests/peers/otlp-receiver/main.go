// The metrics receiver of OpenTelemetry's collector, by itself: what it takes it prints, one data point a line.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"sort"
	"strings"
	"syscall"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
)

func main() {
	factory := otlpreceiver.NewFactory()
	config := factory.CreateDefaultConfig()
	settings := map[string]any{"protocols": map[string]any{"http": map[string]any{"endpoint": os.Getenv("PEER_LISTEN")}}}
	must(confmap.NewFromStringMap(settings).Unmarshal(config))
	sink, err := consumer.NewMetrics(func(_ context.Context, metrics pmetric.Metrics) error {
		show(metrics)
		return nil
	})
	must(err)
	created := receiver.Settings{ID: component.NewID(factory.Type()), TelemetrySettings: componenttest.NewNopTelemetrySettings()}
	otlp, err := factory.CreateMetrics(context.Background(), created, config, sink)
	must(err)
	must(otlp.Start(context.Background(), componenttest.NewNopHost()))
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, os.Interrupt)
	<-stop
	must(otlp.Shutdown(context.Background()))
}

func show(metrics pmetric.Metrics) {
	for i := range metrics.ResourceMetrics().Len() {
		of := metrics.ResourceMetrics().At(i)
		resource := labels(of.Resource().Attributes())
		for j := range of.ScopeMetrics().Len() {
			scope := of.ScopeMetrics().At(j)
			for k := range scope.Metrics().Len() {
				showOne(resource, scope.Scope().Name(), scope.Metrics().At(k))
			}
		}
	}
}

func showOne(resource, scope string, metric pmetric.Metric) {
	var points pmetric.NumberDataPointSlice
	kind := metric.Type().String()
	switch metric.Type() {
	case pmetric.MetricTypeGauge:
		points = metric.Gauge().DataPoints()
	case pmetric.MetricTypeSum:
		points = metric.Sum().DataPoints()
		kind = fmt.Sprintf("%s %s %t", kind, metric.Sum().AggregationTemporality(), metric.Sum().IsMonotonic())
	default:
		log.Fatalf("%s is a %s", metric.Name(), kind)
	}
	for i := range points.Len() {
		point := points.At(i)
		value := fmt.Sprint(point.DoubleValue())
		if point.ValueType() == pmetric.NumberDataPointValueTypeInt {
			value = fmt.Sprint(point.IntValue())
		}
		fmt.Printf("%s|%s|%s|%s|%s|%s|%s\n", resource, scope, kind, metric.Unit(), metric.Name(), labels(point.Attributes()), value)
	}
}

func labels(attributes pcommon.Map) string {
	var all []string
	for key, value := range attributes.All() {
		all = append(all, key+"="+value.AsString())
	}
	sort.Strings(all)
	return strings.Join(all, ",")
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
