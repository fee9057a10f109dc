package dev.claudometer.app;

import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.BaseUrl;
import dev.claudometer.fetch.GetRequest;
import dev.claudometer.fetch.Service;
import dev.claudometer.json.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What versions of Claudometer there are. Asked only where a person wants it.
public final class Releases {

  /// Where they are published, as GitHub's API tells.
  public static final String PUBLISHED =
      "https://api.github.com/repos/claudometer/claudometer/releases/latest";

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final int MOST_NUMBERS = 4;

  private Releases() {}

  /// What was found out.
  public sealed interface Newest {}

  /// The newest version.
  ///
  /// @param version such as `0.2.0`
  public record Known(String version) implements Newest {}

  /// It could not be found out.
  ///
  /// @param why in a sentence for people
  public record Unknown(String why) implements Newest {}

  /// Asks for the newest one.
  ///
  /// @param url of an answer with `tag_name`
  public static Newest newest(String url) throws InterruptedException {
    int path = url.indexOf('/', url.indexOf("//") + 2);
    String target = path < 0 ? "/" : url.substring(path);
    try (Service service =
        new Service(BaseUrl.of(path < 0 ? url : url.substring(0, path)), PATIENCE)) {
      return switch (service.ask(new GetRequest(target, List.of(), List.of()), Releases::version)) {
        case Given<String>(String version) -> new Known(version);
        case Failed<String> failed -> new Unknown(failed.sentence());
      };
    } catch (IllegalArgumentException noUrl) {
      return new Unknown(String.valueOf(noUrl.getMessage()));
    }
  }

  private static String version(JsonValue answer) {
    String tag = answer.at("tag_name").text();
    if (!tag.matches("v?\\d+(\\.\\d+){1,3}([-+][0-9A-Za-z.-]+)?")) {
      throw answer.at("tag_name").wrong("a version");
    }
    return tag.replaceFirst("^v", "");
  }

  /// Whether a version is newer than another, number by number; `1.0.0-rc.1` is older than `1.0.0`.
  public static boolean newer(String version, String than) {
    int numbers = Arrays.compare(numbers(version), numbers(than));
    return numbers > 0 || (numbers == 0 && than.contains("-") && !version.contains("-"));
  }

  private static int[] numbers(String version) {
    String plain = version.replaceFirst("[-+].*", "");
    int[] numbers =
        Stream.of(plain.split("\\.", -1))
            .mapToInt(part -> part.matches("\\d{1,8}") ? Integer.parseInt(part) : 0)
            .toArray();
    return Arrays.copyOf(numbers, MOST_NUMBERS);
  }
}
