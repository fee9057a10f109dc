package dev.claudometer.server.api;

import dev.claudometer.server.api.devices.DevicesApi;
import dev.claudometer.server.api.devices.Enrolment;
import dev.claudometer.server.api.devices.EventsApi;
import dev.claudometer.server.api.devices.Intakes;
import dev.claudometer.server.api.devices.LegacyApi;
import dev.claudometer.server.api.people.Attempts;
import dev.claudometer.server.api.people.OwnPassword;
import dev.claudometer.server.api.people.SetupProgress;
import dev.claudometer.server.api.usage.BranchesApi;
import dev.claudometer.server.api.usage.OrganizationApi;
import dev.claudometer.server.api.usage.QualityApi;
import dev.claudometer.server.api.usage.Questions;
import dev.claudometer.server.api.usage.ResponsesApi;
import dev.claudometer.server.api.usage.SessionsApi;
import dev.claudometer.server.api.usage.UsageApi;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Json;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Scraper;
import dev.claudometer.ingest.Committer;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.BillAnswers;
import dev.claudometer.report.BillComparison;
import dev.claudometer.report.BranchAnswers;
import dev.claudometer.report.Fleet;
import dev.claudometer.report.QualityAnswers;
import dev.claudometer.report.ResponseAnswers;
import dev.claudometer.report.SessionAnswers;
import dev.claudometer.report.UsageAnswers;
import dev.claudometer.server.auth.Guests;
import dev.claudometer.server.auth.Identities;
import dev.claudometer.server.auth.Passwords;
import dev.claudometer.server.auth.RateLimits;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.server.auth.Sightings;
import dev.claudometer.store.Billing;
import dev.claudometer.store.Readings;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.registry.Registry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Everything that answers, over HTTP and in pages.
public record Api(
    Parts parts,
    Settings settings,
    StateApi state,
    QualityApi quality,
    People people,
    DevicesApi devices,
    UsageApi usage,
    BranchesApi branches,
    SessionsApi sessions,
    ResponsesApi responses,
    OrganizationApi organization,
    SettingsApi settingsApi,
    PricesApi prices,
    LogsApi logs,
    SetupProgress progress,
    Administration administration,
    LiveApi live,
    Intakes intakes,
    Scraper scraper) {

  /// What the API is made from.
  ///
  /// @param bytes what the database takes on disk
  /// @param redis how the shared cache is, as the health answer says it
  /// @param pricesUpdated when the prices in force were published or replaced
  /// @param knownLines whether a transcript line's type is one that we know
  /// @param more what else a scrape tells
  /// @param openRegistration whether peers' daemons may register without a code
  public record Parts(
      UsageStore store,
      Billing billing,
      Readings readings,
      Registry registry,
      Committer committer,
      Supplier<PriceBook> prices,
      Supplier<Instant> pricesUpdated,
      PriceKeeper priceKeeper,
      Backups backups,
      Identities identities,
      Guests guests,
      Sightings sightings,
      RateLimits limits,
      Passwords passwords,
      LogPage.Source log,
      Supplier<Map<String, Object>> redis,
      LongSupplier bytes,
      HotAnswers hot,
      Predicate<String> knownLines,
      List<Collector> more,
      boolean openRegistration,
      InstantSource clock,
      String version) {}

  /// What dashboards ask again and again.
  private static final Set<String> HOT =
      Set.of("/api/v1/overview", "/api/v1/timeseries", "/api/v1/usage", "/api/v1/sessions");

  /// A route whose answers are the same until something is stored, or the minute is over.
  private static Route hot(Route route, Parts parts) {
    var json = new Json();
    return new Route(
        route.method(),
        route.path(),
        route.access(),
        route.summary(),
        route.caller(),
        call -> {
          String key = parts.store().standing().revision() + " " + call.now().getEpochSecond() / 60;
          byte[] answer =
              parts
                  .hot()
                  .answer(
                      Secrets.digest(key + " " + call.uri()), () -> json.write(work(route, call)));
          return new Reply(200, Map.of("Content-Type", "application/json"), answer);
        });
  }

  private static Object work(Route route, Call call) {
    try {
      return Objects.requireNonNull(route.action().answer(call));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// Makes everything that answers.
  public static Api of(Parts parts) {
    var settings = new Settings(parts.registry());
    var fleet = new Fleet(parts.registry().devices(), parts.store());
    var questions = new Questions(fleet, settings::zone, settings::weekStart);
    var enrolment = new Enrolment(parts.registry());
    var attempts = new Attempts(parts.limits());
    var own = new OwnPassword(parts.registry(), parts.passwords(), attempts);
    var usage = new UsageAnswers(parts.store(), fleet, parts.prices());
    var responses = new ResponseAnswers(parts.store(), parts.prices(), fleet);
    var intakes = new Intakes(parts.committer());
    return new Api(
        parts,
        settings,
        new StateApi(
            parts.store(), parts.readings(), fleet, parts.redis(), parts.bytes(), parts.version()),
        new QualityApi(new QualityAnswers(parts.store(), fleet, parts.knownLines())),
        People.of(parts, attempts, own),
        new DevicesApi(parts.registry(), parts.store(), enrolment, parts.limits()),
        new UsageApi(usage, questions),
        new BranchesApi(new BranchAnswers(parts.store(), fleet), questions),
        new SessionsApi(new SessionAnswers(parts.store(), responses, fleet), questions),
        new ResponsesApi(responses, questions),
        new OrganizationApi(
            new BillAnswers(parts.billing()),
            new BillComparison(usage, parts.billing()),
            questions),
        new SettingsApi(parts.registry(), settings, parts.store()),
        new PricesApi(parts),
        new LogsApi(parts.log()),
        new SetupProgress(parts.registry()),
        Administration.of(parts, own),
        new LiveApi(parts.store(), parts.identities(), parts.clock()),
        intakes,
        MetricsApi.scraper(parts, intakes));
  }

  public List<Route> routes() {
    var enrolment = new Enrolment(parts.registry());
    return Stream.of(
            state.routes(),
            quality.routes(),
            people.routes(),
            devices.routes(),
            new EventsApi(intakes, parts.store(), parts.sightings(), parts.limits()).routes(),
            new LegacyApi(
                    intakes,
                    parts.sightings(),
                    parts.identities(),
                    enrolment,
                    parts.limits(),
                    parts.openRegistration())
                .routes(),
            usage.routes(),
            branches.routes(),
            sessions.routes(),
            responses.routes(),
            new MetricsApi(scraper).routes(),
            organization.routes(),
            settingsApi.routes(),
            prices.routes(),
            logs.routes(),
            administration.routes(),
            live.routes())
        .flatMap(List::stream)
        .map(route -> HOT.contains(route.path()) ? hot(route, parts) : route)
        .toList();
  }
}
