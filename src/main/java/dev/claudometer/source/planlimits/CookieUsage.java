package dev.claudometer.source.planlimits;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.GetRequest;
import dev.claudometer.fetch.GetRequest.Pair;
import dev.claudometer.fetch.Service;
import dev.claudometer.model.QuotaReadings;
import java.time.Instant;
import java.util.List;

/// What claude.ai shows a person who is logged in, with that person's cookies. It is not
/// documented, so it is asked only where a person wants it, and seldom.
///
/// @param service `https://claude.ai`
/// @param organization its id
public record CookieUsage(CookieJar jar, Service service, String organization) {

  private static final String HOST = ".claude.ai";

  /// Browsers only are answered.
  private static final String USER_AGENT =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/142.0.0.0 Safari/537.36";

  public CookieUsage {
    if (!organization.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException(
          "an organisation's id is letters, digits and dashes, as in claude.ai's addresses");
    }
  }

  public Answer<QuotaReadings> ask(Instant now) throws InterruptedException {
    return switch (jar.header(HOST)) {
      case Failed<String> failed -> failed.as();
      case Given<String>(String cookies) ->
          service.ask(
              new GetRequest(
                  "/api/organizations/" + organization + "/usage",
                  List.of(),
                  List.of(new Pair("Cookie", cookies), new Pair("User-Agent", USER_AGENT))),
              new UsageBody(now, "claude.ai")::read);
    };
  }
}
