package dev.claudometer.deploy;

import dev.claudometer.SameDay;
import dev.claudometer.source.adminapi.AdminSimulator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An organisation that told of today; `src/test/resources/movers/claude-prometheus-exporter.txt`
/// says what.
final class Organization {

  private Organization() {}

  static AdminSimulator simulated() {
    Instant today = SameDay.today();
    var organization = new AdminSimulator(Instant.now());
    organization.messages.put(
        today,
        List.of(
            AdminSimulator.usage("apikey_1", "claude-opus-5", 1500, 500),
            AdminSimulator.usage("apikey_2", "claude-haiku-5-5", 300, 70)));
    organization.costs.put(
        today,
        List.of(
            AdminSimulator.cost("123.45", null, "Claude Usage"),
            AdminSimulator.cost("1000", "wrkspc_1", "Claude Usage")));
    organization.requests =
        new TreeMap<>(
            Map.of(
                today,
                List.of(
                    AdminSimulator.row(today, "apikey_1", "claude-opus-5", 5, 42L),
                    AdminSimulator.row(today, "apikey_2", "claude-haiku-5-5", 5, 5L))));
    organization.keyCosts =
        new TreeMap<>(
            Map.of(today, List.of(AdminSimulator.cost(today, "apikey_1", "claude-opus-5", "12"))));
    organization.claudeCode.put(
        today.toString().substring(0, "2026-11-20".length()),
        List.of(AdminSimulator.record("ada@x.example", 15, 25)));
    organization.lists.put("workspaces", List.of("{\"id\":\"wrkspc_1\",\"name\":\"Build\"}"));
    organization.lists.put(
        "api_keys",
        List.of(
            "{\"id\":\"apikey_1\",\"name\":\"ci\",\"status\":\"active\",\"created_by\":{\"id\":\"user_1\"}}",
            "{\"id\":\"apikey_2\",\"name\":\"old\",\"status\":\"archived\",\"created_by\":null}"));
    organization.lists.put(
        "users", List.of("{\"id\":\"user_1\",\"email\":\"ada@x.example\",\"name\":\"Ada\"}"));
    return organization;
  }
}
