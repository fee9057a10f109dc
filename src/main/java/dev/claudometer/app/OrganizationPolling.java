package dev.claudometer.app;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.process.Version;
import dev.claudometer.collect.OrganizationPoll;
import dev.claudometer.collect.Outcome;
import dev.claudometer.collect.PollLog;
import dev.claudometer.fetch.Patience;
import dev.claudometer.fetch.Service;
import dev.claudometer.source.adminapi.AdminApi;
import dev.claudometer.source.adminapi.AdminKey;
import dev.claudometer.store.bill.Billing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;

/// The asking for an organisation's bills, with the connection that it asks over.
public record OrganizationPolling(AdminApi api, OrganizationPoll poll) implements AutoCloseable {

  private static final int ATTEMPTS = 4;
  private static final Duration TIME = Duration.ofSeconds(60);

  public static OrganizationPolling of(
      OrganizationSettings settings,
      AdminKey key,
      Billing billing,
      InstantSource clock,
      PollLog diary,
      Instant since) {
    var api =
        new AdminApi(
            new Service(settings.url(), TIME),
            key,
            "claudometer/" + Version.text(),
            new Patience(ATTEMPTS, Thread::sleep, new Random()));
    return new OrganizationPolling(api, new OrganizationPoll(api, billing, clock, diary, since));
  }

  /// How far back is asked for at first, unless told otherwise: whole months, this one and the
  /// last.
  public static Instant usualSince(Instant now) {
    return now.atZone(UTC)
        .toLocalDate()
        .withDayOfMonth(1)
        .minusMonths(1)
        .atStartOfDay(UTC)
        .toInstant();
  }

  public Outcome run() throws InterruptedException {
    return poll.run();
  }

  @Override
  public void close() {
    api.close();
  }
}
