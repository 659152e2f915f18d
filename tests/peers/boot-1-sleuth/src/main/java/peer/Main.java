package peer;

import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.embedded.EmbeddedWebApplicationContext;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.cloud.sleuth.Tracer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.RestTemplate;

/** Two Spring applications in one JVM, traced by what Sleuth configures by itself. */
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
    for (String order : new String[] {"1", "2", "broken"}) {
      traces.add(ask(address(front) + "/orders/" + order));
    }
    String sleuth = Tracer.class.getPackage().getImplementationVersion();
    String client = "Spring Boot " + SpringBootVersion.getVersion() + ", Sleuth " + sleuth;
    Thread.sleep(SENT_AFTER_MS);
    System.out.printf(
        "{\"client\": \"%s\", \"traces\": [\"%s\", \"%s\"], \"broken\": \"%s\"}%n",
        client, traces.get(0), traces.get(1), traces.get(2));
    // Tomcat 8 stops by reaching into the JDK, which Java 17 refuses at length.
    Runtime.getRuntime().halt(0);
  }

  private static ConfigurableApplicationContext start(Class<?> service, String name, String back) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("spring.application.name", name);
    settings.put("back.address", back);
    // A second application context, for Spring Cloud's configuration server, which is not here.
    settings.put("spring.cloud.bootstrap.enabled", "false");
    return new SpringApplicationBuilder(service).properties(settings).run(encoding());
  }

  /** What differs from application.properties. */
  private static String[] encoding() {
    switch (System.getenv("PEER_ENCODING")) {
      case "json-v2":
        return new String[] {};
      case "json-v1":
        return new String[] {"--spring.zipkin.encoder=JSON_V1"};
      default:
        throw new IllegalArgumentException("PEER_ENCODING");
    }
  }

  private static String address(ConfigurableApplicationContext service) {
    int port = ((EmbeddedWebApplicationContext) service).getEmbeddedServletContainer().getPort();
    return "http://127.0.0.1:" + port;
  }

  /** Asks as a caller who does not trace; answers the trace's id. */
  private static String ask(String url) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
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
      tracer.getCurrentSpan().tag("order.id", id);
      return ResponseEntity.status(id.equals("broken") ? 500 : 200).build();
    }
  }

  /** Answers orders by asking the back. */
  @EnableAutoConfiguration
  @RestController
  public static class Front {
    private final RestTemplate back;
    private final Tracer tracer;

    Front(RestTemplate back, Tracer tracer) {
      this.back = back;
      this.tracer = tracer;
    }

    /** Sleuth traces a RestTemplate that is a bean, and no other. */
    @Bean
    static RestTemplate template(RestTemplateBuilder builder, @Value("${back.address}") String back) {
      return builder.rootUri(back).build();
    }

    @GetMapping("/orders/{id}")
    ResponseEntity<Void> order(@PathVariable("id") String id, HttpServletResponse answer) {
      answer.setHeader("trace-id", tracer.getCurrentSpan().traceIdString());
      try {
        back.getForEntity("/items/{id}", Void.class, id);
        return ResponseEntity.ok().build();
      } catch (HttpStatusCodeException failed) {
        return ResponseEntity.status(502).build();
      }
    }
  }
}
