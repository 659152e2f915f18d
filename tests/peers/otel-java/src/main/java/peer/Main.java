package peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Two services traced by OpenTelemetry's SDK for Java: {@code traceparent} between them, spans over OTLP. */
public final class Main {
  private static final W3CTraceContextPropagator PROPAGATOR = W3CTraceContextPropagator.getInstance();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long FLUSH_SECONDS = 30;

  private Main() {}

  /** What a service does within its server span; answers the status. */
  private interface Work {
    int answer(String order, Context context) throws IOException, InterruptedException;
  }

  public static void main(String[] arguments) throws Exception {
    SdkTracerProvider frontProvider = provider(System.getenv("PEER_FRONT"));
    SdkTracerProvider backProvider = provider(System.getenv("PEER_BACK"));
    Tracer frontTracer = frontProvider.get("peer");
    HttpServer back = serve(backProvider.get("peer"), Main::answerItem);
    HttpServer front =
        serve(frontTracer, (order, context) -> askBack(frontTracer, address(back) + "/items/" + order, context));
    List<String> traces = new ArrayList<>();
    for (String order : List.of("1", "2", "broken")) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address(front) + "/orders/" + order)).build();
      HttpResponse<Void> answer = HTTP.send(request, HttpResponse.BodyHandlers.discarding());
      traces.add(answer.headers().firstValue("trace-id").orElseThrow());
    }
    front.stop(0);
    back.stop(0);
    for (SdkTracerProvider provider : List.of(frontProvider, backProvider)) {
      CompletableResultCode sent = provider.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
      if (!sent.isSuccess()) {
        throw new IllegalStateException("the spans were not sent");
      }
    }
    System.out.printf(
        "{\"client\": \"OpenTelemetry Java %s\", \"traces\": [\"%s\", \"%s\"], \"broken\": \"%s\"}%n",
        version(), traces.get(0), traces.get(1), traces.get(2));
  }

  private static SdkTracerProvider provider(String service) {
    Attributes attributes =
        Attributes.builder().put("service.name", service).put("deployment.environment.name", "peers").build();
    return SdkTracerProvider.builder()
        .setResource(Resource.getDefault().merge(Resource.create(attributes)))
        .addSpanProcessor(BatchSpanProcessor.builder(exporter()).build())
        .build();
  }

  private static SpanExporter exporter() {
    return switch (System.getenv("PEER_ENCODING")) {
      case "protobuf" ->
          OtlpHttpSpanExporter.builder().setEndpoint(System.getenv("PEER_OTLP_HTTP") + "/v1/traces").build();
      case "gzip" ->
          OtlpHttpSpanExporter.builder()
              .setEndpoint(System.getenv("PEER_OTLP_HTTP") + "/v1/traces")
              .setCompression("gzip")
              .build();
      case "grpc" -> OtlpGrpcSpanExporter.builder().setEndpoint(System.getenv("PEER_OTLP_GRPC")).build();
      default -> throw new IllegalArgumentException("PEER_ENCODING");
    };
  }

  private static HttpServer serve(Tracer tracer, Work work) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", exchange -> handle(exchange, tracer, work));
    server.start();
    return server;
  }

  private static void handle(HttpExchange exchange, Tracer tracer, Work work) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Context caller = PROPAGATOR.extract(Context.root(), exchange, Headers.GETTER);
    Span span =
        tracer.spanBuilder("GET").setParent(caller).setSpanKind(SpanKind.SERVER).setAttribute("url.path", path).startSpan();
    int status = 500;
    try {
      status = work.answer(path.substring(path.lastIndexOf('/') + 1), caller.with(span));
    } catch (InterruptedException | IOException failed) {
      span.recordException(failed);
    }
    span.setAttribute("http.response.status_code", status);
    if (status >= 500) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
    exchange.getResponseHeaders().set("trace-id", span.getSpanContext().getTraceId());
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static int answerItem(String order, Context context) {
    Span.fromContext(context)
        .setAttribute("order.id", order)
        .addEvent("stock.read", Attributes.of(AttributeKey.longKey("rows"), 3L));
    return order.equals("broken") ? 500 : 200;
  }

  private static int askBack(Tracer tracer, String url, Context context) throws IOException, InterruptedException {
    Span span =
        tracer.spanBuilder("GET").setParent(context).setSpanKind(SpanKind.CLIENT).setAttribute("url.full", url).startSpan();
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    PROPAGATOR.inject(context.with(span), request, HttpRequest.Builder::header);
    int status = HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    span.setAttribute("http.response.status_code", status);
    if (status != 200) {
      span.setStatus(StatusCode.ERROR, "the back answered " + status);
    }
    span.end();
    return status == 200 ? 200 : 502;
  }

  private static String address(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The SDK names its own version in every resource. */
  private static String version() {
    return Resource.getDefault().getAttribute(AttributeKey.stringKey("telemetry.sdk.version"));
  }

  /** Headers of a request, for the propagator. */
  private enum Headers implements TextMapGetter<HttpExchange> {
    GETTER;

    @Override
    public Iterable<String> keys(HttpExchange exchange) {
      return exchange.getRequestHeaders().keySet();
    }

    @Override
    public String get(HttpExchange exchange, String name) {
      return exchange.getRequestHeaders().getFirst(name);
    }
  }
}
