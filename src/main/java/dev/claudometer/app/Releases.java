package dev.claudometer.app;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.BaseUrl;
import dev.claudometer.fetch.GetRequest;
import dev.claudometer.fetch.Service;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// What versions of Claudometer there are. Asked only where a person wants it.
public final class Releases {

  /// Where they are published, as GitHub's API tells.
  public static final String PUBLISHED =
      "https://api.github.com/repos/claudometer/claudometer/releases/latest";

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Releases() {}

  /// The newest one, such as `0.2.0`.
  ///
  /// @param url of an answer with `tag_name`
  public static Answer<String> newest(String url) throws InterruptedException {
    int path = url.indexOf('/', url.indexOf("//") + 2);
    BaseUrl base = BaseUrl.of(path < 0 ? url : url.substring(0, path));
    try (Service service = new Service(base, PATIENCE)) {
      return service.ask(
          new GetRequest(path < 0 ? "/" : url.substring(path), List.of(), List.of()),
          answer -> {
            String tag = answer.at("tag_name").text();
            if (!tag.matches("v?\\d+(\\.\\d+){1,3}([-+][0-9A-Za-z.-]+)?")) {
              throw answer.at("tag_name").wrong("a version");
            }
            return tag.replaceFirst("^v", "");
          });
    }
  }

  /// Whether a version is newer than another, number by number; `1.0.0-rc.1` is older than `1.0.0`.
  public static boolean newer(String version, String than) {
    int numbers = Arrays.compare(numbers(version), numbers(than));
    return numbers > 0 || (numbers == 0 && than.contains("-") && !version.contains("-"));
  }

  private static int[] numbers(String version) {
    String plain = version.replaceFirst("[-+].*", "");
    return List.of(plain.split("\\.", -1)).stream()
        .mapToInt(part -> part.matches("\\d{1,8}") ? Integer.parseInt(part) : 0)
        .toArray();
  }
}
