package peer;

import io.micrometer.tracing.Tracer;
import jakarta.servlet.http.HttpServletResponse;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.RestTemplate;

/** Two Spring applications in one JVM, traced by what Boot configures by itself. */
public final class Main {
  /** What every service sets, whichever bridge it uses: all requests are traced, and quickly sent. */
  private static final Map<String, Object> COMMON =
      Map.of(
          "server.address", "127.0.0.1",
          "server.port", "0",
          "spring.jmx.enabled", "false",
          "spring.main.banner-mode", "off",
          "logging.level.root", "warn",
          "management.tracing.sampling.probability", "1.0",
          "management.opentelemetry.resource-attributes.deployment.environment.name", "peers");

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    ConfigurableApplicationContext back = start(Back.class, System.getenv("PEER_BACK"), Map.of());
    ConfigurableApplicationContext front =
        start(Front.class, System.getenv("PEER_FRONT"), Map.of("back.address", address(back)));
    List<String> traces = new ArrayList<>();
    for (String order : List.of("1", "2", "broken")) {
      traces.add(ask(address(front) + "/orders/" + order));
    }
    String client = "Spring Boot " + SpringBootVersion.getVersion() + ", " + tracer(front);
    // Closing an application sends what its reporter still holds.
    front.close();
    back.close();
    System.out.printf(
        "{\"client\": \"%s\", \"traces\": [\"%s\", \"%s\"], \"broken\": \"%s\"}%n",
        client, traces.get(0), traces.get(1), traces.get(2));
  }

  private static ConfigurableApplicationContext start(Class<?> service, String name, Map<String, Object> further) {
    return new SpringApplicationBuilder(service)
        .properties(COMMON)
        .properties(Map.of("spring.application.name", name))
        .properties(way())
        .properties(further)
        .run();
  }

  /** Where to send to, and by which encoding. */
  private static Map<String, Object> way() {
    String zipkin = System.getenv("PEER_ZIPKIN") + "/api/v2/spans";
    return switch (System.getenv("PEER_ENCODING")) {
      case "json-v2" -> Map.of("management.zipkin.tracing.endpoint", zipkin);
      case "proto3" ->
          Map.of("management.zipkin.tracing.endpoint", zipkin, "management.zipkin.tracing.encoding", "proto3");
      case "protobuf" ->
          Map.of("management.otlp.tracing.endpoint", System.getenv("PEER_OTLP_HTTP") + "/v1/traces");
      case "grpc" ->
          Map.of(
              "management.otlp.tracing.endpoint", System.getenv("PEER_OTLP_GRPC"),
              "management.otlp.tracing.transport", "grpc");
      default -> throw new IllegalArgumentException("PEER_ENCODING");
    };
  }

  /** The class that the bridge puts behind Micrometer's interface, and the version of the latter. */
  private static String tracer(ConfigurableApplicationContext service) {
    String bridged = service.getBean(Tracer.class).getClass().getSimpleName();
    return bridged + " of Micrometer Tracing " + Tracer.class.getPackage().getImplementationVersion();
  }

  private static String address(ConfigurableApplicationContext service) {
    return "http://127.0.0.1:" + ((WebServerApplicationContext) service).getWebServer().getPort();
  }

  /** Asks as a caller who does not trace; answers the trace's id. */
  private static String ask(String url) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.getResponseCode();
    return connection.getHeaderField("trace-id");
  }

  /** Answers items; `broken` fails. */
  @EnableAutoConfiguration
  @RestController
  public static class Back {
    private final Tracer tracer;

    Back(Tracer tracer) {
      this.tracer = tracer;
    }

    @GetMapping("/items/{id}")
    ResponseEntity<Void> item(@PathVariable("id") String id) {
      tracer.currentSpan().tag("order.id", id).event("stock.read");
      return ResponseEntity.status(id.equals("broken") ? 500 : 200).build();
    }
  }

  /** Answers orders by asking the back. */
  @EnableAutoConfiguration
  @RestController
  public static class Front {
    private final RestTemplate back;
    private final Tracer tracer;

    Front(RestTemplateBuilder builder, Tracer tracer, @Value("${back.address}") String back) {
      // The builder, and not `new RestTemplate()`, is what is traced.
      this.back = builder.rootUri(back).build();
      this.tracer = tracer;
    }

    @GetMapping("/orders/{id}")
    ResponseEntity<Void> order(@PathVariable("id") String id, HttpServletResponse answer) {
      answer.setHeader("trace-id", tracer.currentSpan().context().traceId());
      try {
        back.getForEntity("/items/{id}", Void.class, id);
        return ResponseEntity.ok().build();
      } catch (HttpStatusCodeException failed) {
        return ResponseEntity.status(502).build();
      }
    }
  }
}
