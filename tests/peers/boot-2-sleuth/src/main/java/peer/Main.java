package peer;

import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.cloud.sleuth.Tracer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.RestTemplate;

/** Two Spring applications in one JVM, traced by what Boot configures by itself. */
public final class Main {
  /** Sleuth sends what it has every second, and tells nobody when that is done. */
  private static final long SENT_AFTER_MS = 3_000;

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
    String sleuth = Tracer.class.getPackage().getImplementationVersion();
    String client = "Spring Boot " + SpringBootVersion.getVersion() + ", Sleuth " + sleuth;
    Thread.sleep(SENT_AFTER_MS);
    System.out.printf(
        "{\"client\": \"%s\", \"traces\": [\"%s\", \"%s\"], \"broken\": \"%s\"}%n",
        client, traces.get(0), traces.get(1), traces.get(2));
    // Sleuth flushes again when the JVM ends, through a sender that Spring has closed by then, and prints that.
    Runtime.getRuntime().halt(0);
  }

  private static ConfigurableApplicationContext start(Class<?> service, String name, String back) {
    return new SpringApplicationBuilder(service)
        .properties(Map.of("spring.application.name", name, "back.address", back))
        .run(encoding());
  }

  /** What differs from application.properties. */
  private static String[] encoding() {
    return switch (System.getenv("PEER_ENCODING")) {
      case "json-v2" -> new String[] {};
      case "json-v1" -> new String[] {"--spring.zipkin.encoder=JSON_V1"};
      case "proto3" -> new String[] {"--spring.zipkin.encoder=PROTO3"};
      default -> throw new IllegalArgumentException("PEER_ENCODING");
    };
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
