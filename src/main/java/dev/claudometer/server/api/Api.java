package dev.claudometer.server.api;

import dev.claudometer.export.scrape.Scraper;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.reconcile.MonthClosing;
import dev.claudometer.reconcile.Reconciler;
import dev.claudometer.reconcile.lines.CauseTrail;
import dev.claudometer.report.BranchAnswers;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.QualityAnswers;
import dev.claudometer.report.UsageAnswers;
import dev.claudometer.report.bill.BillAnswers;
import dev.claudometer.report.bill.BillComparison;
import dev.claudometer.report.limits.LimitAnswers;
import dev.claudometer.report.limits.PlanAnswers;
import dev.claudometer.report.session.Finder;
import dev.claudometer.report.session.ResponseAnswers;
import dev.claudometer.report.session.SessionAnswers;
import dev.claudometer.report.session.StoryAnswers;
import dev.claudometer.report.whatif.WhatIfAnswers;
import dev.claudometer.report.work.ClientAnswers;
import dev.claudometer.report.work.WorkAnswers;
import dev.claudometer.server.api.devices.DevicesApi;
import dev.claudometer.server.api.devices.Enrolment;
import dev.claudometer.server.api.devices.EventsApi;
import dev.claudometer.server.api.devices.Intakes;
import dev.claudometer.server.api.devices.LegacyApi;
import dev.claudometer.server.api.kept.NotesApi;
import dev.claudometer.server.api.kept.ViewsApi;
import dev.claudometer.server.api.people.Attempts;
import dev.claudometer.server.api.people.GuestsApi;
import dev.claudometer.server.api.people.MetricsTokenApi;
import dev.claudometer.server.api.people.OwnPassword;
import dev.claudometer.server.api.people.SetupProgress;
import dev.claudometer.server.api.usage.BranchesApi;
import dev.claudometer.server.api.usage.ClientsApi;
import dev.claudometer.server.api.usage.ClosingApi;
import dev.claudometer.server.api.usage.FindApi;
import dev.claudometer.server.api.usage.LimitsApi;
import dev.claudometer.server.api.usage.OrganizationApi;
import dev.claudometer.server.api.usage.QualityApi;
import dev.claudometer.server.api.usage.Questions;
import dev.claudometer.server.api.usage.ReconcileApi;
import dev.claudometer.server.api.usage.ResponsesApi;
import dev.claudometer.server.api.usage.SessionsApi;
import dev.claudometer.server.api.usage.UsageApi;
import dev.claudometer.server.api.usage.WhatIfApi;
import dev.claudometer.server.api.usage.WorkApi;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.RecordJson;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Everything that answers, over HTTP and in pages.
public record Api(
    Options options,
    Settings settings,
    StateApi state,
    QualityApi quality,
    People people,
    DevicesApi devices,
    UsageApi usage,
    BranchesApi branches,
    WorkApi work,
    ClientsApi clients,
    SessionsApi sessions,
    ResponsesApi responses,
    FindApi find,
    OrganizationApi organization,
    ReconcileApi reconcile,
    ClosingApi closing,
    LimitsApi limits,
    WhatIfApi whatIf,
    ViewsApi views,
    NotesApi notes,
    SettingsApi settingsApi,
    PricesApi prices,
    LogsApi logs,
    SetupProgress progress,
    Administration administration,
    LiveApi live,
    Intakes intakes,
    Scraper scraper) {

  /// What dashboards ask again and again.
  private static final Set<String> HOT =
      Set.of(
          "/api/v1/overview",
          "/api/v1/timeseries",
          "/api/v1/usage",
          "/api/v1/sessions",
          "/api/v1/drivers",
          "/api/v1/running-cost");

  /// A route whose answers are the same until something is stored or set, or the minute is over.
  private Route hot(Route route) {
    var json = new RecordJson();
    return route.answering(
        call -> {
          String key =
              String.join(
                  " ",
                  String.valueOf(options.stores().usage().standing().version()),
                  String.valueOf(call.now().getEpochSecond() / 60),
                  settings.zone().getId(),
                  settings.weekStart().name(),
                  call.scope().key());
          byte[] answer =
              options
                  .running()
                  .hot()
                  .answer(
                      Secrets.digest(key + " " + call.uri()), () -> json.write(made(route, call)));
          return new Reply(200, Map.of("Content-Type", "application/json"), answer);
        });
  }

  private static Object made(Route route, Call call) {
    try {
      return Objects.requireNonNull(route.action().answer(call));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// Makes everything that answers.
  public static Api of(Options options) {
    Options.Stores stores = options.stores();
    Options.Entrance entrance = options.entrance();
    Options.Running running = options.running();
    Registry registry = stores.registry();
    UsageStore store = stores.usage();
    Supplier<PriceBook> prices = options.pricing().book();
    var settings = new Settings(registry);
    var fleet = new KnownMachines(registry.devices(), registry.teams(), store);
    var questions =
        new Questions(fleet, () -> store.standing().horizon(), settings::zone, settings::weekStart);
    var usage = new UsageAnswers(store, fleet);
    var attempts = new Attempts(entrance.limits());
    var own = new OwnPassword(registry, entrance.passwords(), attempts);
    var responses = new ResponseAnswers(store, prices, fleet);
    var sessions = new SessionAnswers(store, responses, fleet);
    var reconciler = new Reconciler(store, stores.billing(), fleet, prices);
    var intakes = new Intakes(stores.committer());
    var sealed = new SealWatch(stores.billing());
    var views = new ViewsApi(registry, fleet, store, settings::zone, settings::beginnings);
    return new Api(
        options,
        settings,
        new StateApi(
            store,
            stores.readings(),
            fleet,
            running.redis(),
            stores.bytes(),
            stores.watch(),
            sealed,
            running.version()),
        new QualityApi(new QualityAnswers(store, fleet, running.knownLines(), prices)),
        People.of(registry, store, entrance.passwords(), attempts, own),
        new DevicesApi(registry, store, new Enrolment(registry, entrance.limits())),
        new UsageApi(usage, questions),
        new BranchesApi(new BranchAnswers(store, fleet), questions),
        new WorkApi(new WorkAnswers(store), questions),
        new ClientsApi(new ClientAnswers(store, fleet), questions),
        new SessionsApi(sessions, new StoryAnswers(store, sessions, responses), questions),
        new ResponsesApi(responses, questions),
        new FindApi(new Finder(store, sessions, responses, fleet), views, questions),
        new OrganizationApi(
            new BillAnswers(stores.billing()),
            new BillComparison(usage, stores.billing()),
            questions),
        new ReconcileApi(
            reconciler, new CauseTrail(store, stores.billing(), fleet, prices), questions),
        new ClosingApi(new MonthClosing(reconciler, stores.billing()), registry),
        new LimitsApi(new LimitAnswers(store, fleet, prices), new PlanAnswers(store, fleet), fleet),
        new WhatIfApi(new WhatIfAnswers(store, prices), prices, questions),
        views,
        new NotesApi(registry),
        new SettingsApi(registry, settings, store, stores.billing()),
        new PricesApi(store, registry, options.pricing()),
        new LogsApi(running.log()),
        new SetupProgress(registry),
        new Administration(
            new MetricsTokenApi(registry),
            new GuestsApi(registry, entrance.guests(), own),
            new UpkeepApi(store, registry, running.backups(), own)),
        new LiveApi(store, entrance.identities(), running.clock()),
        intakes,
        MetricsApi.scraper(options, intakes, reconciler, sealed));
  }

  public List<Route> routes() {
    return Stream.of(
            state.routes(),
            quality.routes(),
            people.routes(),
            devices.routes(),
            events().routes(),
            legacy().routes(),
            usage.routes(),
            branches.routes(),
            work.routes(),
            clients.routes(),
            sessions.routes(),
            responses.routes(),
            find.routes(),
            new MetricsApi(scraper).routes(),
            organization.routes(),
            reconcile.routes(),
            closing.routes(),
            limits.routes(),
            whatIf.routes(),
            views.routes(),
            notes.routes(),
            settingsApi.routes(),
            prices.routes(),
            logs.routes(),
            administration.routes(),
            live.routes())
        .flatMap(List::stream)
        .map(route -> HOT.contains(route.path()) ? hot(route) : route)
        .toList();
  }

  private EventsApi events() {
    Options.Entrance entrance = options.entrance();
    return new EventsApi(
        intakes, options.stores().usage(), entrance.sightings(), entrance.limits());
  }

  private LegacyApi legacy() {
    Options.Entrance entrance = options.entrance();
    return new LegacyApi(
        intakes,
        entrance.sightings(),
        entrance.identities(),
        new Enrolment(options.stores().registry(), entrance.limits()),
        entrance.limits(),
        entrance.openRegistration());
  }
}
