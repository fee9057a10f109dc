package dev.claudometer.server.api.people;

import dev.claudometer.server.http.Call;
import dev.claudometer.store.registry.Registry;

/// How far the set-up in a browser has come: kept in the registry, so that it goes on where it was
/// left, in whichever browser and after a restart.
public final class SetupProgress {

  private static final String SETTING = "setupStep";

  private final Registry registry;

  public SetupProgress(Registry registry) {
    this.registry = registry;
  }

  /// What is to be done next.
  public enum Step {
    SERVER,
    RETENTION,
    DEVICE,
    DONE;

    private Step following() {
      return switch (this) {
        case SERVER -> RETENTION;
        case RETENTION -> DEVICE;
        case DEVICE, DONE -> DONE;
      };
    }
  }

  /// The next step; done where nobody has begun in a browser.
  public Step next() {
    String step = registry.settings().get(SETTING);
    return step == null ? Step.DONE : Step.valueOf(step);
  }

  /// Begins, for whoever has just become the administrator.
  public void begin(Call call) {
    write(call, Step.SERVER);
  }

  /// A step was done: never back behind one that was done before.
  public void done(Call call, Step step) {
    Step next = step.following();
    if (next.compareTo(next()) > 0) {
      write(call, next);
    }
  }

  private void write(Call call, Step next) {
    registry.change(
        call.deed("setup.step", next.name(), ""),
        () -> {
          registry.setting(SETTING, next.name());
          return next;
        });
  }
}
