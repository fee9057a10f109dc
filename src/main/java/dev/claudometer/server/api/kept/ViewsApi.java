package dev.claudometer.server.api.kept;

import dev.claudometer.report.Beginnings;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.RollingPeriod;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.Sums;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.registry.SavedView;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Views of pages that people keep under a name, for themselves or for everybody. A view is an
/// address: whoever opens it sees there what they may see and no more.
public final class ViewsApi {

  private static final int MOST = 100;

  private final Registry registry;
  private final KnownMachines fleet;
  private final Sums store;
  private final Supplier<ZoneId> zone;
  private final Supplier<Beginnings> beginnings;

  public ViewsApi(
      Registry registry,
      KnownMachines fleet,
      Sums store,
      Supplier<ZoneId> zone,
      Supplier<Beginnings> beginnings) {
    this.registry = registry;
    this.fleet = fleet;
    this.store = store;
    this.zone = zone;
    this.beginnings = beginnings;
  }

  /// A view.
  ///
  /// @param period days that go on with the calendar, such as `30-days`; empty where the address
  ///   has the days, or has none
  /// @param link the address as it is today
  /// @param owner who keeps it; empty for whoever sees some machines only and does not keep it
  /// @param mayChange whether the caller may rename or delete it
  public record View(
      String id,
      String name,
      String address,
      String period,
      String link,
      String owner,
      boolean everybody,
      boolean own,
      boolean mayChange,
      Instant createdAt) {}

  public record KeptViews(List<View> views) {}

  public record NewView(
      @Nullable String name,
      @Nullable String address,
      @Nullable String period,
      @Nullable Boolean everybody) {}

  /// What stays as it is, is null.
  public record ViewChange(@Nullable String name, @Nullable Boolean everybody) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/views",
            Access.VIEWER,
            "Views that are kept under a name: the caller's own and everybody's",
            call -> new KeptViews(views(call))),
        Route.post(
            "/api/v1/views",
            Access.VIEWER,
            "Keep a view under a name",
            call -> Reply.of(201, keep(call))),
        Route.patch(
            "/api/v1/views/{id}",
            Access.VIEWER,
            "Rename a view, or make it everybody's or the owner's alone",
            this::change),
        Route.delete(
            "/api/v1/views/{id}",
            Access.VIEWER,
            "Delete a view",
            call -> {
              delete(call);
              return null;
            }));
  }

  /// Whether the caller may keep something for everybody.
  public static boolean publishes(Call call) {
    return Keeper.of(call).publishes();
  }

  /// Whether a page can be kept: it has figures, and is for the caller.
  public static boolean keepable(Call call, String path) {
    Access access = ViewAddress.PAGES.get(path);
    return access != null && access.allows(call.principal()) && !Keeper.of(call).name().isEmpty();
  }

  /// Those that the caller may see, by name.
  public List<View> views(Call call) {
    Keeper keeper = Keeper.of(call);
    var tellable = new TellableViews(fleet, store, call.scope());
    return registry.views().seenBy(keeper.name()).stream()
        .filter(view -> isFor(call, keeper, tellable, view))
        .map(view -> told(call, keeper, view))
        .toList();
  }

  /// Those that have a text in their name.
  public List<View> found(Call call, String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    return views(call).stream()
        .filter(view -> !wanted.isEmpty() && view.name().toLowerCase(Locale.ROOT).contains(wanted))
        .toList();
  }

  private static boolean isFor(Call call, Keeper keeper, TellableViews tellable, SavedView view) {
    ViewAddress address = ViewAddress.of(view.address());
    return address.access().allows(call.principal())
        && (keeper.isAuthor(view.owner()) || (view.shared() && tellable.tells(address)));
  }

  private View told(Call call, Keeper keeper, SavedView view) {
    boolean own = keeper.isAuthor(view.owner());
    return new View(
        view.id(),
        view.name(),
        view.address(),
        view.period(),
        link(call, view),
        own || call.scope().devices() == null ? view.owner() : "",
        view.shared(),
        own,
        keeper.mayChange(view.owner(), view.shared()),
        view.createdAt());
  }

  private String link(Call call, SavedView view) {
    ViewAddress address = ViewAddress.of(view.address());
    RollingPeriod period = RollingPeriod.of(view.period());
    return period == null
        ? view.address()
        : address
            .in(period, LocalDate.ofInstant(call.now(), zone(address)), beginnings.get())
            .text();
  }

  private ZoneId zone(ViewAddress address) {
    try {
      return address.values("tz").stream().map(ZoneId::of).findFirst().orElseGet(zone);
    } catch (DateTimeException unknown) {
      return zone.get();
    }
  }

  /// A view that the caller may see.
  ///
  /// @throws Problem 404 where there is none
  public View view(Call call, String id) {
    SavedView view = registry.views().find(id);
    Keeper keeper = Keeper.of(call);
    if (view == null || !isFor(call, keeper, new TellableViews(fleet, store, call.scope()), view)) {
      throw Problem.notFound("view with this id");
    }
    return told(call, keeper, view);
  }

  /// Keeps a view.
  public View keep(Call call) throws IOException {
    Keeper keeper = Keeper.of(call).known();
    NewView request = call.body(NewView.class);
    boolean shared = keeper.shares(request.everybody(), false);
    String period = period(request.period());
    ViewAddress address = ViewAddress.sent(request.address());
    if (!address.access().allows(call.principal())) {
      throw Problem.of(403, "the page of this view is not for you");
    }
    String name = free(keeper.name(), KeptText.name(request.name()), "");
    var view =
        new SavedView(
            "",
            name,
            (period.isEmpty() ? address : address.withoutDays()).text(),
            period,
            keeper.name(),
            shared,
            call.now());
    SavedView added =
        shared
            ? registry.change(call.deed("view.share", name, ""), () -> registry.views().add(view))
            : registry.views().add(view);
    return told(call, keeper, added);
  }

  private static String period(@Nullable String word) {
    if (word == null || word.isEmpty()) {
      return "";
    }
    if (RollingPeriod.of(word) == null) {
      throw Problem.of(422, "'period' has to be empty or one of " + RollingPeriod.words());
    }
    return word;
  }

  /// A name that none of the owner's other views has.
  private String free(String owner, String name, String id) {
    List<SavedView> own =
        registry.views().seenBy(owner).stream().filter(view -> view.owner().equals(owner)).toList();
    if (own.stream().anyMatch(view -> view.name().equals(name) && !view.id().equals(id))) {
      throw Problem.of(409, "there is a view with this name: choose another one");
    }
    if (id.isEmpty() && own.size() >= MOST) {
      throw Problem.of(409, "there are " + MOST + " views of yours: delete one first");
    }
    return name;
  }

  /// Renames a view, or changes whose it is.
  public View change(Call call) throws IOException {
    ViewChange request = call.body(ViewChange.class);
    Keeper keeper = Keeper.of(call);
    SavedView known = changeable(call);
    boolean shared = keeper.shares(request.everybody(), known.shared());
    String owner = known.owner().isEmpty() && !shared ? keeper.name() : known.owner();
    String name = request.name() == null ? known.name() : KeptText.name(request.name());
    var changed =
        new SavedView(
            known.id(),
            free(owner, name, known.id()),
            known.address(),
            known.period(),
            owner,
            shared,
            known.createdAt());
    write(
        call,
        shared == known.shared() ? "view.change" : shared ? "view.share" : "view.unshare",
        known.shared() || shared,
        name,
        () -> registry.views().update(changed));
    return told(call, keeper, changed);
  }

  /// Deletes a view.
  public void delete(Call call) {
    SavedView known = changeable(call);
    write(
        call,
        "view.delete",
        known.shared(),
        known.name(),
        () -> registry.views().remove(known.id()));
  }

  /// What others are affected by stands in the audit log.
  private void write(Call call, String action, boolean affects, String name, Runnable work) {
    if (!affects) {
      work.run();
      return;
    }
    registry.change(
        call.deed(action, name, ""),
        () -> {
          work.run();
          return name;
        });
  }

  private SavedView changeable(Call call) {
    View view = view(call, call.path("id"));
    if (!view.mayChange()) {
      throw Problem.of(403, "this view is changed by its owner and by administrators");
    }
    SavedView known = registry.views().find(view.id());
    if (known == null) {
      throw Problem.notFound("view with this id");
    }
    return known;
  }
}
