package dev.claudometer.report;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;

/// What an answer is split by. A person is who owns the device, a team is the owner's.
public enum Split {
  DEVICE(Dimension.DEVICE),
  PROJECT(Dimension.PROJECT),
  MODEL(Dimension.MODEL),
  BRANCH(Dimension.BRANCH),
  SESSION(Dimension.SESSION),
  PERSON(Dimension.DEVICE),
  TEAM(Dimension.DEVICE);

  private final Dimension dimension;

  Split(Dimension dimension) {
    this.dimension = dimension;
  }

  /// What the store has to split its sums by.
  Dimension dimension() {
    return dimension;
  }

  String key(Slice slice, KnownMachines.Names names) {
    return switch (this) {
      case DEVICE -> slice.device().text();
      case PROJECT -> slice.project().text();
      case MODEL -> slice.model();
      case BRANCH -> slice.branch();
      case SESSION -> slice.session().text();
      case PERSON -> names.owner(slice.device());
      case TEAM -> names.team(slice.device());
    };
  }

  /// The key as people know it.
  String name(String key, KnownMachines.Names names) {
    return switch (this) {
      case DEVICE -> names.device(new DeviceId(key));
      case PROJECT -> names.project(new ProjectName(key));
      default -> key;
    };
  }
}
