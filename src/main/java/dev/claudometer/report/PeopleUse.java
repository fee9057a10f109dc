package dev.claudometer.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// What each person used in a period, beside the period before.
public record PeopleUse(
    Instant from,
    Instant to,
    ZoneId timeZone,
    Instant previousFrom,
    Instant previousTo,
    List<PersonUse> people) {}
