package dev.claudometer.model;

import java.util.List;

/// What a source tells of quotas at one moment.
public record QuotaReadings(List<LimitReading> limits, List<CreditReading> credits) {

  public QuotaReadings {
    limits = List.copyOf(limits);
    credits = List.copyOf(credits);
  }
}
