package dev.claudometer.server.api.usage;

import dev.claudometer.model.DeviceId;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.limits.LimitAnswers;
import dev.claudometer.report.limits.Plan;
import dev.claudometer.report.limits.PlanAnswers;
import dev.claudometer.report.limits.PlanFit;
import dev.claudometer.report.limits.WindowWhy;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.registry.Device;
import java.util.List;

/// Who filled plan windows, and whether plans are large enough.
public final class LimitsApi {

  private static final int USUAL_WEEKS = 8;
  private static final int MOST_WEEKS = 53;

  private final LimitAnswers answers;
  private final PlanAnswers plans;
  private final KnownMachines fleet;

  public LimitsApi(LimitAnswers answers, PlanAnswers plans, KnownMachines fleet) {
    this.answers = answers;
    this.plans = plans;
    this.fleet = fleet;
  }

  public record Windows(List<WindowWhy> windows) {}

  public record Fits(List<PlanFit> fits) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/limits/why",
            Access.VIEWER,
            "Who filled plan windows, and when they will be full",
            this::why),
        Route.get(
            "/api/v1/limits/fit",
            Access.VIEWER,
            "How often plan windows were full, and what another plan would have done",
            this::fit));
  }

  public Windows why(Call call) {
    return new Windows(answers.why(devices(call), call.query("window"), call.now()));
  }

  public Fits fit(Call call) {
    Plan plan = call.query("plan") == null ? null : call.choice("plan", Plan.class, Plan.PRO);
    int weeks = call.number("weeks", USUAL_WEEKS, MOST_WEEKS);
    return new Fits(plans.fits(devices(call), plan, weeks, call.now()));
  }

  /// Those asked for; all that the caller may see where none is.
  private List<DeviceId> devices(Call call) {
    List<String> asked = call.queries("device").stream().filter(id -> !id.isEmpty()).toList();
    return fleet.all().stream()
        .map(Device::id)
        .filter(device -> call.scope().holds(device))
        .filter(device -> asked.isEmpty() || asked.contains(device.text()))
        .sorted()
        .toList();
  }
}
