package dev.claudometer.server.http;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Principal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server with a route that needs more memory than there is, in a process of its own.
final class ExhaustedServer {

  private ExhaustedServer() {}

  public static void main(String[] arguments) {
    Exhaustion.watch();
    var routes =
        List.of(
            Route.get("/fine", Access.PUBLIC, "fine", _ -> Map.of("status", "ok")),
            Route.get("/full", Access.PUBLIC, "full", _ -> fill()),
            Route.get("/beside", Access.PUBLIC, "full in another thread", _ -> beside()));
    Server server =
        Server.start(
            new Listening("127.0.0.1", 0, null),
            routes,
            (_, _) -> new Guard.Admitted(new Principal.Anonymous(), "127.0.0.1", false),
            (_, _, _, _) -> new byte[0],
            InstantSource.system(),
            InstantSource.system());
    System.out.println(server.port());
  }

  private static Object fill() {
    List<byte[]> all = new ArrayList<>();
    while (true) {
      all.add(new byte[1 << 20]);
    }
  }

  private static Object beside() throws InterruptedException {
    Thread thread = Thread.ofPlatform().start(ExhaustedServer::fill);
    thread.join();
    return Map.of("status", "goes on");
  }
}
