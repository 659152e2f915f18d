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
  private Main() {}

  public static void main(String[] arguments) {
    try {
      send();
    } catch (Exception failed) {
      failed.printStackTrace();
      // The servers' threads would keep the process.
      Runtime.getRuntime().halt(1);
    }
  }

  private static void send() throws Exception {
    ConfigurableApplicationContext back = start(Back.class, System.getenv("PEER_BACK"), "");
    ConfigurableApplicationContext front = start(Front.class, System.getenv("PEER_FRONT"), address(back));
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

  private static ConfigurableApplicationContext start(Class<?> service, String name, String back) {
    return new SpringApplicationBuilder(service)
        .properties(Map.of("spring.application.name", name, "back.address", back))
        .run(encoding());
  }

  /** What differs from application.properties. */
  private static String[] encoding() {
    return switch (System.getenv("PEER_ENCODING")) {
      case "json-v2", "protobuf" -> new String[] {};
      case "proto3" -> new String[] {"--management.zipkin.tracing.encoding=proto3"};
      case "grpc" ->
          new String[] {
            "--management.otlp.tracing.transport=grpc",
            "--management.otlp.tracing.endpoint=" + System.getenv("PEER_OTLP_GRPC")
          };
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
