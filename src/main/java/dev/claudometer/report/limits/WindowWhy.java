package dev.claudometer.report.limits;

import dev.claudometer.usage.window.Burn;
import dev.claudometer.usage.window.Weights;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who filled a plan's window, and when it will be full.
///
/// @param account whose plan it is: a person, else a device
/// @param devices the names of the account's devices, whose usage was looked at
/// @param at when the window was last told of
/// @param over whether it has ended since
/// @param utilization how full it was then, of 1
/// @param weights what usage takes of the window; null where no step of its readings was ours
/// @param foreign what none of the devices used, with its times
/// @param burn how fast it fills; null where nothing is known of the last hour
public record WindowWhy(
    String account,
    List<String> devices,
    String window,
    Instant began,
    @Nullable Instant resetsAt,
    Instant at,
    boolean over,
    double utilization,
    List<WindowTurn> turns,
    @Nullable Weights weights,
    List<ShareOfWindow> sessions,
    List<ShareOfWindow> machines,
    List<ShareOfWindow> projects,
    List<ShareOfWindow> agents,
    List<ShareOfWindow> programs,
    List<ForeignPart> foreign,
    @Nullable Burn burn) {

  public List<ShareOfWindow> by(Holding holding) {
    return switch (holding) {
      case SESSION -> sessions;
      case DEVICE -> machines;
      case PROJECT -> projects;
      case AGENT -> agents;
      case PROGRAM -> programs;
    };
  }
}
