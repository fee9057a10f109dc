package dev.claudometer.app.config;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.fetch.BaseUrl;
import dev.claudometer.source.adminapi.AdminKey;
import java.time.Duration;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/// How an organisation's bills are asked for, from Claudometer's own variables, and from those and
/// the files that users of claude-prometheus-exporter have.
///
/// @param key null where there is none
/// @param wanted the pause between two rounds that was asked for
/// @param pause the one that is kept: Anthropic asks for a minute at least
public record OrganizationSettings(
    @Nullable AdminKey key, BaseUrl url, Duration wanted, Duration pause, Level level) {

  private static final String URL = "https://api.anthropic.com";
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final int LONGEST_SECONDS = 86_400;

  /// Reads them; what is wrong is a problem of the values.
  public static OrganizationSettings of(Surroundings surroundings, Values values) {
    return of(LegacyFiles.of(surroundings, values));
  }

  /// The same for a server, which goes on without an organisation where `APIKEY` is some other
  /// program's: it is a common name.
  public static OrganizationSettings ofServer(Surroundings surroundings, Values values) {
    var files = LegacyFiles.of(surroundings, values);
    Given own = values.given(OrganizationVariables.ADMIN_KEY);
    Given other = own == null ? files.given(OrganizationVariables.APIKEY) : null;
    if (other != null && !AdminKey.is(other.value())) {
      values.notice(
          other.name()
              + " is no admin key (sk-ant-admin…) and goes nowhere: no organisation is asked for");
      return of(files, null);
    }
    return of(files);
  }

  public static OrganizationSettings of(LegacyFiles files) {
    return of(files, key(files));
  }

  private static OrganizationSettings of(LegacyFiles files, @Nullable AdminKey key) {
    Values values = files.values();
    Duration wanted = wanted(files);
    Duration pause = wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
    return new OrganizationSettings(key, url(values), wanted, pause, level(files));
  }

  private static @Nullable AdminKey key(LegacyFiles files) {
    Given own = files.values().given(OrganizationVariables.ADMIN_KEY);
    Given given = own != null ? own : files.given(OrganizationVariables.APIKEY);
    return files.values().read(given, AdminKey::of);
  }

  private static BaseUrl url(Values values) {
    BaseUrl url = values.read(values.given(OrganizationVariables.ADMIN_URL), BaseUrl::of);
    return url == null ? BaseUrl.of(URL) : url;
  }

  private static Duration wanted(LegacyFiles files) {
    Given given = files.given(OrganizationVariables.LOOP_INTERVAL);
    if (given == null) {
      return SHORTEST;
    }
    String text = given.value();
    if (!text.matches("[0-9]{1,5}(\\.[0-9]{1,3})?") || Double.parseDouble(text) > LONGEST_SECONDS) {
      files.values().wrong(given, "has to be a number of seconds up to a day");
      return SHORTEST;
    }
    return Duration.ofSeconds((long) Double.parseDouble(text));
  }

  private static Level level(LegacyFiles files) {
    Given given = files.given(OrganizationVariables.LOGGING_LEVEL, OrganizationVariables.LOGLEVEL);
    return LogLevel.of(given, files.values());
  }
}
