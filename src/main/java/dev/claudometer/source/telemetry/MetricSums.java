package dev.claudometer.source.telemetry;

import dev.claudometer.model.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What one body of metrics tells.
///
/// @param activities those that are kept: tokens and dollars are told better by events
/// @param unreadable points without a time, or an amount that can be
public record MetricSums(List<Activity> activities, long unreadable) {

  public MetricSums {
    activities = List.copyOf(activities);
  }

  static MetricSums of(List<Metric> metrics) {
    List<Activity> activities = new ArrayList<>();
    long unreadable = 0;
    for (Metric metric : metrics) {
      for (ClientPoint point : metric.points()) {
        Activity activity = point.of(metric.name(), metric.delta());
        if (activity == null) {
          unreadable++;
        } else {
          activities.add(activity);
        }
      }
    }
    return new MetricSums(activities, unreadable);
  }

  /// By the person that a gateway has stamped the points with.
  static Map<String, MetricSums> byPerson(List<Metric> metrics) {
    Map<String, List<Metric>> people = new TreeMap<>();
    for (Metric metric : metrics) {
      metric.points().stream()
          .collect(Collectors.groupingBy(ClientPoint::person))
          .forEach(
              (person, points) ->
                  people
                      .computeIfAbsent(person, _ -> new ArrayList<>())
                      .add(new Metric(metric.name(), metric.delta(), points)));
    }
    Map<String, MetricSums> sums = new TreeMap<>();
    people.forEach((person, told) -> sums.put(person, of(told)));
    return sums;
  }

  /// One of the metrics that are kept.
  ///
  /// @param delta whether each point is what came since the one before it
  record Metric(String name, boolean delta, List<ClientPoint> points) {}
}
