package dev.claudometer.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.claudometer.ingest.Committer;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.reconcile.CauseDetail;
import dev.claudometer.reconcile.ClosedMonth;
import dev.claudometer.reconcile.Correction;
import dev.claudometer.reconcile.lines.CauseLines;
import dev.claudometer.report.BranchAnswers;
import dev.claudometer.report.Drivers;
import dev.claudometer.report.Figure;
import dev.claudometer.report.Forecast;
import dev.claudometer.report.Named;
import dev.claudometer.report.Overview;
import dev.claudometer.report.QualityAnswers;
import dev.claudometer.report.RunningCost;
import dev.claudometer.report.Share;
import dev.claudometer.report.TimeSeries;
import dev.claudometer.report.UsageAnswers;
import dev.claudometer.report.bill.BillAnswers;
import dev.claudometer.report.bill.ConfiguredLimit;
import dev.claudometer.report.bill.MemberSpending;
import dev.claudometer.report.limits.ForeignPart;
import dev.claudometer.report.limits.PlanFit;
import dev.claudometer.report.limits.ShareOfWindow;
import dev.claudometer.report.limits.WindowTurn;
import dev.claudometer.report.limits.WindowWhy;
import dev.claudometer.report.session.ResponseAnswers;
import dev.claudometer.report.session.SessionAnswers;
import dev.claudometer.report.session.SessionDetail;
import dev.claudometer.report.session.SessionStory;
import dev.claudometer.report.whatif.WhatIf;
import dev.claudometer.server.TestPrices;
import dev.claudometer.server.api.devices.DevicesApi;
import dev.claudometer.server.api.kept.NotesApi;
import dev.claudometer.server.api.kept.ViewsApi;
import dev.claudometer.server.api.people.AccountApi;
import dev.claudometer.server.api.people.GuestsApi;
import dev.claudometer.server.api.people.LoginApi;
import dev.claudometer.server.api.people.MetricsTokenApi;
import dev.claudometer.server.api.people.PersonalDataApi;
import dev.claudometer.server.api.people.TeamsApi;
import dev.claudometer.server.api.people.TokensApi;
import dev.claudometer.server.api.people.UsersApi;
import dev.claudometer.server.api.usage.ClosingApi;
import dev.claudometer.server.api.usage.FindApi;
import dev.claudometer.server.api.usage.LimitsApi;
import dev.claudometer.server.api.usage.OrganizationApi;
import dev.claudometer.server.api.usage.ReconcileApi;
import dev.claudometer.server.api.usage.SessionsApi;
import dev.claudometer.server.api.usage.WorkApi;
import dev.claudometer.server.auth.Guests;
import dev.claudometer.server.auth.Identities;
import dev.claudometer.server.auth.MemoryRateLimits;
import dev.claudometer.server.auth.Passwords;
import dev.claudometer.server.auth.Sightings;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.quality.Told;
import dev.claudometer.store.registry.AuditEntry;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.quota.SqlReadings;
import dev.claudometer.store.sql.registry.SqlRegistry;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.window.Burn;
import dev.claudometer.usage.window.Weights;
import dev.claudometer.wire.DeliveryAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the description of the API says is what the API has.
class OpenApiTest {

  private static final Pattern IN_BRACES = Pattern.compile("\\{([^}]+)}");

  /// Schema → the record that it describes. Lists that are not records are not among them.
  private static final Map<String, Class<?>> RECORDS =
      Map.ofEntries(
          Map.entry("Share", Share.class),
          Map.entry("Overview", Overview.class),
          Map.entry("Driver", Drivers.Driver.class),
          Map.entry("Outlier", Drivers.Outlier.class),
          Map.entry("Drivers", Drivers.class),
          Map.entry("Forecast", Forecast.class),
          Map.entry("RunningCostStep", RunningCost.Step.class),
          Map.entry("RunningCost", RunningCost.class),
          Map.entry("SeriesPoint", TimeSeries.Point.class),
          Map.entry("Series", TimeSeries.class),
          Map.entry("Shares", UsageAnswers.Shares.class),
          Map.entry("BranchUse", BranchAnswers.BranchUse.class),
          Map.entry("PullRequestUse", BranchAnswers.PullRequestUse.class),
          Map.entry("Branches", BranchAnswers.Branches.class),
          Map.entry("View", ViewsApi.View.class),
          Map.entry("KeptViews", ViewsApi.KeptViews.class),
          Map.entry("NewView", ViewsApi.NewView.class),
          Map.entry("ViewChange", ViewsApi.ViewChange.class),
          Map.entry("Note", NotesApi.Note.class),
          Map.entry("KeptNotes", NotesApi.KeptNotes.class),
          Map.entry("NewNote", NotesApi.NewNote.class),
          Map.entry("NoteChange", NotesApi.NoteChange.class),
          Map.entry("OwnView", PersonalDataApi.OwnView.class),
          Map.entry("OwnNote", PersonalDataApi.OwnNote.class),
          Map.entry("Hit", FindApi.Hit.class),
          Map.entry("Hits", FindApi.Hits.class),
          Map.entry("WorkUse", WorkApi.WorkUse.class),
          Map.entry("WorkUses", WorkApi.WorkUses.class),
          Map.entry("Named", Named.class),
          Map.entry("Session", SessionAnswers.Session.class),
          Map.entry("SessionPage", SessionsApi.Page.class),
          Map.entry("SessionPart", SessionDetail.Part.class),
          Map.entry("Response", ResponseAnswers.Response.class),
          Map.entry("PriceRow", ResponseAnswers.PriceRow.class),
          Map.entry("SessionAgent", SessionDetail.Agent.class),
          Map.entry("SessionTool", SessionDetail.Tool.class),
          Map.entry("Happening", SessionDetail.Happening.class),
          Map.entry("OwnTotal", SessionDetail.OwnTotal.class),
          Map.entry("SessionDetail", SessionDetail.class),
          Map.entry("ToolCost", SessionStory.ToolCost.class),
          Map.entry("ModelCost", SessionStory.ModelCost.class),
          Map.entry("StoryStretch", SessionStory.Stretch.class),
          Map.entry("StoryMoment", SessionStory.Moment.class),
          Map.entry("SessionStory", SessionStory.class),
          Map.entry("Responses", ResponseAnswers.Responses.class),
          Map.entry("Key", DevicesApi.Key.class),
          Map.entry("Machine", DevicesApi.Machine.class),
          Map.entry("Machines", DevicesApi.Machines.class),
          Map.entry("MachineDetail", DevicesApi.MachineDetail.class),
          Map.entry("CodeRequest", DevicesApi.CodeRequest.class),
          Map.entry("IssuedCode", DevicesApi.IssuedCode.class),
          Map.entry("EnrolRequest", DevicesApi.EnrolRequest.class),
          Map.entry("NewKey", DevicesApi.NewKey.class),
          Map.entry("DeviceChange", DevicesApi.Change.class),
          Map.entry("Self", DevicesApi.Self.class),
          Map.entry("SetupState", LoginApi.SetupState.class),
          Map.entry("SetupRequest", LoginApi.SetupRequest.class),
          Map.entry("LoginRequest", LoginApi.LoginRequest.class),
          Map.entry("Me", LoginApi.Me.class),
          Map.entry("Person", UsersApi.Person.class),
          Map.entry("Team", TeamsApi.Team.class),
          Map.entry("Teams", TeamsApi.Teams.class),
          Map.entry("Membership", TeamsApi.Membership.class),
          Map.entry("HeldSecret", PersonalDataApi.Held.class),
          Map.entry("OwnDevice", PersonalDataApi.OwnDevice.class),
          Map.entry("OwnDay", PersonalDataApi.Day.class),
          Map.entry("OwnSession", PersonalDataApi.OwnSession.class),
          Map.entry("PersonalData", PersonalDataApi.PersonalData.class),
          Map.entry("NewPerson", UsersApi.NewPerson.class),
          Map.entry("PersonChange", UsersApi.PersonChange.class),
          Map.entry("PasswordChange", AccountApi.PasswordChange.class),
          Map.entry("NewToken", TokensApi.NewToken.class),
          Map.entry("IssuedToken", TokensApi.IssuedToken.class),
          Map.entry("Token", TokensApi.Token.class),
          Map.entry("LoginSession", AccountApi.Session.class),
          Map.entry("Status", StateApi.Status.class),
          Map.entry("DeviceQuality", QualityAnswers.DeviceQuality.class),
          Map.entry("DataQuality", QualityAnswers.DataQuality.class),
          Map.entry("UnknownName", QualityAnswers.UnknownName.class),
          Map.entry("Limit", StateApi.Limit.class),
          Map.entry("Credit", StateApi.Credit.class),
          Map.entry("Limits", StateApi.Limits.class),
          Map.entry("ReportState", BillAnswers.ReportState.class),
          Map.entry("Organization", BillAnswers.Organization.class),
          Map.entry("BilledPart", BillAnswers.Part.class),
          Map.entry("BilledAmounts", OrganizationApi.Amounts.class),
          Map.entry("BilledBucket", OrganizationApi.Bucket.class),
          Map.entry("BilledBuckets", OrganizationApi.Buckets.class),
          Map.entry("ClosedMonth", ClosedMonth.class),
          Map.entry("MonthSeal", ClosedMonth.Seal.class),
          Map.entry("Correction", Correction.class),
          Map.entry("CloseRequest", ClosingApi.CloseRequest.class),
          Map.entry("CauseLines", CauseLines.class),
          Map.entry("CountedResponse", CauseLines.CountedResponse.class),
          Map.entry("ToldLine", CauseLines.ToldLine.class),
          Map.entry("BilledLine", CauseLines.BilledLine.class),
          Map.entry("MemberSpending", MemberSpending.class),
          Map.entry("ConfiguredLimit", ConfiguredLimit.class),
          Map.entry("Spending", OrganizationApi.Spending.class),
          Map.entry("CauseDetail", CauseDetail.class),
          Map.entry("CauseCell", CauseDetail.Cell.class),
          Map.entry("WhatIf", WhatIf.class),
          Map.entry("WhatIfRow", WhatIf.Row.class),
          Map.entry("WhatIfChange", WhatIf.Change.class),
          Map.entry("WindowWhys", LimitsApi.Windows.class),
          Map.entry("WindowWhy", WindowWhy.class),
          Map.entry("ShareOfWindow", ShareOfWindow.class),
          Map.entry("ForeignPart", ForeignPart.class),
          Map.entry("WindowTurn", WindowTurn.class),
          Map.entry("WindowWeights", Weights.class),
          Map.entry("WindowBurn", Burn.class),
          Map.entry("PlanFits", LimitsApi.Fits.class),
          Map.entry("PlanFit", PlanFit.class),
          Map.entry("OtherPlan", PlanFit.OtherPlan.class),
          Map.entry("Reconciled", ReconcileApi.Reconciled.class),
          Map.entry("ReconciledRow", ReconcileApi.PartOf.class),
          Map.entry("ReconciledCause", ReconcileApi.CausePart.class),
          Map.entry("ReconciledTokens", ReconcileApi.Tokens.class),
          Map.entry("ReconciledTelemetry", Told.class),
          Map.entry("Price", PricesApi.Price.class),
          Map.entry("Prices", PricesApi.Prices.class),
          Map.entry("NewPrice", PricesApi.NewPrice.class),
          Map.entry("NotTaken", PricesApi.NotTaken.class),
          Map.entry("Refreshed", PricesApi.Refreshed.class),
          Map.entry("MetricsToken", MetricsTokenApi.MetricsToken.class),
          Map.entry("MetricsTokens", MetricsTokenApi.MetricsTokens.class),
          Map.entry("NewMetricsToken", MetricsTokenApi.NewMetricsToken.class),
          Map.entry("GuestNetworks", GuestsApi.GuestNetworks.class),
          Map.entry("GuestsRequest", GuestsApi.GuestsRequest.class),
          Map.entry("BackupRequest", UpkeepApi.BackupRequest.class),
          Map.entry("ResetRequest", UpkeepApi.ResetRequest.class),
          Map.entry("ResetPreview", UpkeepApi.ResetPreview.class),
          Map.entry("LogLine", LogPage.Line.class),
          Map.entry("LogPage", LogPage.class),
          Map.entry("Retention", SettingsApi.Retention.class),
          Map.entry("RetentionPreview", SettingsApi.RetentionPreview.class),
          Map.entry("RetentionDone", SettingsApi.RetentionDone.class),
          Map.entry("AuditEntry", AuditEntry.class),
          Map.entry("Audit", SettingsApi.Audit.class),
          Map.entry("Verification", SettingsApi.Verification.class),
          Map.entry("DeliveryAnswer", DeliveryAnswer.class));

  private static JsonNode api;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream file =
        Route.class.getResourceAsStream("/dev/claudometer/server/openapi.json")) {
      api = new ObjectMapper().readTree(Objects.requireNonNull(file));
    }
  }

  /// A log that says nothing.
  private static final class Silence implements LogPage.Source {

    @Override
    public List<LogPage.Line> after(long number) {
      return List.of();
    }

    @Override
    public void await(long number, Duration most) {
      // nothing will come
    }

    @Override
    public void clear() {
      // there is nothing
    }
  }

  @Test
  void everyRouteIsDescribedAndNothingElse(@TempDir Path directory) {
    try (Database database =
        SqliteStore.database(directory.resolve("store.db"), Durability.PROCESS)) {
      assertThat(operations())
          .containsExactlyInAnyOrderElementsOf(routes(database).map(OpenApiTest::line).toList());
    }
  }

  private static Stream<Route> routes(Database database) {
    var store = new SqlStore(database, PriceBook::builtIn);
    var registry = new SqlRegistry(database);
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));
    try (var committer = new Committer(store, 10);
        var sightings = new Sightings(registry);
        var watch = new StoreWatch(store, registry, clock, committer::failure, () -> {})) {
      return Api.of(
          new Options(
              new Options.Stores(
                  store,
                  new SqlBilling(database),
                  new SqlReadings(database),
                  registry,
                  committer,
                  database::bytes,
                  watch),
              new Options.Pricing(PriceBook::builtIn, clock::instant, new TestPrices()),
              new Options.Entrance(
                  new Identities(registry, sightings, clock, null),
                  new Guests(registry, null),
                  sightings,
                  new MemoryRateLimits(clock),
                  new Passwords(4),
                  false),
              new Options.Running(
                  clock,
                  "test",
                  new Silence(),
                  () -> directory(database),
                  (_, work) -> work.get(),
                  Map::of,
                  _ -> true,
                  List.of())))
          .routes()
          .stream();
    }
  }

  private static Path directory(Database database) {
    throw new IllegalStateException("nobody copies " + database);
  }

  private static String line(Route route) {
    return String.join(" ", route.method(), route.path(), route.access().name(), route.summary());
  }

  private static List<String> operations() {
    var lines = new ArrayList<String>();
    for (var path : api.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        lines.add(
            String.join(
                " ",
                operation.getKey().toUpperCase(Locale.ROOT),
                path.getKey(),
                operation.getValue().get("x-access").asText(),
                operation.getValue().get("summary").asText()));
      }
    }
    return lines;
  }

  @Test
  void whoMayIsWhatTheSecurityOfAnOperationSays() {
    assertThat(api.findParents("x-access"))
        .allSatisfy(
            operation -> {
              boolean open =
                  operation.get("security").isEmpty()
                      || operation.get("security").valueStream().anyMatch(JsonNode::isEmpty);
              assertThat(open)
                  .as(operation.get("operationId").asText())
                  .isEqualTo(
                      Set.of("PUBLIC", "METRICS").contains(operation.get("x-access").asText()));
            });
  }

  @Test
  void everyNameInBracesIsAParameter() {
    for (var path : api.get("paths").properties()) {
      for (JsonNode operation : path.getValue()) {
        List<String> declared =
            operation
                .path("parameters")
                .valueStream()
                .map(OpenApiTest::resolved)
                .filter(parameter -> parameter.get("in").asText().equals("path"))
                .map(parameter -> parameter.get("name").asText())
                .toList();
        List<String> named =
            IN_BRACES.matcher(path.getKey()).results().map((MatchResult r) -> r.group(1)).toList();
        assertThat(declared).as(path.getKey()).isEqualTo(named);
      }
    }
  }

  @Test
  void everyReferenceLeadsSomewhereAndEverySchemaIsUsed() {
    List<String> references = api.findValuesAsText("$ref");
    assertThat(references).allSatisfy(to -> assertThat(api.at(to.substring(1))).isNotEmpty());
    List<String> schemas = new ArrayList<>();
    api.at("/components/schemas")
        .fieldNames()
        .forEachRemaining(name -> schemas.add("#/components/schemas/" + name));
    assertThat(references).containsAll(schemas);
  }

  @Test
  void schemasHaveTheFieldsOfTheirRecords() {
    assertThat(RECORDS)
        .allSatisfy(
            (name, record) -> {
              List<String> fields = new ArrayList<>();
              api.at("/components/schemas/" + name + "/properties")
                  .fieldNames()
                  .forEachRemaining(fields::add);
              assertThat(fields)
                  .as(name)
                  .containsExactlyElementsOf(
                      Arrays.stream(record.getRecordComponents())
                          .map(RecordComponent::getName)
                          .toList());
            });
  }

  @Test
  void sumsTellEveryFigure() {
    JsonNode sums = api.at("/components/schemas/Sums");
    List<String> fields = new ArrayList<>();
    sums.get("properties").fieldNames().forEachRemaining(fields::add);
    assertThat(fields).containsExactlyElementsOf(Figure.ALL.stream().map(Figure::field).toList());
    assertThat(sums.get("required")).hasSize(fields.size());
    for (Figure figure : Figure.ALL) {
      String type = figure.unit() == Figure.Unit.DOLLARS ? "number" : "integer";
      JsonNode said = sums.get("properties").get(figure.field()).get("type");
      assertThat(said.toString())
          .as(figure.field())
          .isEqualTo(figure.optional() ? "[\"" + type + "\",\"null\"]" : "\"" + type + "\"");
    }
  }

  @Test
  void settingsAreThoseThatCanBeSet(@TempDir Path directory) {
    try (Database database =
        SqliteStore.database(directory.resolve("store.db"), Durability.PROCESS)) {
      var known = new Settings(new SqlRegistry(database)).all().keySet();
      for (String schema : List.of("Settings", "SettingsChange")) {
        List<String> fields = new ArrayList<>();
        api.at("/components/schemas/" + schema + "/properties")
            .fieldNames()
            .forEachRemaining(fields::add);
        assertThat(fields).containsExactlyElementsOf(known);
      }
    }
  }

  private static JsonNode resolved(JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : api.at(reference.asText().substring(1));
  }
}
